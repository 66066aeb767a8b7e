"""The feed of what entered, left, moved, was renamed or promoted."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from projects.models.items import Item
from projects.models.landscapes import LandscapeVersion
from projects.models.taxonomy import Category, TaxonomyBreak
from projects.querysets.changes import ChangeQuerySet


class ChangeKind(models.TextChoices):
    """What happened to an item between two versions."""

    LISTED = "listed", _("listed")
    DELISTED = "delisted", _("delisted")
    RELISTED = "relisted", _("listed again")
    MOVED = "moved", _("moved")
    RENAMED = "renamed", _("renamed")
    ACCEPTED = "accepted", _("accepted as a project")
    PROMOTED = "promoted", _("promoted")
    DEMOTED = "demoted", _("demoted")
    ARCHIVED = "archived", _("archived")
    UNHOSTED = "unhosted", _("no longer hosted")
    REPOSITORY = "repository", _("repository changed")
    ORGANIZATION = "organization", _("organization changed")
    # Between maturity words of a foundation whose order is not known.
    STAGE = "stage", _("stage changed")
    RECLASSIFIED = "reclassified", _("kind changed")


class Change(models.Model):
    """One difference between two neighbouring versions; ``before`` and ``after`` are as people read them."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="changes")
    at = models.DateTimeField(_("at"))
    kind = models.CharField(_("kind"), max_length=20, choices=ChangeKind)
    before = models.CharField(_("before"), max_length=500, blank=True, default="")
    after = models.CharField(_("after"), max_length=500, blank=True, default="")
    # The category the item stood in just after (for "delisted": just before) the change.
    category = models.ForeignKey(Category, models.PROTECT, related_name="changes")
    version = models.ForeignKey(LandscapeVersion, models.CASCADE, related_name="changes")

    # Set where the section was renamed, split or merged around the card: hundreds of such moves are one event.
    taxonomy_break = models.ForeignKey(TaxonomyBreak, models.SET_NULL, null=True, blank=True, related_name="changes")

    objects = ChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        indexes = [
            models.Index(fields=["-at", "-id"], name="change_newest"),
            models.Index(fields=["kind", "-at", "-id"], name="change_kind_newest"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["item", "version", "kind"], name="change_unique"),
            models.CheckConstraint(condition=Q(kind__in=ChangeKind.values), name="change_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.item_id} {self.kind}"

    def get_kind_display(self) -> str:  # type: ignore[no-redef]  # the plugin adds Django's own
        """Return the kind's word. Django's own translates every choice to find one, a fifth of a feed's time."""
        return str(ChangeKind(self.kind).label)
