"""The lists of the momentum page: who moves, who came, who died; and the same as lines of a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from metrics.entrants import Entrant, new_entrants
from metrics.formulas.results import Value
from metrics.graveyard import Grave, archived, delisted, dormant
from metrics.momentum import SHOWN, Mover, Within, fastest_growing, risers, sleepers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from metrics.formulas.results import Result
    from metrics.models import Indicator
    from projects.models import Item

MOVERS = ("growing", "risers", "sleepers")
GRAVES = ("archived", "delisted", "dormant")
# The lists that are read from computed figures, so that they are empty until the first are computed.
COMPUTED = (*MOVERS, "dormant")

ITEM_COLUMNS = ("slug", "name", "category", "maturity")


@dataclass(frozen=True, slots=True)
class Question:
    """What a reader asks for: ``figures_day`` is the newest with figures, ``today`` the day of asking (UTC)."""

    name: str
    within: Within
    window_days: int
    figures_day: date | None
    today: date


@dataclass(frozen=True, slots=True)
class ListPage:
    """A stretch of a list, and whether there is more; ``number`` counts pages from 1."""

    rows: Sequence[Any]
    number: int
    has_next: bool
    total: int | None = None

    @property
    def has_previous(self) -> bool:
        """Whether a page comes before."""
        return self.number > 1

    @property
    def previous_number(self) -> int:
        """The page before."""
        return self.number - 1

    @property
    def next_number(self) -> int:
        """The page after."""
        return self.number + 1


def list_page(question: Question, *, number: int, size: int) -> ListPage:
    """Return one page of the list asked for; at most four queries."""
    offset = (number - 1) * size
    rows, total = _rows(question, most=size + 1, offset=offset)
    return ListPage(rows[:size], number, has_next=len(rows) > size, total=total)


def _rows(question: Question, *, most: int, offset: int) -> tuple[Sequence[Any], int | None]:
    day, within = question.figures_day, question.within
    if question.name == "entrants":
        return new_entrants(day=question.today, within=within, most=most, offset=offset), None
    if question.name in {"archived", "delisted"}:
        read = archived if question.name == "archived" else delisted
        graves = read(within=within, most=most, offset=offset)
        return graves.shown, graves.total
    if day is None:
        return [], None
    if question.name == "dormant":
        graves = dormant(day=day, within=within, most=most, offset=offset)
        return graves.shown, graves.total
    if question.name == "growing":
        window = question.window_days
        return fastest_growing(day=day, window_days=window, within=within, most=most, offset=offset), None
    read_movers = risers if question.name == "risers" else sleepers
    return read_movers(day=day, within=within, most=most + offset)[offset:], None


def csv_columns(name: str) -> tuple[str, ...]:
    """Name the columns of a list's file."""
    if name in MOVERS:
        return (*ITEM_COLUMNS, "day", *SHOWN)
    if name in GRAVES:
        return (*ITEM_COLUMNS, "since", "days_since_push")
    outcomes = [f"{what}_{days}" for days in (90, 180, 365) for what in ("fate", "maturity", "growth")]
    return (*ITEM_COLUMNS, "listed_on", "maturity_then", *outcomes)


def csv_rows(question: Question, *, most: int) -> Iterator[tuple[object, ...]]:
    """Give the whole list line by line; what is unknown or refused is empty."""
    rows, _total = _rows(question, most=most, offset=0)
    for row in rows:
        yield (*_item_cells(row.item), *_cells(row, question.figures_day))


def _cells(row: Mover | Entrant | Grave, day: date | None) -> tuple[object, ...]:
    if isinstance(row, Mover):
        return (day, *(_figure(getattr(row, name)) for name in SHOWN))
    if isinstance(row, Grave):
        return (row.since_on or "", "" if row.days_since_push is None else row.days_since_push)
    outcomes = [cell for outcome in row.outcomes for cell in (outcome.fate, outcome.maturity, _grown(outcome.growth))]
    return (row.listed_on, row.maturity, *outcomes)


def _item_cells(item: Item) -> tuple[object, ...]:
    category = item.subcategory.category.slug if item.subcategory else ""
    return item.slug, item.name, category, item.maturity


def _figure(figure: Indicator | None) -> object:
    return "" if figure is None or figure.value is None else figure.value


def _grown(result: Result | None) -> object:
    return result.value if isinstance(result, Value) else ""
