"""The screener: every item by any figure; its definitions, and the same view as a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from market.screen.asked import AskedScreen, read_screen
from market.screen.column import Group
from market.screen.column_sets import SETS
from market.screen.columns import BY_GROUP, COLUMNS
from market.screen.matrix import Matrix, matrix_at
from market.screen.presets import PRESETS
from market.screen.screen import screened
from web.caching import catalogue_page
from web.downloads import data_file, refuse_unreadable
from web.forms.screener import PAGE_SIZES, ScreenerForm
from web.pages import HtmxRequest, render_page, wants_fragment
from web.paging import requested_page
from web.screener_files import WRITERS, View
from web.screener_page import chips, errors_of, filter_groups, heads, preset_links, screen_rows, set_links
from web.screener_sources import sources_of

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from market.screen.column import Column


@dataclass(frozen=True, slots=True)
class ScreenerRequest:
    """What a reader asked for, and the rows that pass, in order."""

    form: ScreenerForm
    matrix: Matrix
    asked: AskedScreen
    rows: list[int]

    @property
    def among(self) -> list[int] | None:
        """The rows that percentiles are among, None where none are shown."""
        return self.rows if self.form.shows_percentiles else None


def _asked(request: HtmxRequest) -> ScreenerRequest:
    form = ScreenerForm(request.GET, now=timezone.now())
    form.is_valid()
    matrix = matrix_at(form.chosen)
    asked = read_screen(request.GET, matrix)
    return ScreenerRequest(form, matrix, asked, screened(matrix, asked.screen))


@require_safe
@catalogue_page
def screener(request: HtmxRequest) -> HttpResponse:
    """Show the items that pass the filters, in the columns and the order asked for."""
    asked = _asked(request)
    form, matrix, screen = asked.form, asked.matrix, asked.asked.screen
    page = requested_page(request, Paginator(asked.rows, form.page_size))
    context = {
        "form": form,
        "as_of": form.chosen,
        "matrix": matrix,
        "errors": errors_of(asked.asked.errors),
        "sets": set_links(request, form.chosen_set, form.columns),
        "heads": heads(request, form.columns, screen.sort),
        "rows": screen_rows(matrix, list(page), form.columns, among=asked.among),
        "page": page,
        "page_sizes": PAGE_SIZES,
        "chips": chips(request, matrix, screen),
        "sources": sources_of(matrix, form.columns),
        "query": request.GET.urlencode(),
        "kinds": list(WRITERS),
    }
    if not wants_fragment(request):
        context |= {
            "groups": filter_groups(request.GET, matrix),
            "presets": preset_links(),
            "columns": column_choices(form),
        }
    return render_page(request, "screener/page.html", context, fragment="screener-results")


def column_choices(form: ScreenerForm) -> list[tuple[str, list[tuple[Column, bool, bool]]]]:
    """Return the columns by group, each with whether it is shown, and whether the chosen set shows it."""
    of_set, shown = SETS.get(form.chosen_set, ()), form.columns
    return [
        (str(group.label), [(one, one.key in shown, one.key in of_set) for one in BY_GROUP[group]]) for group in Group
    ]


@require_safe
@catalogue_page
def screener_definitions(request: HtmxRequest) -> HttpResponse:
    """Define every column and every preset."""
    context = {
        "groups": [(group.label, BY_GROUP[group]) for group in Group],
        "presets": PRESETS,
        "total": len(COLUMNS),
    }
    return render(request, "screener/definitions.html", context)


@require_safe
@data_file
def screener_export(request: HtmxRequest, kind: str) -> HttpResponseBase:
    """Answer all rows of the view as CSV, JSON or XLSX, with its day, its filters in words and their number."""
    if kind not in WRITERS:
        raise Http404
    asked = _asked(request)
    form = asked.form
    refuse_unreadable(form.errors, {name: [sentence] for name, sentence in asked.asked.errors.items()})
    view = View(
        matrix=asked.matrix,
        screen=asked.asked.screen,
        rows=asked.rows,
        columns=form.columns,
        has_percentiles=form.shows_percentiles,
        address=request.build_absolute_uri(),
        sources=tuple(sources_of(asked.matrix, form.columns)),
    )
    return WRITERS[kind](request, view)
