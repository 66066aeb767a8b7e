"""All items as a table, and the same table as a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.utils import timezone
from django.views.decorators.http import require_safe

from metrics.table_figures import FIGURES, figure_order, figures_day, with_figures
from metrics.table_filters import FiguredItemFilterSet
from projects.as_of import periods_at, version_at
from projects.landscape_state import current_landscape
from projects.table import table_rows
from web.caching import catalogue_page
from web.csv_files import CONTENT_TYPE, csv_lines
from web.downloads import data_file, refuse_unreadable, stream
from web.forms.table import PAGE_SIZES, TableForm
from web.pages import HtmxRequest, render_page
from web.paging import requested_page
from web.query_links import with_query
from web.table_cells import page_cells
from web.table_columns import LABELS, SETS, TREND, of_catalogue, of_figures
from web.table_file import csv_header, csv_rows
from web.table_page import active_filters, filter_choices, head_cells, set_links

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet
    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from projects.as_of import AsOf
    from projects.models import ItemPeriod
    from projects.querysets.periods import ItemPeriodQuerySet


@dataclass(frozen=True, slots=True)
class TableRequest:
    """What a reader asked for, and the rows that answer it; ``figures_day`` is None where nothing was computed yet."""

    form: TableForm
    filterset: FiguredItemFilterSet
    columns: list[str]
    figures_day: date | None
    rows: QuerySet[ItemPeriod, dict[str, Any]]


def _asked(request: HtmxRequest) -> TableRequest:
    form = TableForm(request.GET, now=timezone.now())
    form.is_valid()
    as_of = form.chosen
    day = figures_day(last=as_of.day)
    periods = periods_at(as_of.instant, include_delisted=bool(form.cleaned_data.get("delisted")))
    filterset = FiguredItemFilterSet(request.GET, queryset=periods, figures_day=lambda: day)
    columns = form.columns(has_figures=day is not None)
    return TableRequest(form, filterset, columns, day, _rows(filterset.qs, form, columns, day))


def _rows(
    periods: ItemPeriodQuerySet, form: TableForm, columns: list[str], day: date | None
) -> QuerySet[ItemPeriod, dict[str, Any]]:
    sort, instant, own = form.order, form.chosen.instant, of_catalogue(columns)
    key = sort.removeprefix("-")
    if key not in FIGURES:
        return table_rows(periods, instant, columns=own, sort=sort)
    order = [figure_order(key, descending=sort.startswith("-"))]
    return table_rows(with_figures(periods, [key], day=day), instant, columns=own, sort="", order=order)


@require_safe
@catalogue_page
def table(request: HtmxRequest) -> HttpResponse:
    """Show items in the columns, order and number asked for."""
    asked = _asked(request)
    form, day = asked.form, asked.figures_day
    current_set = form.chosen_set(has_figures=day is not None)
    of_set = SETS.get(current_set, ())
    page = requested_page(request, Paginator(asked.rows, form.page_size))
    context = {
        "form": form,
        "filterset": asked.filterset,
        "as_of": form.chosen,
        "current_set": current_set,
        "sets": set_links(request, current_set, asked.columns),
        "columns": [(key, label, key in asked.columns, key in of_set) for key, label in LABELS.items()],
        "heads": head_cells(request, asked.columns, form.order),
        "rows": page_cells(list(page), asked.columns, figures_day=day, last=form.chosen.day),
        "page": page,
        "page_sizes": PAGE_SIZES,
        "has_figure_columns": bool(of_figures(asked.columns)),
        "has_trend": TREND in asked.columns,
        "figures_day": day,
        **_history(request, form.chosen),
        "active_filters": active_filters(request, asked.filterset),
        "csv_query": request.GET.urlencode(),
        **filter_choices(request, asked.filterset),
    }
    return render_page(request, "table/page.html", context, fragment="table-results")


def _history(request: HtmxRequest, as_of: AsOf) -> dict[str, Any]:
    """Return which version a past day shows, and where the history begins if that is later."""
    if as_of.is_now:
        return {}
    version = version_at(as_of.instant)
    if version is not None:
        return {"version_day": version.committed_at if version.committed_at.date() != as_of.day else None}
    landscape = current_landscape()
    if landscape is None or landscape.began_at is None:
        return {}
    first_url = with_query(request, as_of=landscape.began_at.date().isoformat())
    return {"began_at": landscape.began_at, "first_url": first_url}


@require_safe
@data_file
def table_csv(request: HtmxRequest) -> HttpResponseBase:
    """Answer all rows of the same columns, filters and order; the last columns repeat the days they speak of."""
    asked = _asked(request)
    refuse_unreadable(asked.form.errors, asked.filterset.errors)
    day = asked.form.chosen.day
    lines = csv_lines(
        csv_header(asked.columns), csv_rows(asked.rows, asked.columns, as_of=day, figures_day=asked.figures_day)
    )
    return stream(request, lines, file_name=f"strata-items-{day.isoformat()}.csv", content_type=CONTENT_TYPE)
