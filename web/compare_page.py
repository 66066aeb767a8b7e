"""Compared items as the page and its files show them: every figure side by side, and links to add and remove."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from market.screen.column import Group
from market.screen.columns import BY_GROUP, COLUMNS
from market.screen.compared import MOST
from market.screen.screen import Screen, percentiles_of, screened
from projects.item_history import ACCEPTED
from projects.models import Maturity
from projects.search import search_items
from projects.stage_gaps import stage_gaps
from web.query_links import with_query
from web.screener_files import plain
from web.screener_words import number_text, percentile_text, value_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from django.http import HttpRequest

    from market.screen.column import Column
    from market.screen.compared import ComparedItem
    from market.screen.matrix import Matrix

MOST_FOUND = 8
# Some of what the search finds is compared already, or was not yet in the landscape on the day.
MOST_SEARCHED = 24
CSV_COLUMNS = (
    "item",
    "figure",
    "label",
    "value",
    "low",
    "high",
    "percentile",
    "why_unknown",
    "basis",
    "figures_on",
    "as_of",
)
# Columns that give a day of a stage, as declared.
STAGES_OF_DAYS = {
    "accepted_on": ACCEPTED,
    "incubating_on": Maturity.INCUBATING,
    "graduated_on": Maturity.GRADUATED,
}
SERIES_COLUMNS = ("item", "segment", "day", "months", "value", "origin", "repositories")


@dataclass(frozen=True, slots=True)
class ComparedCell:
    """A value in words, with its interval and its percentile among all listed items; "" if unknown, then ``why``.

    ``gap_days``: how long after a declared day of a stage the landscape showed it, as of a ``Rung``.
    """

    text: str
    interval: str
    percentile: str
    why: str
    key: str
    value: Any
    gap_days: int | None = None

    @property
    def days_early(self) -> int:
        """How many days before the declared day it was seen, where that is notable."""
        return -(self.gap_days or 0)


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One column for every item."""

    column: Column
    cells: tuple[ComparedCell, ...]


@dataclass(frozen=True, slots=True)
class ComparedLink:
    """An item and the address of the page with or without it."""

    slug: str
    name: str
    url: str


def compared_groups(matrix: Matrix, rows: Sequence[int]) -> list[tuple[str, list[ComparedRow]]]:
    """Return the figures by group; columns that are unknown for every item are left out."""
    listed = screened(matrix, Screen(sort="slug"))
    gaps = stage_gaps([matrix.item_ids[row] for row in rows], matrix.as_of.instant) if rows else {}
    groups = [
        (str(Group(group).label), [_row(matrix, column, rows, listed, gaps) for column in BY_GROUP[group]])
        for group in Group
    ]
    shown = [(label, [row for row in own if any(cell.text for cell in row.cells)]) for label, own in groups]
    return [(label, own) for label, own in shown if own]


def _row(
    matrix: Matrix, column: Column, rows: Sequence[int], listed: Sequence[int], gaps: Mapping[tuple[int, str], int]
) -> ComparedRow:
    ranks = percentiles_of(matrix, listed, column.key, of=rows) if column.kind.is_number else {}
    cells = (_cell(matrix, column, row, ranks) for row in rows)
    stage = STAGES_OF_DAYS.get(column.key)
    if stage is not None:
        found = zip(cells, rows, strict=True)
        cells = (replace(cell, gap_days=gaps.get((matrix.item_ids[row], stage))) for cell, row in found)
    return ComparedRow(column, tuple(cells))


def _cell(matrix: Matrix, column: Column, row: int, ranks: Mapping[int, float]) -> ComparedCell:
    value = matrix.values(column.key)[row]
    if value is None:
        return ComparedCell("", "", "", matrix.why(column.key, row), column.key, None)
    ends = matrix.interval(column.key, row)
    interval = ""
    if ends:
        low, high = (number_text(column, end) for end in ends)
        interval = _("%(low)s to %(high)s") % {"low": low, "high": high} if low != high else ""
    rank = percentile_text(ranks[row]) if row in ranks else ""
    return ComparedCell(value_text(matrix, column, value), interval, rank, "", column.key, value)


def remove_links(request: HttpRequest, matrix: Matrix, rows: Sequence[int]) -> list[ComparedLink]:
    """Return each compared item with the page without it."""
    slugs = [matrix.slugs[row] for row in rows]
    return [
        ComparedLink(slug, matrix.names[row], _with_items(request, [one for one in slugs if one != slug]))
        for row, slug in zip(rows, slugs, strict=True)
    ]


def add_links(request: HttpRequest, matrix: Matrix, rows: Sequence[int], text: str) -> list[ComparedLink]:
    """Return the items of the day that a text finds, best first; none once six are compared."""
    if len(rows) >= MOST:
        return []
    slugs = [matrix.slugs[row] for row in rows]
    found = [hit for hit in search_items(text, limit=MOST_SEARCHED) if hit.slug in matrix.row_of_slug]
    return [
        ComparedLink(hit.slug, hit.title, _with_items(request, [*slugs, hit.slug]))
        for hit in found
        if hit.slug not in slugs
    ][:MOST_FOUND]


def _with_items(request: HttpRequest, slugs: Sequence[str]) -> str:
    return with_query(request, items=",".join(slugs), find=None)


def csv_rows(matrix: Matrix, rows: Sequence[int]) -> Iterator[tuple[object, ...]]:
    """Give every figure of every item, also the unknown ones with the reason; percentages as fractions."""
    listed = screened(matrix, Screen(sort="slug"))
    for key, column in COLUMNS.items():
        ranks = percentiles_of(matrix, listed, key, of=rows) if column.kind.is_number else {}
        for row in rows:
            low, high = matrix.interval(key, row) or ("", "")
            value = plain(matrix, column, row)
            why = matrix.why(key, row) if value is None else ""
            shown = "" if value is None else value
            name = str(column.label)
            dates = (matrix.figures_day or "" if column.metric else "", matrix.as_of.day)
            yield (matrix.slugs[row], key, name, shown, low, high, ranks.get(row, ""), why, str(column.basis), *dates)


def series_rows(items: Sequence[ComparedItem]) -> Iterator[tuple[object, ...]]:
    """Give every point of every line, by segment: between two segments the series breaks."""
    for one in items:
        for number, segment in enumerate(one.segments, start=1):
            for point in segment:
                months = "" if point.months is None else round(point.months, 2)
                yield (one.slug, number, point.day, months, point.value, one.origin or "", " ".join(one.repositories))
