"""Who makes, hosts or belongs to what the landscape lists."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from projects.models.sources import Source
from projects.querysets.organizations import OrganizationQuerySet


class OrganizationKind(models.TextChoices):
    """What sort of body an organization is."""

    COMPANY = "company", _("company")
    FOUNDATION = "foundation", _("foundation")
    UNIVERSITY = "university", _("university")
    PUBLIC = "public", _("public body")
    COMMUNITY = "community", _("community")
    INVESTOR = "investor", _("investor")


class Organization(models.Model):
    """A company, foundation or other body. ``permalink`` is the landscape's identifier of it, nothing more."""

    slug = models.SlugField(_("slug"), max_length=120, unique=True)
    name = models.CharField(_("name"), max_length=300)
    name_zh = models.CharField(_("name in Chinese"), max_length=300, blank=True, default="")
    permalink = models.CharField(_("Crunchbase permalink"), max_length=200, blank=True, default="")
    kind = models.CharField(_("kind"), max_length=20, choices=OrganizationKind, blank=True, default="")
    # ISO 3166-1 alpha-2 of the seat; ours, with a source. Empty: unknown.
    country = models.CharField(_("country"), max_length=2, blank=True, default="")
    country_source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("source of the country")
    )
    founded_year = models.PositiveSmallIntegerField(_("founded"), null=True, blank=True)
    website = models.URLField(_("website"), max_length=500, blank=True, default="")
    parent = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="subsidiaries", verbose_name=_("part of")
    )

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        indexes = [
            GinIndex(OpClass(Upper("name"), name="gin_trgm_ops"), name="organization_name_trgm"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["permalink"], condition=~Q(permalink=""), name="organization_permalink_unique"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[*OrganizationKind.values, ""]), name="organization_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(country="") | Q(country__regex=r"^[A-Z]{2}$"), name="organization_country_iso"
            ),
            models.CheckConstraint(
                condition=Q(founded_year__isnull=True) | Q(founded_year__range=(1500, 2200)),
                name="organization_founded_year_range",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("organization_detail", args=[self.slug])
