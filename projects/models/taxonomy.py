"""The landscape's own two-level grouping, and how it changed."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from projects.models.landscapes import LandscapeVersion
from projects.querysets.categories import CategoryQuerySet, SubcategoryQuerySet


class CategoryGroup(models.TextChoices):
    """The map's tabs: which kind of cards a category holds."""

    PROJECTS = "projects", _("Projects and products")
    AI = "ai", _("AI native")
    SERVERLESS = "serverless", _("Serverless")
    WASM = "wasm", _("Wasm")
    MEMBERS = "members", _("Members")
    PARTNERS = "partners", _("Certified partners and providers")


class Category(models.Model):
    """A block of the landscape; one that the newest version no longer has keeps its row without position."""

    slug = models.SlugField(_("slug"), max_length=120, unique=True)
    name = models.CharField(_("name"), max_length=200, unique=True)
    name_zh = models.CharField(_("name in Chinese"), max_length=200, blank=True, default="")
    group = models.CharField(_("group"), max_length=20, choices=CategoryGroup, default=CategoryGroup.PROJECTS)
    position = models.PositiveIntegerField(_("position"), null=True, blank=True)

    objects = CategoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        constraints = [
            models.CheckConstraint(condition=Q(group__in=CategoryGroup.values), name="category_group_known"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("category_detail", args=[self.slug])


class Subcategory(models.Model):
    """A frame inside a category; its name is unique only there."""

    category = models.ForeignKey(Category, models.CASCADE, related_name="subcategories", verbose_name=_("category"))
    slug = models.SlugField(_("slug"), max_length=120)
    name = models.CharField(_("name"), max_length=200)
    name_zh = models.CharField(_("name in Chinese"), max_length=200, blank=True, default="")
    position = models.PositiveIntegerField(_("position"), null=True, blank=True)

    objects = SubcategoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("subcategory")
        verbose_name_plural = _("subcategories")
        constraints = [
            models.UniqueConstraint(fields=["category", "name"], name="subcategory_name_unique_in_category"),
            models.UniqueConstraint(fields=["category", "slug"], name="subcategory_slug_unique_in_category"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"{self.category.get_absolute_url()}#{self.slug}"


class SubcategoryPeriod(models.Model):
    """When the landscape had a subcategory, and where it stood: ``[from, to)`` in UTC, empty ones without cards too."""

    subcategory = models.ForeignKey(Subcategory, models.CASCADE, related_name="listings")
    during = DateTimeRangeField(_("during"))
    category_position = models.PositiveIntegerField(_("position of the category"))
    position = models.PositiveIntegerField(_("position"))

    class Meta:
        verbose_name = _("period of a subcategory")
        verbose_name_plural = _("periods of subcategories")
        indexes = [GistIndex(fields=["during"], name="subcategory_period_during")]
        constraints = [
            ExclusionConstraint(
                name="subcategory_period_no_overlap",
                expressions=[("subcategory", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
            ),
            models.CheckConstraint(condition=Q(during__isempty=False), name="subcategory_period_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.subcategory_id} {self.during}"


class TaxonomyBreakKind(models.TextChoices):
    """What happened to a section of the landscape."""

    RENAMED = "renamed", _("section renamed")
    SPLIT = "split", _("section split")
    MERGED = "merged", _("sections merged")
    ADDED = "added", _("section added")
    REMOVED = "removed", _("section removed")


class TaxonomyBreak(models.Model):
    """A change of the sections themselves, where a series by category is no longer the same series.

    ``before`` and ``after`` are sections as people read them ("Category / Subcategory", several joined by " + "),
    or two categories if all of a category's sections went over under their own names.
    """

    version = models.ForeignKey(LandscapeVersion, models.CASCADE, related_name="taxonomy_breaks")
    at = models.DateTimeField(_("at"))
    kind = models.CharField(_("kind"), max_length=10, choices=TaxonomyBreakKind)
    before = models.TextField(_("before"), blank=True, default="")
    after = models.TextField(_("after"), blank=True, default="")
    # Cards that the break carried over, brought in (added) or left without a place (removed).
    items = models.PositiveIntegerField(_("items"), default=0)

    class Meta:
        verbose_name = _("taxonomy break")
        verbose_name_plural = _("taxonomy breaks")
        indexes = [models.Index(fields=["at"], name="taxonomy_break_at")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=TaxonomyBreakKind.values), name="taxonomy_break_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.kind}: {self.before} → {self.after}"
