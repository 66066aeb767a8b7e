"""The landscape's own two-level grouping."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


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

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        constraints = [
            models.CheckConstraint(condition=models.Q(group__in=CategoryGroup.values), name="category_group_known"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("category_detail", args=[self.slug])


class Subcategory(models.Model):
    """A frame inside a category; its name is unique only there."""

    category = models.ForeignKey(Category, models.CASCADE, related_name="subcategories")
    slug = models.SlugField(_("slug"), max_length=120)
    name = models.CharField(_("name"), max_length=200)
    name_zh = models.CharField(_("name in Chinese"), max_length=200, blank=True, default="")
    position = models.PositiveIntegerField(_("position"), null=True, blank=True)

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
