"""Filters as data, and the rows that pass them: sorted, unknown ones last, with percentiles."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from market.screen.column import Kind
from market.screen.columns import COLUMNS
from metrics.formulas.percentiles import LEAST_PEERS
from metrics.unknown_last import unknown_last

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from market.screen.matrix import Matrix

NAME, SLUG = "name", "slug"
DEFAULT_SORT = "-stars"
# Where nothing was measured, the furthest projects come first.
UNMEASURED_SORT = "maturity"


@dataclass(frozen=True, slots=True)
class Filter:
    """What a column's value must be; everything given must hold.

    ``low`` and ``high`` are included, in the unit that is stored (percent: fractions). ``choices``: one of these.
    ``text``: contained, whatever the case. ``has``: known (True) or unknown (False); None does not care. All but
    ``has=False`` leave out what is unknown.
    """

    key: str
    low: float | date | None = None
    high: float | date | None = None
    choices: frozenset[str] = frozenset()
    text: str = ""
    is_true: bool | None = None
    has: bool | None = None


@dataclass(frozen=True, slots=True)
class Screen:
    """What is asked of the items: ``text`` in their names, filters, an order; items that left only if told.

    ``sort`` is a column's key, "name" or "slug", with "-" before it for descending.
    """

    text: str = ""
    filters: tuple[Filter, ...] = ()
    sort: str = DEFAULT_SORT
    include_delisted: bool = False


def default_sort(matrix: Matrix) -> str:
    """Return the order where none is asked for: by stars, or by stage where no star is known."""
    return DEFAULT_SORT if any(value is not None for value in matrix.values("stars")) else UNMEASURED_SORT


def screened(matrix: Matrix, screen: Screen) -> list[int]:
    """Return the rows that pass, in order; unknown values last in both directions, equal ones by slug."""
    rows: Sequence[int] = range(len(matrix.slugs))
    asks_for_delisted = any(one.key == "delisted" for one in screen.filters)
    if not (screen.include_delisted or asks_for_delisted):
        left = matrix.values("delisted")
        rows = [row for row in rows if not left[row]]
    if screen.text:
        folded = screen.text.casefold()
        rows = [row for row in rows if folded in matrix.names[row].casefold()]
    for each in screen.filters:
        values, passes = matrix.values(each.key), _test(each)
        rows = [row for row in rows if passes(values[row])]
    return _ordered(matrix, rows, screen.sort)


def percentiles_of(
    matrix: Matrix, among: Sequence[int], key: str, *, of: Iterable[int] | None = None
) -> dict[int, float]:
    """Return the percentile of each row (``of``: of these alone) among the rows that have the value.

    100 x (lower + half the equal) / n, as ``metrics.formulas.percentiles`` gives it: equal values share their mean
    rank. Unknown ones are left out; empty for a column without an order or of ranks, and for under five known values. A day
    stands by how late it is.
    """
    if not COLUMNS[key].kind.is_bounded or COLUMNS[key].is_rank:
        return {}
    values = matrix.values(key)
    known = sorted(values[row] for row in among if values[row] is not None)
    if len(known) < LEAST_PEERS:
        return {}
    return {
        row: 50 * (bisect_left(known, values[row]) + bisect_right(known, values[row])) / len(known)
        for row in (among if of is None else of)
        if values[row] is not None
    }


def _test(asked: Filter) -> Callable[[Any], bool]:
    if asked.has is False:
        return lambda value: value is None
    tests = _tests(asked)
    return lambda value: value is not None and all(test(value) for test in tests)


def _tests(asked: Filter) -> list[Callable[[Any], bool]]:
    tests: list[Callable[[Any], bool]] = []
    low, high, text = asked.low, asked.high, asked.text.casefold()
    if low is not None:
        tests.append(lambda value: value >= low)
    if high is not None:
        tests.append(lambda value: value <= high)
    if asked.choices:
        tests.append(lambda value: value in asked.choices)
    if text:
        tests.append(lambda value: text in value.casefold())
    if asked.is_true is not None:
        tests.append(lambda value: value is asked.is_true)
    return tests


def _ordered(matrix: Matrix, rows: Sequence[int], sort: str) -> list[int]:
    """Rows stand by slug already, and sorting keeps the order of what is equal, reversed too."""
    key, descending = sort.removeprefix("-"), sort.startswith("-")
    return unknown_last(rows, _sortable(matrix, key).__getitem__, descending=descending)


def _sortable(matrix: Matrix, key: str) -> Sequence[Any]:
    if key == NAME:
        return [name.casefold() for name in matrix.names]
    if key == SLUG:
        return matrix.slugs
    values = matrix.values(key)
    if COLUMNS[key].kind is Kind.CHOICE:
        places = {word: place for place, word in enumerate(matrix.choices(key))}
        return [None if value is None else places[value] for value in values]
    if COLUMNS[key].kind is Kind.TEXT:
        return [None if value is None else value.casefold() for value in values]
    return values
