"""The screener as its page shows it: heads, cells, chips, sets, presets and the bar of filters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from market.screen.asked import FILTER_PARAMETERS, HAS, HIGH, LOW, SORT
from market.screen.column import Group, Kind
from market.screen.column_sets import SET_LABELS
from market.screen.columns import BY_GROUP, COLUMNS
from market.screen.presets import PRESETS
from market.screen.screen import NAME, percentiles_of
from web.query_links import with_query, without_value
from web.screener_words import choice_label, filter_words, percentile_text, value_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.http import HttpRequest

    from market.screen.column import Column
    from market.screen.matrix import Matrix
    from market.screen.screen import Screen

# Longer lists of choices scroll in a box of their own.
FEW_CHOICES = 8


@dataclass(frozen=True, slots=True)
class Head:
    """A column's head; ``direction`` as ``aria-sort`` wants it, "" where it is not sorted by."""

    label: str
    url: str
    direction: str
    definition: str
    is_number: bool


@dataclass(frozen=True, slots=True)
class ScreenCell:
    """A value in words, "" if unknown; then ``why`` says why. ``rank`` is its percentile in words, if asked for."""

    text: str
    why: str
    is_number: bool
    key: str
    value: Any
    rank: str = ""


@dataclass(frozen=True, slots=True)
class ScreenRow:
    """One item of the page."""

    slug: str
    name: str
    cells: tuple[ScreenCell, ...]


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in force, and the page without it."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class FilterField:
    """The controls that filter by a column, and what they hold; ``choices`` are value, words, chosen."""

    column: Column
    low: str
    high: str
    text: str
    has: str
    choices: tuple[tuple[str, str, bool], ...]

    @property
    def is_long(self) -> bool:
        """Whether there are too many choices to stand one by one."""
        return len(self.choices) > FEW_CHOICES

    @property
    def is_used(self) -> bool:
        """Whether anything is asked for."""
        return bool(self.low or self.high or self.text or self.has or any(chosen for _, _, chosen in self.choices))


@dataclass(frozen=True, slots=True)
class FilterGroup:
    """The filters of a group, and how many of them are used."""

    label: str
    fields: tuple[FilterField, ...]

    @property
    def used(self) -> int:
        """How many filters of the group are in force."""
        return sum(field.is_used for field in self.fields)


def heads(request: HttpRequest, columns: Sequence[str], sort: str) -> list[Head]:
    """Return the heads, the name's first; each leads to its order, numbers from the largest, a sorted one reversed."""
    name = Head(_("Item"), _sort_url(request, NAME, sort, first=NAME), _direction(NAME, sort), "", is_number=False)
    return [name, *(_head(request, COLUMNS[key], sort) for key in columns)]


def _head(request: HttpRequest, column: Column, sort: str) -> Head:
    first = f"-{column.key}" if column.kind.is_bounded and column.key != "adoption_rank" else column.key
    url = _sort_url(request, column.key, sort, first=first)
    definition = f"{column.definition} ({column.basis})"
    return Head(str(column.label), url, _direction(column.key, sort), definition, column.kind.is_number)


def _sort_url(request: HttpRequest, key: str, sort: str, *, first: str) -> str:
    turned = key if sort == f"-{key}" else f"-{key}"
    return with_query(request, **{SORT: turned if sort.removeprefix("-") == key else first})


def _direction(key: str, sort: str) -> str:
    return {key: "ascending", f"-{key}": "descending"}.get(sort, "")


def screen_rows(
    matrix: Matrix, shown: Sequence[int], columns: Sequence[str], *, among: Sequence[int] | None
) -> list[ScreenRow]:
    """Return the rows to show; with ``among`` each value's percentile among those rows."""
    ranks = {key: percentiles_of(matrix, among, key) for key in columns} if among is not None else {}
    return [
        ScreenRow(
            matrix.slugs[row], matrix.names[row], tuple(_cell(matrix, row, COLUMNS[key], ranks) for key in columns)
        )
        for row in shown
    ]


def _cell(matrix: Matrix, row: int, column: Column, ranks: Mapping[str, Mapping[int, float]]) -> ScreenCell:
    key, value = column.key, matrix.values(column.key)[row]
    if value is None:
        return ScreenCell("", matrix.why(key, row), column.kind.is_number, key, None)
    rank = ranks.get(key, {}).get(row)
    shown = "" if rank is None else percentile_text(rank)
    return ScreenCell(value_text(matrix, column, value), "", column.kind.is_number, key, value, shown)


def chips(request: HttpRequest, matrix: Matrix, screen: Screen) -> list[Chip]:
    """Return every filter in force with the page without it."""
    return [
        Chip(
            one.sentence,
            without_value(request, one.parameter, one.value)
            if one.value
            else with_query(request, **{one.parameter: None}),
        )
        for one in filter_words(matrix, screen)
    ]


def set_links(request: HttpRequest, current: str, columns: Sequence[str]) -> list[tuple[str, str, bool]]:
    """Return label, address and whether it is shown, of each set; the last makes the columns the reader's own."""
    links = [
        (str(label), with_query(request, set=name, column=None), name == current) for name, label in SET_LABELS.items()
    ]
    own = QueryDict(mutable=True)
    own.setlist("column", list(columns))
    address = with_query(request, set=None, column=None)
    return [*links, (_("Own choice"), f"{address}{'&' if '?' in address else '?'}{own.urlencode()}", not current)]


def preset_links() -> list[tuple[str, str, str]]:
    """Return label, reason and address of each preset."""
    page = reverse("screener")
    return [(str(preset.label), str(preset.reason), f"{page}?{preset.query}") for preset in PRESETS]


def filter_groups(query: QueryDict, matrix: Matrix) -> list[FilterGroup]:
    """Return the controls of every column, by group, with what is asked for."""
    return [
        FilterGroup(str(Group(group).label), tuple(_field(query, matrix, column) for column in BY_GROUP[group]))
        for group in Group
    ]


def _field(query: QueryDict, matrix: Matrix, column: Column) -> FilterField:
    key, chosen = column.key, query.getlist(column.key)
    choices: list[tuple[str, str, bool]] = []
    if column.kind is Kind.CHOICE:
        choices = [(value, choice_label(matrix, key, value), value in chosen) for value in matrix.choices(key)]
    return FilterField(
        column=column,
        low=query.get(key + LOW, ""),
        high=query.get(key + HIGH, ""),
        text="" if choices else query.get(key, ""),
        has=query.get(key + HAS, ""),
        choices=tuple(choices),
    )


def errors_of(errors: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return what could not be read, under the columns' names."""
    return [
        (str(FILTER_PARAMETERS[name].label) if name in FILTER_PARAMETERS else _("Order"), sentence)
        for name, sentence in errors.items()
    ]
