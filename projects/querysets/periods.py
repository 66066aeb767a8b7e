"""Named reads over periods."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import QuerySet
from django.db.models.functions import Lower

from projects.querysets.items import maturity_place

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from projects.models.items import Item
    from projects.models.periods import ItemPeriod


class ItemPeriodQuerySet(QuerySet["ItemPeriod"]):
    """Reads over what the landscape said when."""

    def as_of(self, instant: datetime) -> Self:
        """Periods in force at an instant (UTC): the landscape of that moment."""
        return self.filter(during__contains=instant)

    def hosted(self) -> Self:
        """Periods that carry a maturity."""
        return self.exclude(maturity="")

    def maturities(self) -> QuerySet[ItemPeriod, str]:
        """Each word of maturity that a period carries, once."""
        return self.hosted().order_by().values_list("maturity", flat=True).distinct()

    def in_subcategories(self, keys: Iterable[int]) -> Self:
        """Periods in subcategories, given by their keys."""
        return self.filter(subcategory__in=list(keys))

    def of_organizations(self, keys: Iterable[int]) -> Self:
        """Periods that name organizations, given by their keys."""
        return self.filter(organization__in=list(keys))

    def with_taxonomy(self) -> Self:
        """Load subcategory and category with each period."""
        return self.select_related("subcategory__category")

    def of_item(self, item: Item) -> Self:
        """The periods of one item, oldest first."""
        return self.filter(item=item).order_by("during", "pk")

    def with_statement(self) -> Self:
        """Load everything that a period says, and the version that began it."""
        return self.select_related("subcategory__category", "organization", "version")

    def with_logos(self) -> Self:
        """Load the item of each period and its logo, without its pictures."""
        return self.select_related("item__logo").defer("item__logo__svg", "item__logo__webp")

    def hosted_first(self) -> Self:
        """The further a hosted project had come, the earlier; what was archived or not hosted last; then by name."""
        return self.order_by(maturity_place(), Lower("name"), "pk")
