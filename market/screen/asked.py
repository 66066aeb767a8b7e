"""Reads a screen from the query string that pages, files and the API share.

    q=mesh&maturity=sandbox&stars_min=1000&growth_90_max=50&elephant_factor_has=no&sort=-stars&delisted_too=on

Bounds are included; those of percentages are in percent. What cannot be read is reported by parameter, and left out.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from market.screen.column import Column, Kind
from market.screen.columns import COLUMNS
from market.screen.screen import NAME, SLUG, Filter, Screen, default_sort
from projects.as_of import DAY
from projects.countries import country_codes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.http import QueryDict

    from market.screen.matrix import Matrix

LOW, HIGH, HAS = "_min", "_max", "_has"
YES, NO = "yes", "no"
COUNTRY = "country"
TEXT, SORT, DELISTED_TOO = "q", "sort", "delisted_too"
LONGEST_TEXT = 100
# More words than a reader would look through.
MOST_NAMED = 12
# Beyond any amount of money in cents.
GREATEST = 1e15
SORTS = (NAME, SLUG, *COLUMNS)


@dataclass(frozen=True, slots=True)
class AskedScreen:
    """A screen, and for each parameter that could not be read the sentence that says why."""

    screen: Screen
    errors: Mapping[str, str]


class UnreadableError(ValueError):
    """A parameter's value means nothing; the message is a sentence for the reader."""


def parameters_of(column: Column) -> tuple[str, ...]:
    """Name the parameters that filter by a column."""
    if column.kind.is_bounded:
        return (column.key + LOW, column.key + HIGH, column.key + HAS)
    return (column.key, column.key + HAS)


FILTER_PARAMETERS: Mapping[str, Column] = {
    name: column for column in COLUMNS.values() for name in parameters_of(column)
}
REPEATABLE = frozenset(key for key, column in COLUMNS.items() if column.kind is Kind.CHOICE)


def read_screen(query: QueryDict, matrix: Matrix) -> AskedScreen:
    """Read a screen; parameters that are none of its own are passed over."""
    filters: dict[str, Filter] = {}
    errors: dict[str, str] = {}
    for name in query:
        column = FILTER_PARAMETERS.get(name)
        values = [value.strip() for value in query.getlist(name) if value.strip()]
        if column is None or not values:
            continue
        try:
            filters[column.key] = _with(filters.get(column.key, Filter(column.key)), name, values, column, matrix)
        except UnreadableError as error:
            errors[name] = str(error)
    for key, found in filters.items():
        if _is_inside_out(found):
            filters[key] = replace(found, high=None)
            errors[key + HIGH] = _("This is less than the least value asked for.")
    ordered = tuple(filters[key] for key in COLUMNS if key in filters)
    sort = _asked(query, SORT, _sort, errors) or default_sort(matrix)
    text = _asked(query, TEXT, _text, errors) or ""
    return AskedScreen(Screen(text, ordered, sort, include_delisted=bool(query.get(DELISTED_TOO))), errors)


def _asked(query: QueryDict, name: str, read: Callable[[str], str], errors: dict[str, str]) -> str:
    try:
        return read(query.get(name, "").strip())
    except UnreadableError as error:
        errors[name] = str(error)
        return ""


def _sort(text: str) -> str:
    if text and text.removeprefix("-") not in SORTS:
        raise UnreadableError(_("There is no such column."))
    return text


def _text(text: str) -> str:
    if len(text) > LONGEST_TEXT:
        raise UnreadableError(_("Write at most %(most)d characters.") % {"most": LONGEST_TEXT})
    return text


def _with(found: Filter, name: str, values: list[str], column: Column, matrix: Matrix) -> Filter:
    """Add one parameter to a column's filter. Raises ``UnreadableError``."""
    text = values[-1]
    if name == column.key + HAS:
        return replace(found, has=_yes_or_no(text))
    if name == column.key + LOW:
        return replace(found, low=_bound(text, column))
    if name == column.key + HIGH:
        return replace(found, high=_bound(text, column))
    if column.kind is Kind.YES_NO:
        return replace(found, is_true=_yes_or_no(text))
    if column.kind is Kind.TEXT:
        return replace(found, text=_text(text))
    return replace(found, choices=_countries(values) if column.key == COUNTRY else _choices(values, column, matrix))


def _is_inside_out(found: Filter) -> bool:
    low, high = found.low, found.high
    return low is not None and high is not None and high < low  # type: ignore[operator]  # both of one kind


def _countries(values: list[str]) -> frozenset[str]:
    """Read codes of any country, since it may have no item yet."""
    codes = frozenset(value.upper() for value in values)
    if codes - country_codes():
        raise UnreadableError(_("No country has this code; ISO 3166-1 alpha-2 has DE or US, for example."))
    return codes


def _choices(values: list[str], column: Column, matrix: Matrix) -> frozenset[str]:
    """Read values of the day."""
    known = matrix.choices(column.key)
    if unknown := [value[:LONGEST_TEXT] for value in values if value not in known]:
        refusal = _("There is no %(value)s here.") % {"value": unknown[0]}
        few = _("Choose from: %(known)s.") % {"known": ", ".join(known)} if 0 < len(known) <= MOST_NAMED else ""
        raise UnreadableError(f"{refusal} {few}".rstrip())
    return frozenset(values)


def _yes_or_no(text: str) -> bool:
    if text not in {YES, NO}:
        raise UnreadableError(_("Give yes or no."))
    return text == YES


def _bound(text: str, column: Column) -> float | date:
    if column.kind is Kind.DAY:
        return _day(text)
    try:
        number = float(text.replace(",", ""))
    except ValueError as error:
        raise UnreadableError(_("Give a number.")) from error
    if not math.isfinite(number) or abs(number) > GREATEST:
        raise UnreadableError(_("Give a number."))
    return number / 100 if column.kind is Kind.PERCENT else number


def _day(text: str) -> date:
    try:
        if DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise UnreadableError(_("Give a day such as 2020-04-25."))
