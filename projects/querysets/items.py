"""Named reads over items."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import QuerySet

if TYPE_CHECKING:
    from collections.abc import Iterable

    from projects.models.items import Item  # noqa: F401  (the type parameter below)


class ItemQuerySet(QuerySet["Item"]):
    """Reads over items as they stand now."""

    def listed(self) -> Self:
        """Items that the newest version lists."""
        return self.filter(listed_at__isnull=False, delisted_at__isnull=True)

    def ever_listed(self) -> Self:
        """Items that some version listed."""
        return self.filter(listed_at__isnull=False)

    def hosted(self) -> Self:
        """Items that carry a maturity."""
        return self.exclude(maturity="")

    def in_categories(self, slugs: Iterable[str]) -> Self:
        """Items whose subcategory belongs to one of the categories."""
        return self.filter(subcategory__category__slug__in=list(slugs))

    def with_taxonomy(self) -> Self:
        """Load subcategory and category with each item."""
        return self.select_related("subcategory__category")

    def for_detail(self) -> Self:
        """Load what the item page shows beside the item."""
        return self.select_related("subcategory__category", "organization", "project", "logo__sheet")
