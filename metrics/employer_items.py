"""The items whose maintainers one employer pays, by the newest published list: aggregates, no persons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Max, Sum
from django.db.models.functions import Lower

from metrics.employer_names import employer_names
from metrics.models import MaintainerShare

if TYPE_CHECKING:
    from datetime import date

    from projects.models import Item, Source


@dataclass(frozen=True, slots=True)
class EmployerSeats:
    """How many maintainers of an item one employer has, of how many in all, the unknown included."""

    item: Item
    maintainers: int
    total: int

    @property
    def share(self) -> float:
        """The employer's share, 0 to 1."""
        return self.maintainers / self.total


@dataclass(frozen=True, slots=True)
class SeatsList:
    """An employer's seats, the greatest share first, with the day and source of the list."""

    as_of: date
    source: Source
    seats: tuple[EmployerSeats, ...]


def seats_of_employer(name: str) -> SeatsList | None:
    """Return the seats of an employer, whatever the spelling; None if the newest list names it nowhere.

    Three queries at most. Rows of projects without an item are left out.
    """
    newest = MaintainerShare.objects.aggregate(day=Max("as_of"))["day"]
    if newest is None or not name.strip():
        return None
    listed = MaintainerShare.objects.filter(as_of=newest).exclude(item=None)
    spelled = listed.alias(folded=Lower("employer")).filter(folded__in=_spellings(name))
    rows = list(spelled.select_related("item", "source").order_by("item__name", "pk"))
    if not rows:
        return None
    items = {row.item_id: row.item for row in rows}
    own: dict[int | None, int] = {}
    for row in rows:
        own[row.item_id] = own.get(row.item_id, 0) + row.maintainers
    sums = listed.filter(item__in=list(items)).order_by().values_list("item").annotate(n=Sum("maintainers"))
    totals: dict[int | None, int] = dict(sums)
    seats = [EmployerSeats(item, own[key], totals[key]) for key, item in items.items() if item is not None]
    seats.sort(key=lambda one: (-one.share, one.item.name))
    return SeatsList(newest, rows[0].source, tuple(seats))


def _spellings(name: str) -> set[str]:
    """Return the folded spellings that mean the same employer as ``name``, itself among them."""
    names = employer_names()
    meant = names.employer(name)
    return {spelling for spelling, employer in names.by_spelling.items() if employer == meant} | {meant.casefold()}
