"""The table's head, sets of columns, filters and active filters, ready to be shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from metrics.formulas.confidence import Grade
from metrics.table_figures import FIGURES
from metrics.table_filters import FigureFilter
from projects.localized import localized
from projects.models import Category, ItemKind
from projects.querysets.items import ladder_order
from web.query_links import with_query, without_value
from web.table_columns import LABELS, SET_LABELS, SORTABLE
from web.templatetags.localized import kind_label, maturity_label

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.forms import BoundField
    from django.http import HttpRequest

    from metrics.table_figures import FigureColumn
    from metrics.table_filters import FiguredItemFilterSet
    from projects.querysets.periods import ItemPeriodQuerySet

YES_NO_FILTERS = ("has_repository", "hosted", "has_figures")
NOTHING: tuple[object, ...] = (None, "", [])


@dataclass(frozen=True, slots=True)
class HeadCell:
    """A column's head: ``direction`` is "ascending", "descending" or "" as ``aria-sort`` wants it.

    ``url`` is "" where nothing can be sorted by.
    """

    label: str
    url: str
    direction: str
    is_number: bool


@dataclass(frozen=True, slots=True)
class SetLink:
    """A set of columns that can be chosen."""

    label: str
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class BoundRow:
    """The two fields that bound a figure."""

    figure: FigureColumn
    fields: tuple[BoundField, BoundField]


@dataclass(frozen=True, slots=True)
class ActiveFilter:
    """One filter in force, and the address of the page without it."""

    label: str
    value: str
    url: str


def head_cells(request: HttpRequest, columns: Iterable[str], order: str) -> list[HeadCell]:
    """Return the heads, each linking to the order it stands for, the largest figure first; the sorted one to its reverse."""
    return [_head(request, key, order) for key in columns]


def _head(request: HttpRequest, key: str, order: str) -> HeadCell:
    is_ascending, is_descending = order == key, order == f"-{key}"
    direction = "ascending" if is_ascending else "descending" if is_descending else ""
    turns_down = is_ascending or (key in FIGURES and not is_descending)
    url = with_query(request, sort=f"-{key}" if turns_down else key) if key in SORTABLE else ""
    return HeadCell(str(LABELS[key]), url, direction, is_number=key in FIGURES)


def set_links(request: HttpRequest, current: str, columns: Iterable[str]) -> list[SetLink]:
    """Return a link for each set of columns, and one that makes ``columns`` the reader's own, as ``current`` "" is."""
    sets = [
        SetLink(str(label), with_query(request, set=name, column=None), is_current=name == current)
        for name, label in SET_LABELS.items()
    ]
    own = QueryDict(mutable=True)
    own.setlist("column", list(columns))
    address = with_query(request, set=None, column=None)
    joint = "&" if "?" in address else "?"
    return [*sets, SetLink(_("Own choice"), f"{address}{joint}{own.urlencode()}", is_current=not current)]


def active_filters(request: HttpRequest, filterset: FiguredItemFilterSet) -> list[ActiveFilter]:
    """Return every filter of the query string that was understood; one query for each that names rows."""
    cleaned = filterset.form.cleaned_data
    return [
        ActiveFilter(str(filterset.filters[name].label), shown, without_value(request, name, value))
        for name in filterset.filters
        if cleaned.get(name) not in NOTHING
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
BAR_FILTERS = ("q", "category", "maturity", "kind", "has_repository", "confidence", "has_figures")
OTHER_PARAMETERS = (
    "subcategory",
    "organization",
    "license",
    "country",
    "hosted",
    "listed_after",
    "listed_before",
)


def bound_rows(filterset: FiguredItemFilterSet) -> list[BoundRow]:
    """Return the bounds that figures can be given, a row for each figure."""
    names = [name for name, each in filterset.filters.items() if isinstance(each, FigureFilter)]
    return [
        BoundRow(
            FIGURES[filterset.filters[least].field_name],
            (filterset.form[least], filterset.form[f"{least.removesuffix('_min')}_max"]),
        )
        for least in names
        if least.endswith("_min")
    ]


def filter_choices(request: HttpRequest, filterset: FiguredItemFilterSet) -> dict[str, Any]:
    """Return what the bar of filters offers, and what of it is chosen; two queries."""
    chosen = {name: request.GET.getlist(name) for name in BAR_FILTERS}
    bounds = bound_rows(filterset)
    asked = sum(bool(field.value()) for row in bounds for field in row.fields)
    return {
        "categories": Category.objects.in_map_order(),
        "maturities": _maturities(filterset.queryset, filterset.form.cleaned_data.get("maturity", ())),
        "kinds": ItemKind.choices,
        "grades": [grade.value for grade in Grade],
        "chosen": chosen,
        "bounds": bounds,
        "bounds_asked": asked + bool(chosen["confidence"]) + any(chosen["has_figures"]),
        "kept": [(name, value) for name in OTHER_PARAMETERS for value in request.GET.getlist(name) if value],
    }


def _maturities(periods: ItemPeriodQuerySet, chosen: Iterable[str]) -> list[tuple[str, str]]:
    """Return the words that some item carried then, and those asked for, in the order of the ladder; one query."""
    used = {*periods.maturities(), *chosen}
    return [(word, maturity_label(word)) for word in sorted(used, key=ladder_order)]
