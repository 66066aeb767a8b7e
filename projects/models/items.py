"""The cards of the landscape."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from projects.models.logos import Logo
from projects.models.organizations import Organization
from projects.models.sources import Source
from projects.models.stages import Project
from projects.models.taxonomy import Subcategory
from projects.querysets.items import ItemQuerySet


class ItemKind(models.TextChoices):
    """What a card stands for, as its file tells."""

    PROJECT = "project", _("hosted project")
    OPEN_SOURCE = "open_source", _("open source")
    PRODUCT = "product", _("product")
    MEMBER = "member", _("member")
    PARTNER = "partner", _("partner")


# Cards of who takes part, which are no software.
MEMBERSHIPS = (ItemKind.MEMBER, ItemKind.PARTNER)


class Item(models.Model):
    """One card: its present state, or the last one if it has left. Its past is in ``periods``.

    ``listed_at`` is null for an item that the landscape never listed (the essay names some);
    ``delisted_at`` is set while the newest version does not list it.
    """

    slug = models.SlugField(_("slug"), max_length=200, unique=True)
    name = models.CharField(_("name"), max_length=300)
    kind = models.CharField(_("kind"), max_length=20, choices=ItemKind)
    summary = models.TextField(_("summary"), blank=True, default="")
    summary_zh = models.TextField(_("summary in Chinese"), blank=True, default="")
    # The landscape's own words; shown where we have not written a summary, with its attribution.
    description = models.TextField(_("description in the landscape"), blank=True, default="")
    homepage_url = models.TextField(_("homepage"), blank=True, default="")
    logo_file = models.CharField(_("logo file"), max_length=500, blank=True, default="")
    logo = models.ForeignKey(Logo, models.SET_NULL, null=True, blank=True, related_name="items")
    subcategory = models.ForeignKey(
        Subcategory, models.PROTECT, null=True, blank=True, related_name="items", verbose_name=_("subcategory")
    )
    # Place inside the subcategory in the newest version; null once delisted.
    position = models.PositiveIntegerField(_("position"), null=True, blank=True)
    # A foundation's word: sandbox, incubating, graduated, archived, or its own; empty: not hosted.
    maturity = models.CharField(_("maturity"), max_length=50, blank=True, default="")
    license = models.CharField(_("licence"), max_length=200, blank=True, default="")
    organization = models.ForeignKey(
        Organization, models.SET_NULL, null=True, blank=True, related_name="items", verbose_name=_("organization")
    )
    project = models.ForeignKey(
        Project, models.SET_NULL, null=True, blank=True, related_name="items", verbose_name=_("project")
    )
    repository_url = models.TextField(_("repository address"), blank=True, default="")
    listed_at = models.DateTimeField(_("listed at"), null=True, blank=True)
    delisted_at = models.DateTimeField(_("delisted at"), null=True, blank=True)
    joined_on = models.DateField(_("joined on"), null=True, blank=True)
    # {key: address} of every further link of the file (twitter, blog_url, slack_url, ...).
    links = models.JSONField(_("links"), default=dict, blank=True)
    other_placements = models.JSONField(_("other placements"), default=list, blank=True)
    extra = models.JSONField(_("other keys"), default=dict, blank=True)

    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("item")
        verbose_name_plural = _("items")
        indexes = [
            GinIndex(OpClass(Upper("name"), name="gin_trgm_ops"), name="item_name_trgm"),
            models.Index(fields=["subcategory", "position"], name="item_subcategory_position"),
            models.Index(fields=["listed_at"], name="item_listed_at"),
            # What lists of periods order by, without the wide rows.
            models.Index(fields=["id"], include=["slug", "listed_at"], name="item_order_by_id"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ItemKind.values), name="item_kind_known"),
            models.CheckConstraint(condition=~Q(name=""), name="item_name_given"),
            models.CheckConstraint(
                condition=Q(delisted_at__isnull=True) | Q(delisted_at__gte=models.F("listed_at")),
                name="item_delisted_after_listed",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("item_detail", args=[self.slug])


class ItemAlias(models.Model):
    """A former name of an item; ``slug`` leads to it as long as no item owns that slug itself."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="aliases", verbose_name=_("item"))
    name = models.CharField(_("name"), max_length=300)
    slug = models.SlugField(_("slug"), max_length=200)

    class Meta:
        verbose_name = _("former name")
        verbose_name_plural = _("former names")
        indexes = [
            models.Index(fields=["slug"], name="item_alias_slug"),
            GinIndex(OpClass(Upper("name"), name="gin_trgm_ops"), name="item_alias_name_trgm"),
        ]
        constraints = [models.UniqueConstraint(fields=["item", "name"], name="item_alias_unique")]

    def __str__(self) -> str:
        return self.name


class ItemRole(models.TextChoices):
    """How an organization stands to an item."""

    STEWARD = "steward", _("steward")
    VENDOR = "vendor", _("vendor")
    ORIGIN = "origin", _("origin")


# Who makes an item: the card names them, or people say who did. Money is joined by these only.
MAKERS = (ItemRole.VENDOR, ItemRole.ORIGIN)


class ItemOrganization(models.Model):
    """An organization's part in an item. A steward hosts it; money is joined by vendor or origin only."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="item_organizations", verbose_name=_("item"))
    organization = models.ForeignKey(
        Organization, models.CASCADE, related_name="item_organizations", verbose_name=_("organization")
    )
    role = models.CharField(_("role"), max_length=10, choices=ItemRole)
    # Null: the card itself tells it.
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("source")
    )

    class Meta:
        verbose_name = _("organization of an item")
        verbose_name_plural = _("organizations of items")
        constraints = [
            models.UniqueConstraint(fields=["item", "organization", "role"], name="item_organization_unique"),
            models.CheckConstraint(condition=Q(role__in=ItemRole.values), name="item_organization_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.role} {self.organization_id}"
