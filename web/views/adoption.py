"""Who uses which project, as a survey found: curves, ranks, and what became of what was evaluated."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import Http404
from django.views.decorators.http import require_safe

from market.adoption import first_survey, read_adoption
from market.adoption_and_attention import comparable_years, read_attention
from market.adoption_ranks import pipeline, ranking
from metrics.formulas.regression import LogRegression
from metrics.formulas.s_curve import LEAST_POINTS, WIDEST_REACH
from web.adoption_page import (
    ATTENTION_COLUMNS,
    CURVE_COLUMNS,
    PIPELINE_COLUMNS,
    RANK_COLUMNS,
    attention_rows,
    curve_rows,
    draw_attention,
    drawn_curves,
    pipeline_rows,
    rank_rows,
)
from web.caching import catalogue_page
from web.csv_files import CONTENT_TYPE, csv_lines
from web.downloads import data_file, readable, stream
from web.forms.adoption import AdoptionForm, WaveForm
from web.pages import HtmxRequest, render_page
from web.paging import requested_page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from market.adoption import Adoption
    from market.adoption_and_attention import Attention

PAGE_SIZE = 24
CSV_LISTS: dict[str, tuple[Sequence[str], Callable[[Adoption, int], Iterator[list[Any]]]]] = {
    "curves": (CURVE_COLUMNS, curve_rows),
    "ranking": (RANK_COLUMNS, rank_rows),
    "pipeline": (PIPELINE_COLUMNS, pipeline_rows),
}


@require_safe
@catalogue_page
def adoption(request: HtmxRequest) -> HttpResponse:
    """Show the projects of a wave: as curves over all waves, as a ranking, or against the wave before."""
    read = _read_adoption()
    form = AdoptionForm(request.GET, years=read.years if read else ())
    form.is_valid()
    context: dict[str, Any] = {"form": form, "chosen": form.chosen_list, "csv_query": request.GET.urlencode()}
    year = form.chosen_year
    if read and year:
        context |= {"adoption": read, "year": year, "wave": read.wave(year), "earlier": read.comparable_before(year)}
        context |= _list(read, year, form.chosen_list, request)
    return render_page(request, "adoption/page.html", context, fragment="adoption-results")


def _list(read: Adoption, year: int, name: str, request: HtmxRequest) -> dict[str, Any]:
    if name == "pipeline":
        return {"steps": pipeline(read, year)}
    ranks = ranking(read, year)
    if name == "ranking":
        return {"ranks": ranks}
    page = requested_page(request, Paginator(ranks, PAGE_SIZE))
    longest = max((len(segment) for curve in read.curves for segment in curve.segments), default=0)
    rule = {"longest": longest, "least_points": LEAST_POINTS, "widest_reach": round(WIDEST_REACH * 100)}
    return {"page": page, "drawn": drawn_curves(read, list(page.object_list)), **rule}


@require_safe
@data_file
def adoption_csv(request: HtmxRequest, name: str) -> HttpResponseBase:
    """Answer a whole list."""
    if name not in CSV_LISTS:
        raise Http404
    read = _read_adoption()
    form = readable(AdoptionForm(request.GET, years=read.years if read else ()))
    columns, rows = CSV_LISTS[name]
    year = form.chosen_year
    lines = csv_lines(columns, rows(read, year) if read and year else ())
    return stream(request, lines, file_name=f"strata-adoption-{name}-{year or 'empty'}.csv", content_type=CONTENT_TYPE)


@require_safe
@catalogue_page
def adoption_attention(request: HtmxRequest) -> HttpResponse:
    """Set a wave's shares against the stars of its year."""
    form, attention = _attention(request)
    line = attention.line if attention else None
    context = {
        "form": form,
        "attention": attention,
        "line": line if isinstance(line, LogRegression) else None,
        "drawing": draw_attention(attention) if attention else None,
        "csv_query": request.GET.urlencode(),
    }
    return render_page(request, "adoption/attention.html", context, fragment="attention-results")


@require_safe
@data_file
def adoption_attention_csv(request: HtmxRequest) -> HttpResponseBase:
    """Answer the shares, stars and residuals of a wave."""
    form, attention = _attention(request)
    readable(form)
    lines = csv_lines(ATTENTION_COLUMNS, attention_rows(attention) if attention else ())
    year = attention.year if attention else "empty"
    return stream(request, lines, file_name=f"strata-adoption-attention-{year}.csv", content_type=CONTENT_TYPE)


def _read_adoption() -> Adoption | None:
    survey = first_survey()
    return read_adoption(survey) if survey else None


def _attention(request: HtmxRequest) -> tuple[WaveForm, Attention | None]:
    read = _read_adoption()
    form = readable(WaveForm(request.GET, years=comparable_years(read) if read else ()))
    year = form.chosen_year
    return form, read_attention(read, year) if read and year else None
