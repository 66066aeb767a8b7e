"""The screener's view as files: CSV, JSON and XLSX, each headed by its day, its filters in words and its rows' number."""

from __future__ import annotations

import io
import json
from dataclasses import asdict, dataclass
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, Any

import xlsxwriter
from django.http import HttpResponse
from django.utils.translation import gettext as _

from market.screen.column import Kind
from market.screen.columns import COLUMNS
from market.screen.screen import percentiles_of
from web.csv_files import CONTENT_TYPE, csv_lines
from web.downloads import stream
from web.screener_words import choice_label, filter_words, shortfall_words, sort_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from market.screen.column import Column
    from market.screen.matrix import Matrix
    from market.screen.screen import Screen
    from web.screener_sources import ScreenSource

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What cells of a kind look like in a workbook, so that numbers stay numbers.
XLSX_FORMATS = {
    Kind.PERCENT: "0.0%",
    Kind.USD: "#,##0",
    Kind.DAY: "yyyy-mm-dd",
    Kind.MONTHS: "0.0",
    Kind.DAYS: "0",
}
PERCENTILE = "_percentile"


@dataclass(frozen=True, slots=True)
class View:
    """What a file repeats: rows in order, columns, and whether each bounded one comes with its percentile."""

    matrix: Matrix
    screen: Screen
    rows: Sequence[int]
    columns: Sequence[str]
    has_percentiles: bool
    address: str
    sources: tuple[ScreenSource, ...]

    @property
    def day(self) -> date:
        """The day of the view (UTC)."""
        return self.matrix.as_of.day

    @property
    def ranked(self) -> list[str]:
        """The columns that come with a percentile."""
        return [key for key in self.columns if COLUMNS[key].kind.is_bounded] if self.has_percentiles else []

    @property
    def header(self) -> list[str]:
        """The names of a file's columns; percentages are fractions."""
        ranks = [(key, f"{key}{PERCENTILE}") for key in self.ranked]
        return ["slug", "name", *self.columns, *(name for _key, name in ranks)]

    def lines(self) -> Iterator[list[Any]]:
        """Give each row's values, None where unknown: numbers, dates, yes and no as booleans, choices in words."""
        ranks = [percentiles_of(self.matrix, self.rows, key) for key in self.ranked]
        for row in self.rows:
            values = (plain(self.matrix, COLUMNS[key], row) for key in self.columns)
            yield [self.matrix.slugs[row], self.matrix.names[row], *values, *(rank.get(row) for rank in ranks)]

    def about(self) -> list[tuple[str, Any]]:
        """Say of which day the view is, what passes its filters, in which order, how many, and from where."""
        figures = self.matrix.figures_day
        filters = [one.sentence for one in filter_words(self.matrix, self.screen)] or [_("none")]
        return [
            (_("As of"), self.day),
            (_("Figures of"), figures or _("There are no figures up to this day.")),
            *((_("Filter"), words) for words in filters),
            (_("Order"), sort_words(self.screen.sort)),
            (_("Rows"), len(self.rows)),
            *((_("Source"), _cited(source)) for source in self.sources),
            (_("Address"), self.address),
        ]


def plain(matrix: Matrix, column: Column, row: int) -> Any:
    """Give a value as files have it; None is unknown. A whole number is an integer."""
    value = matrix.values(column.key)[row]
    if value is None:
        return None
    if column.kind is Kind.CHOICE:
        return choice_label(matrix, column.key, value)
    if column.key == "shortfalls":
        return shortfall_words(value)
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _cited(source: ScreenSource) -> str:
    day = source.day.isoformat() if source.day else ""
    return ", ".join(part for part in (source.title, source.url, source.licence, day) if part)


def csv_file(request: HttpRequest, view: View) -> HttpResponseBase:
    """Answer CSV: lines about the view that begin with #, then the columns' names, then the rows."""
    first, *others = [(f"# {name}", said) for name, said in view.about()]
    lines = chain(csv_lines(first, others), csv_lines(view.header, view.lines()))
    return stream(request, lines, file_name=_name(view, "csv"), content_type=CONTENT_TYPE)


