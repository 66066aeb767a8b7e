"""What the landscape said of an item, and when."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from projects.models.items import Item, ItemKind
from projects.models.landscapes import LandscapeVersion
from projects.models.organizations import Organization
from projects.models.stages import Project
from projects.models.taxonomy import Subcategory
from projects.querysets.periods import ItemPeriodQuerySet


class ItemPeriod(models.Model):
    """One unchanged statement of the landscape about an item, ``[from, to)`` in UTC.

    ``version`` is the version that began it. ``position`` is the card's place in its
    subcategory when the period began.
    """

    item = models.ForeignKey(Item, models.CASCADE, related_name="periods")
    during = DateTimeRangeField(_("during"))
    name = models.CharField(_("name"), max_length=300)
    subcategory = models.ForeignKey(Subcategory, models.PROTECT, related_name="periods")
    position = models.PositiveIntegerField(_("position"), default=0)
    maturity = models.CharField(_("maturity"), max_length=50, blank=True, default="")
    kind = models.CharField(_("kind"), max_length=20, choices=ItemKind)
    organization = models.ForeignKey(Organization, models.SET_NULL, null=True, blank=True, related_name="periods")
    project = models.ForeignKey(Project, models.SET_NULL, null=True, blank=True, related_name="periods")
    repository_url = models.TextField(_("repository address"), blank=True, default="")
    license = models.CharField(_("licence"), max_length=200, blank=True, default="")
    other_placements = models.JSONField(_("other placements"), default=list, blank=True)
    # Everything else the card said: homepage_url, logo, description, crunchbase (the permalink), organization, joined,
    # open_source, stages {stage: day}, links {key: address}, additional_repos, other {key: value}, unknown_keys.
    extra = models.JSONField(_("other keys"), default=dict, blank=True)
    version = models.ForeignKey(LandscapeVersion, models.CASCADE, related_name="periods")

    objects = ItemPeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("period of an item")
        verbose_name_plural = _("periods of items")
        indexes = [
            # Lists of a day find, filter and order their cards in this alone, without the wide rows.
            GistIndex(
                fields=["during"],
                include=["id", "item", "name", "kind", "maturity", "subcategory", "organization", "project", "license"],
                name="item_period_during_covering",
            ),
        ]
        constraints = [
            ExclusionConstraint(
                name="item_period_no_overlap",
                expressions=[("item", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
            ),
            models.CheckConstraint(condition=Q(during__isempty=False), name="item_period_not_empty"),
            models.CheckConstraint(condition=Q(kind__in=ItemKind.values), name="item_period_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.during}"
