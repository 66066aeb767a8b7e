"""Days on which the landscape's sections themselves changed, so that series by section break there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from itertools import groupby
from typing import TYPE_CHECKING

from projects.models import TaxonomyBreak

if TYPE_CHECKING:
    from datetime import date

    from projects.models import Category

# Below this many cards carried, a break does not show in a series of the whole landscape, or of one category.
LEAST_CARDS = 50
LEAST_CARDS_OF_A_CATEGORY = 10


@dataclass(frozen=True, slots=True)
class BreakDay:
    """All breaks of one day (UTC), the largest first, and the cards that they carried together."""

    day: date
    items: int
    breaks: tuple[TaxonomyBreak, ...]


def notable_breaks(category: Category | None = None) -> list[BreakDay]:
    """Return the days on which sections changed around many cards, oldest first; one query."""
    breaks = [
        each for each in TaxonomyBreak.objects.order_by("at", "pk") if category is None or _touches(each, category.name)
    ]
    days = [
        _break_day(day, list(rows)) for day, rows in groupby(breaks, key=lambda each: each.at.astimezone(UTC).date())
    ]
    least = LEAST_CARDS if category is None else LEAST_CARDS_OF_A_CATEGORY
    return [day for day in days if day.items >= least]


def _break_day(day: date, breaks: list[TaxonomyBreak]) -> BreakDay:
    breaks.sort(key=lambda each: (-each.items, each.pk))
    return BreakDay(day, sum(each.items for each in breaks), tuple(breaks))


def _touches(each: TaxonomyBreak, category: str) -> bool:
    places = [place for text in (each.before, each.after) for place in text.split(" + ")]
    return any(place == category or place.startswith(f"{category} / ") for place in places)
