"""All items as a table, and the same table as a file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.utils import timezone
from django.views.decorators.http import require_safe

from projects.as_of import periods_at, version_at
from projects.filters import ItemFilterSet
from projects.landscape_state import current_landscape
from projects.table import COLUMNS, cells, table_rows
from web.caching import catalogue_page
from web.csv_files import CONTENT_TYPE, csv_lines
from web.downloads import data_file, stream
from web.forms.table import PAGE_SIZES, TableForm
from web.pages import HtmxRequest, render_page
from web.paging import requested_page
from web.query_links import with_query
from web.table_page import active_filters, filter_choices, head_cells, table_cells

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet
    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from projects.as_of import AsOf
    from projects.models import ItemPeriod


@dataclass(frozen=True, slots=True)
class TableRequest:
    """What a reader asked for, and the rows that answer it."""

    form: TableForm
    filterset: ItemFilterSet
    rows: QuerySet[ItemPeriod, dict[str, Any]]


def _asked(request: HtmxRequest) -> TableRequest:
    form = TableForm(request.GET, now=timezone.now())
    form.is_valid()
    instant = form.chosen.instant
    periods = periods_at(instant, include_delisted=bool(form.cleaned_data.get("delisted")))
    filterset = ItemFilterSet(request.GET, queryset=periods)
    return TableRequest(form, filterset, table_rows(filterset.qs, instant, columns=form.columns, sort=form.order))


@require_safe
@catalogue_page
def table(request: HtmxRequest) -> HttpResponse:
    """Show items in the columns, order and number asked for."""
    asked = _asked(request)
    form = asked.form
    page = requested_page(request, Paginator(asked.rows, form.page_size))
    context = {
        "form": form,
        "filterset": asked.filterset,
        "as_of": form.chosen,
        "columns": [(column, column.key in form.columns) for column in COLUMNS.values()],
        "heads": head_cells(request, form.columns, form.order),
        "rows": [table_cells(row, form.columns) for row in page],
        "page": page,
        "page_sizes": PAGE_SIZES,
        **_history(request, form.chosen),
        "active_filters": active_filters(request, asked.filterset),
        "csv_query": request.GET.urlencode(),
        **filter_choices(request),
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
    """Answer all rows of the same columns, filters and order; the last column repeats the day they speak of."""
    asked = _asked(request)
    columns = asked.form.columns
    day = asked.form.chosen.day.isoformat()
    lines = csv_lines([*columns, "as_of"], _csv_rows(asked, columns, day))
    return stream(request, lines, file_name=f"strata-items-{day}.csv", content_type=CONTENT_TYPE)


def _csv_rows(asked: TableRequest, columns: list[str], day: str) -> Iterator[list[Any]]:
    for row in asked.rows.iterator(chunk_size=1000):
        yield [*(_plain(value) for value in cells(row, columns)), day]


def _plain(value: Any) -> Any:
    """Return instants as days, which is how the table shows them."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).date().isoformat()
    return value
