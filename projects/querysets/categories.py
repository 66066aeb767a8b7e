"""Named reads over categories and subcategories."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import F, QuerySet

if TYPE_CHECKING:
    from projects.models.taxonomy import Category, Subcategory  # noqa: F401  (the type parameters below)


class CategoryQuerySet(QuerySet["Category"]):
    """Reads over categories."""

    def in_map_order(self) -> Self:
        """As the newest version orders them; those that it no longer has come last, by name."""
        return self.order_by(F("position").asc(nulls_last=True), "name", "pk")

    def current(self) -> Self:
        """Categories of the newest version."""
        return self.filter(position__isnull=False)


class SubcategoryQuerySet(QuerySet["Subcategory"]):
    """Reads over subcategories."""

    def in_map_order(self) -> Self:
        """As the newest version orders them inside their category; those that it no longer has come last, by name."""
        return self.order_by(F("position").asc(nulls_last=True), "name", "pk")

    def current(self) -> Self:
        """Subcategories of the newest version."""
        return self.filter(position__isnull=False)
