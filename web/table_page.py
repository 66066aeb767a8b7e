"""The table's head, cells and active filters, ready to be shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from projects.localized import in_language, localized
from projects.models import Category, ItemKind, Maturity
from projects.table import COLUMNS, CellKind
from web.country_names import country_name
from web.links import safe_url
from web.query_links import with_query, without_value
from web.templatetags.localized import kind_label, maturity_label

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.http import HttpRequest

    from projects.filters import ItemFilterSet
    from projects.table import TableColumn

SCHEME_SIGN = "://"
YES_NO_FILTERS = ("has_repository", "hosted")


@dataclass(frozen=True, slots=True)
class HeadCell:
    """A column's head: ``direction`` is "ascending", "descending" or "" as ``aria-sort`` wants it."""

    label: str
    url: str
    direction: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A value as its column shows it; ``url`` is "" where nothing is linked, ``value`` None or "" unknown."""

    shown_as: str
    value: Any
    url: str = ""


@dataclass(frozen=True, slots=True)
class ActiveFilter:
    """One filter in force, and the address of the page without it."""

    label: str
    value: str
    url: str


def head_cells(request: HttpRequest, columns: Iterable[str], order: str) -> list[HeadCell]:
    """Return the heads, each linking to the order it stands for; the sorted one to its reverse."""
    heads = []
    for key in columns:
        is_ascending, is_descending = order == key, order == f"-{key}"
        direction = "ascending" if is_ascending else "descending" if is_descending else ""
        url = with_query(request, sort=f"-{key}" if is_ascending else key)
        heads.append(HeadCell(str(COLUMNS[key].label), url, direction))
    return heads


def table_cells(row: dict[str, Any], columns: Sequence[str]) -> list[Cell]:
    """Return a row's cells in the reader's language."""
    return [_cell(row, COLUMNS[key]) for key in columns]


def _cell(row: dict[str, Any], column: TableColumn) -> Cell:
    value = row[column.path]
    if column.shown_as == CellKind.ADDRESS and value:
        return Cell(column.shown_as, value.split(SCHEME_SIGN)[-1].rstrip("/"), safe_url(value))
    if value and f"{column.path}_zh" in row:
        value = in_language(value, row[f"{column.path}_zh"], language=get_language())
    if value and column.key == "country":
        value = country_name(value)
    return Cell(column.shown_as, value, _url(row, column) if value else "")


def _url(row: dict[str, Any], column: TableColumn) -> str:
    match column.shown_as:
        case CellKind.ITEM:
            return reverse("item_detail", args=[row["item__slug"]])
        case CellKind.ORGANIZATION:
            return reverse("organization_detail", args=[row["organization__slug"]])
        case CellKind.PLACE:
            page = reverse("category_detail", args=[row["subcategory__category__slug"]])
            return page if column.key == "category" else f"{page}#{row['subcategory__slug']}"
        case _:
            return ""


def active_filters(request: HttpRequest, filterset: ItemFilterSet) -> list[ActiveFilter]:
    """Return every filter of the query string that was understood; one query for each that names rows."""
    cleaned = filterset.form.cleaned_data
    return [
        ActiveFilter(str(filterset.filters[name].label), shown, without_value(request, name, value))
        for name in filterset.filters
        if cleaned.get(name)
        for value, shown in _shown(name, request.GET.getlist(name), cleaned[name])
    ]


def _shown(name: str, values: Iterable[str], cleaned: Any) -> list[tuple[str, str]]:
    """Return each value of a filter with the words that a reader knows it by."""
    names: dict[str, str] = {}
    if name in {"category", "subcategory", "organization"}:
        names = {row.slug: localized(row, "name", language=get_language()) for row in cleaned}
    elif name == "maturity":
        names = {value: maturity_label(value) for value in values}
    elif name == "kind":
        names = {value: kind_label(value) for value in values}
    elif name in YES_NO_FILTERS:
        names = {"true": _("yes"), "false": _("no")}
    return [(value, names.get(value, value)) for value in values if value]


# Filters of the address that the bar has no control for go along in hidden fields.
BAR_FILTERS = ("q", "category", "maturity", "kind", "has_repository")
OTHER_PARAMETERS = (
    "subcategory",
    "organization",
    "license",
    "country",
    "hosted",
    "listed_after",
    "listed_before",
    "sort",
)


def filter_choices(request: HttpRequest) -> dict[str, Any]:
    """Return what the bar of filters offers, and what of it is chosen; one query."""
    return {
        "categories": Category.objects.in_map_order(),
        "maturities": Maturity.choices,
        "kinds": ItemKind.choices,
        "chosen": {name: request.GET.getlist(name) for name in BAR_FILTERS},
        "kept": [(name, value) for name in OTHER_PARAMETERS for value in request.GET.getlist(name) if value],
    }
