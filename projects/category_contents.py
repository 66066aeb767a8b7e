"""What a category holds now: its sections with their cards, and how many of each maturity."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count

from projects.models import Category, Item, Subcategory

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Section:
    """One subcategory: its first cards (hosted ones first) and the counts of all of them."""

    subcategory: Subcategory
    items: list[Item]
    count: int
    maturities: Counter[str]

    @property
    def hosted(self) -> int:
        """Cards that carry a maturity."""
        return self.maturities.total()


@dataclass(frozen=True, slots=True)
class CategoryCounts:
    """How many cards a category has, how many of them of each maturity, and in how many sections."""

    category: Category
    items: int
    maturities: Counter[str]
    sections: int

    @property
    def hosted(self) -> int:
        """Cards that carry a maturity."""
        return self.maturities.total()


def category_sections(category: Category, *, most: int) -> list[Section]:
    """Return the category's sections in the map's order, each with at most ``most`` cards; three queries.

    Sections that the newest version no longer has are left out.
    """
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    cards = Item.objects.listed().in_categories([category.slug])
    for subcategory, maturity, number in cards.values_list("subcategory", "maturity").annotate(n=Count("pk")):
        counts[subcategory][maturity] = number
    # Listed cards always have a subcategory; 0 is no key of any.
    shown: dict[int, list[Item]] = defaultdict(list)
    for item in cards.first_of_each_subcategory(most).with_logos():
        shown[item.subcategory_id or 0].append(item)
    return [
        Section(subcategory, shown[subcategory.pk], counts[subcategory.pk].total(), _hosted(counts[subcategory.pk]))
        for subcategory in category.subcategories.current().in_map_order()
    ]


def categories_with_counts(categories: Iterable[Category]) -> list[CategoryCounts]:
    """Return how many cards each category lists now; two queries."""
    cards: dict[int, Counter[str]] = defaultdict(Counter)
    listed = Item.objects.listed().values_list("subcategory__category", "maturity").annotate(n=Count("pk"))
    for category, maturity, number in listed:
        cards[category][maturity] = number
    sections = dict(Subcategory.objects.current().values_list("category").annotate(n=Count("pk")))
    return [
        CategoryCounts(category, cards[category.pk].total(), _hosted(cards[category.pk]), sections.get(category.pk, 0))
        for category in categories
    ]


def _hosted(maturities: Counter[str]) -> Counter[str]:
    return Counter({maturity: number for maturity, number in maturities.items() if maturity})