def json_file(_request: HttpRequest, view: View) -> HttpResponseBase:
    """Answer JSON: what the view is about as keys of the top level, then columns and rows; unknown is null."""
    content = {
        "as_of": view.day.isoformat(),
        "figures_on": view.matrix.figures_day.isoformat() if view.matrix.figures_day else None,
        "filters": [one.sentence for one in filter_words(view.matrix, view.screen)],
        "order": sort_words(view.screen.sort),
        "count": len(view.rows),
        "address": view.address,
        "sources": [asdict(source) for source in view.sources],
        "columns": [_described(COLUMNS[key]) for key in view.columns],
        "rows": [dict(zip(view.header, values, strict=True)) for values in view.lines()],
    }
    text = json.dumps(content, ensure_ascii=False, default=str)
    return _attached(HttpResponse(text, content_type="application/json"), view, "json")


def _described(column: Column) -> Mapping[str, str]:
    return {
        "key": column.key,
        "label": str(column.label),
        "kind": column.kind.value,
        "definition": str(column.definition),
        "basis": str(column.basis),
    }


def xlsx_file(_request: HttpRequest, view: View) -> HttpResponseBase:
    """Answer a workbook: the rows, a sheet about the view, and one that defines the columns."""
    target = io.BytesIO()
    # What looks like a formula, an address or a number stays the text that it is.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(target, options) as book:
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        _write_rows(book, view, head)
        about = book.add_worksheet("About")
        about.set_column(0, 0, 16)
        about.set_column(1, 1, 90)
        for line, (name, said) in enumerate(view.about()):
            about.write_string(line, 0, name, head)
            _write(about, line, 1, said.isoformat() if isinstance(said, date) else said)
        _write_definitions(book, view, head)
    return _attached(HttpResponse(target.getvalue(), content_type=XLSX_TYPE), view, "xlsx")


def _write_rows(book: Any, view: View, head: Any) -> None:
    sheet = book.add_worksheet("Items")
    sheet.freeze_panes(1, 2)
    sheet.set_column(0, 1, 24)
    labels = [_("Slug"), _("Name"), *(str(COLUMNS[key].label) for key in view.columns)]
    labels += [_("%(column)s, percentile") % {"column": COLUMNS[key].label} for key in view.ranked]
    formats = {kind: book.add_format({"num_format": shown}) for kind, shown in XLSX_FORMATS.items()}
    kinds = [Kind.TEXT, Kind.TEXT, *(COLUMNS[key].kind for key in view.columns), *(Kind.MONTHS for _ in view.ranked)]
    for place, label in enumerate(labels):
        sheet.write_string(0, place, label, head)
    for line, values in enumerate(view.lines(), start=1):
        for place, (value, kind) in enumerate(zip(values, kinds, strict=True)):
            _write(sheet, line, place, value, formats.get(kind))
    if view.rows:
        sheet.autofilter(0, 0, len(view.rows), len(labels) - 1)


def _write_definitions(book: Any, view: View, head: Any) -> None:
    sheet = book.add_worksheet("Columns")
    sheet.set_column(0, 1, 24)
    sheet.set_column(2, 2, 90)
    for place, label in enumerate((_("Key"), _("Column"), _("Definition"), _("Basis"))):
        sheet.write_string(0, place, label, head)
    for line, key in enumerate(view.columns, start=1):
        column = COLUMNS[key]
        for place, text in enumerate((key, column.label, column.definition, column.basis)):
            sheet.write_string(line, place, str(text))


def _write(sheet: Any, line: int, place: int, value: Any, shape: Any = None) -> None:
    """Write a value by its type; unknown leaves the cell empty."""
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(line, place, value)
    elif isinstance(value, date):
        sheet.write_datetime(line, place, value, shape)
    elif isinstance(value, int | float):
        sheet.write_number(line, place, value, shape)
    else:
        sheet.write_string(line, place, str(value))


def _name(view: View, kind: str) -> str:
    return f"strata-screener-{view.day.isoformat()}.{kind}"


def _attached(response: HttpResponse, view: View, kind: str) -> HttpResponse:
    response["Content-Disposition"] = f'attachment; filename="{_name(view, kind)}"'
    return response


WRITERS: dict[str, Callable[[HttpRequest, View], HttpResponseBase]] = {
    "csv": csv_file,
    "xlsx": xlsx_file,
    "json": json_file,
}
