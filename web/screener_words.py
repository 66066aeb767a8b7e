"""The screener's values and filters in the reader's words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from market.models import Series
from market.money_words import usd_text
from market.screen.asked import DELISTED_TOO, HAS, HIGH, LOW, TEXT
from market.screen.column import Kind
from market.screen.columns import COLUMNS
from market.screen.screen import NAME, SLUG
from metrics.formulas.confidence import Shortfall
from projects.localized import in_language
from web.country_names import country_name
from web.templatetags.localized import kind_label, maturity_label
from web.templatetags.numbers import MINUS
from web.templatetags.punctuation import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from market.screen.column import Column
    from market.screen.matrix import Matrix
    from market.screen.screen import Filter, Screen


@dataclass(frozen=True, slots=True)
class FilterWords:
    """A filter in words, and the parameter and value that ask for it."""

    label: str
    text: str
    parameter: str
    value: str

    @property
    def sentence(self) -> str:
        """The whole filter: "Stars: at least 1,000"."""
        return f"{self.label}: {self.text}"


def choice_label(matrix: Matrix, key: str, value: str) -> str:
    """Return a choice's words in the reader's language."""
    match key:
        case "maturity":
            return maturity_label(value)
        case "kind":
            return kind_label(value)
        case "country":
            return country_name(value)
        case "last_series":
            return str(Series(value).label)
    choice = matrix.choices(key).get(value)
    return in_language(choice.label, choice.label_zh, language=get_language()) if choice else value


def shortfall_words(value: str) -> str:
    """Say what keeps a grade down, from the codes that are stored."""
    words = {
        Shortfall.NEVER_MEASURED: _("never measured"),
        Shortfall.GAPS: _("days missing"),
        Shortfall.STALE: _("newest day old"),
        Shortfall.ONE_SOURCE: _("one source alone"),
    }
    return listed(words[Shortfall(code)] for code in value.split(", "))


def value_text(matrix: Matrix, column: Column, value: Any) -> str:
    """Write a known value as the page shows it: "+5.4 %", "US$62M", "2020-04-25"."""
    match column.kind:
        case Kind.CHOICE:
            return choice_label(matrix, column.key, value)
        case Kind.YES_NO:
            return _("yes") if value else _("no")
        case Kind.TEXT:
            return _text(matrix, column.key, value)
        case Kind.DAY:
            return str(value.isoformat())
        case Kind.USD:
            return usd_text(value)
    return number_text(column, value)


def _text(matrix: Matrix, key: str, value: str) -> str:
    if key == "shortfalls":
        return shortfall_words(value)
    return choice_label(matrix, key, value) if value in matrix.choices(key) else value


def number_text(column: Column, value: float) -> str:
    """Write a number in its column's unit and precision."""
    if column.key == "survey_wave":
        return f"{value}"
    is_share = column.kind is Kind.PERCENT
    sign = "+" if column.is_change else ""
    text = f"{value * 100 if is_share else value:{sign},.{column.digits}f}"
    if column.is_change and not text.strip("+-0."):
        text = text.lstrip("+-")
    return text.replace("-", MINUS) + (" %" if is_share else "")


def percentile_text(percentile: float) -> str:
    """Write a percentile, which is above 0 and below 100, in whole numbers that are, too."""
    return f"{min(99, max(1, round(percentile)))}"


def sort_words(sort: str) -> str:
    """Say in which order the rows stand: "Stars, descending"."""
    key = sort.removeprefix("-")
    label = str(COLUMNS[key].label) if key in COLUMNS else {NAME: _("Name"), SLUG: _("Slug")}[key]
    text = _("%(column)s, descending") if sort.startswith("-") else _("%(column)s, ascending")
    return text % {"column": label}


def filter_words(matrix: Matrix, screen: Screen) -> list[FilterWords]:
    """Return every filter in force, each value of a choice apart."""
    words = (
        [FilterWords(_("Name"), _("contains “%(text)s”") % {"text": screen.text}, TEXT, screen.text)]
        if screen.text
        else []
    )
    words += [each for one in screen.filters for each in _words_of(matrix, one)]
    if screen.include_delisted:
        words.append(FilterWords(_("Delisted"), _("shown too"), DELISTED_TOO, ""))
    return words


def _words_of(matrix: Matrix, asked: Filter) -> Iterator[FilterWords]:
    column, key = COLUMNS[asked.key], asked.key
    label = str(column.label)
    if asked.low is not None:
        yield FilterWords(label, _("at least %(bound)s") % {"bound": _bound(column, asked.low)}, key + LOW, "")
    if asked.high is not None:
        yield FilterWords(label, _("at most %(bound)s") % {"bound": _bound(column, asked.high)}, key + HIGH, "")
    for value in sorted(asked.choices):
        yield FilterWords(label, choice_label(matrix, key, value), key, value)
    if asked.text:
        yield FilterWords(label, _("contains “%(text)s”") % {"text": asked.text}, key, asked.text)
    if asked.is_true is not None:
        yield FilterWords(label, _("yes") if asked.is_true else _("no"), key, "")
    if asked.has is not None:
        yield FilterWords(label, _("known") if asked.has else _("unknown"), key + HAS, "")


def _bound(column: Column, bound: float | date) -> str:
    if isinstance(bound, date):
        return bound.isoformat()
    if column.kind is Kind.USD:
        return usd_text(bound)
    number = bound * 100 if column.kind is Kind.PERCENT else bound
    text = f"{number:,.6f}".rstrip("0").rstrip(".")
    return text.replace("-", MINUS) + (" %" if column.kind is Kind.PERCENT else "")
