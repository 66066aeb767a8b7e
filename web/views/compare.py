"""Two to six items beside each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.views.decorators.http import require_safe

from market.screen.columns import COLUMNS
from market.screen.compared import LEAST, MOST, ComparedItem, compared_items, rows_of_slugs
from market.screen.matrix import Matrix, matrix_at
from web.caching import catalogue_page
from web.compare_chart import compare_chart, zoomable_lines
from web.compare_page import (
    CSV_COLUMNS,
    SERIES_COLUMNS,
    add_links,
    compared_groups,
    csv_rows,
    remove_links,
    series_rows,
)
from web.csv_files import CONTENT_TYPE, csv_lines
from web.downloads import data_file, readable, stream
from web.forms.compare import CompareForm
from web.pages import HtmxRequest, render_page
from web.screener_sources import sources_of

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.http.response import HttpResponseBase


def _asked(request: HtmxRequest) -> tuple[CompareForm, Matrix, list[int]]:
    form = CompareForm(request.GET, now=timezone.now())
    form.is_valid()
    matrix = matrix_at(form.chosen)
    known = rows_of_slugs(matrix, form.slugs)
    form.report_unknown([slug for slug, row in known.items() if row is None])
    rows = list(dict.fromkeys(row for row in known.values() if row is not None))
    if len(rows) > MOST:
        form.report_too_many()
    return form, matrix, rows[:MOST]


def _lines(form: CompareForm, matrix: Matrix, rows: list[int]) -> list[ComparedItem]:
    return compared_items(matrix, rows, count=form.chosen_count, alignment=form.alignment)


@require_safe
@catalogue_page
def compare(request: HtmxRequest) -> HttpResponse:
    """Show the lines of the items over time or age, and all their figures side by side."""
    form, matrix, rows = _asked(request)
    items = _lines(form, matrix, rows)
    context = {
        "form": form,
        "as_of": form.chosen,
        "matrix": matrix,
        "items": items,
        "links": remove_links(request, matrix, rows),
        "found": add_links(request, matrix, rows, form.cleaned_data.get("find") or ""),
        "chart": compare_chart(items, is_log=form.is_log),
        "zoom": zoomable_lines(items, is_log=form.is_log),
        "groups": compared_groups(matrix, rows),
        "sources": sources_of(matrix, list(COLUMNS)) if rows else [],
        "is_enough": len(rows) >= LEAST,
        "is_full": len(rows) >= MOST,
        "joined": ",".join(matrix.slugs[row] for row in rows),
        "query": request.GET.urlencode(),
    }
    return render_page(request, "compare/page.html", context, fragment="compare-results")


@require_safe
@data_file
def compare_csv(request: HtmxRequest) -> HttpResponseBase:
    """Answer every figure of the items, a line each, the unknown with their reasons."""
    form, matrix, rows = _asked(request)
    readable(form)
    lines = csv_lines(CSV_COLUMNS, csv_rows(matrix, rows))
    name = f"strata-compare-{matrix.as_of.day.isoformat()}.csv"
    return stream(request, lines, file_name=name, content_type=CONTENT_TYPE)


@require_safe
@data_file
def compare_series_csv(request: HtmxRequest) -> HttpResponseBase:
    """Answer the points of the items' lines, aligned as the page draws them."""
    form, matrix, rows = _asked(request)
    readable(form)
    lines = csv_lines(SERIES_COLUMNS, series_rows(_lines(form, matrix, rows)))
    name = f"strata-compare-{form.chosen_count}-{matrix.as_of.day.isoformat()}.csv"
    return stream(request, lines, file_name=name, content_type=CONTENT_TYPE)
