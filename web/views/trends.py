"""The landscape over time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.views.decorators.http import require_safe

from web.caching import catalogue_page
from web.csv_files import CONTENT_TYPE, csv_lines
from web.downloads import data_file, readable, stream
from web.forms.trends import TrendsForm
from web.pages import HtmxRequest, render_page
from web.trends_page import TrendSeries, trend_charts, trend_series

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from web.trend_charts import Column

CSV_SERIES: dict[str, Callable[[TrendSeries], Sequence[Column]]] = {
    "items": lambda series: [series.items(series.groups())],
    "categories": lambda series: series.groups(),
    "projects": lambda series: series.hosted(),
    "turnover": lambda series: series.came_and_went(),
}


@require_safe
@catalogue_page
def trends(request: HtmxRequest) -> HttpResponse:
    """Draw items, hosted projects, additions and removals over time, and by category."""
    form = TrendsForm(request.GET)
    form.is_valid()
    series = trend_series(form)
    context = {
        "form": form,
        "series": series,
        "charts": trend_charts(series) if series else None,
        "resolutions": form.RESOLUTIONS,
        "csv_query": request.GET.urlencode(),
    }
    return render_page(request, "trends/page.html", context, fragment="trend-results")


@require_safe
@data_file
def trends_csv(request: HtmxRequest, chart: str) -> HttpResponseBase:
    """Answer one chart's numbers, a line for each point: its day, then a column for each series."""
    if chart not in CSV_SERIES:
        raise Http404
    form = readable(TrendsForm(request.GET))
    series = trend_series(form)
    columns = CSV_SERIES[chart](series) if series else []
    rows = (
        zip(*([day.isoformat() for day in series.axis.days], *(column.values for column in columns)), strict=True)
        if series
        else []
    )
    scope = f"{chart}-{series.slug}" if series and series.slug else chart
    last = series.axis.days[-1].isoformat() if series else "empty"
    lines = csv_lines(["day", *(column.key for column in columns)], rows)
    return stream(request, lines, file_name=f"strata-{scope}-{last}.csv", content_type=CONTENT_TYPE)
