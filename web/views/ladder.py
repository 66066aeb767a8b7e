"""The stage ladder: how often projects are promoted and archived, and how long each has stood in its stage."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from metrics.base_rates import Question, movers_medians, population
from metrics.stage_list import Shown, listed_standings
from metrics.stage_standings import next_year, standing_of, stays_by_stage
from projects.landscape_state import current_landscape
from projects.models import Item
from web.caching import catalogue_page
from web.csv_files import CONTENT_TYPE, csv_lines
from web.downloads import data_file, readable, stream
from web.forms.as_of import AsOfForm
from web.forms.ladder import LadderForm, RatesForm, StandingsForm
from web.ladder_page import (
    PROJECT_COLUMNS,
    RATE_COLUMNS,
    chart_of,
    heads,
    project_rows,
    rate_rows,
    rate_sentence,
    stage_figures,
    stage_ways,
)
from web.pages import HtmxRequest, render_page
from web.paging import requested_page

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from metrics.base_rates import Population
    from metrics.stage_list import ListedStanding
    from web.ladder_page import StageFigure

PAGE_SIZE = 50
COLUMNS = (
    ("name", _("Project"), False),
    ("stage", _("Stage"), False),
    ("", _("Since"), False),
    ("days", _("Months in stage"), True),
    ("percentile", _("Percentile"), True),
    ("promoted", _("Promoted within the next 12 months"), True),
    ("archived", _("Archived within the next 12 months"), True),
)


@require_safe
@catalogue_page
def ladder(request: HtmxRequest) -> HttpResponse:
    """Show the base rates of promotion and archiving as curves and tables."""
    form = RatesForm(request.GET, now=timezone.now())
    form.is_valid()
    people = population(form.question)
    context = {
        **_shared(request, form, people),
        "figures": _figures(form, people),
        "medians": movers_medians(people),
    }
    return render_page(request, "ladder/page.html", context, fragment="ladder-results")


def _figures(form: RatesForm, people: Population) -> list[StageFigure]:
    question = form.question
    return stage_figures(people, form.transitions, cohort=question.cohort, by_category=not question.category)


def _shared(request: HtmxRequest, form: LadderForm, people: Population) -> dict[str, Any]:
    return {
        "form": form,
        "people": people,
        "as_of": form.chosen,
        "known_at": form.known_at,
        "is_known_then": form.known_at == form.chosen.instant and not form.chosen.is_now,
        "landscape": current_landscape(),
        "csv_query": request.GET.urlencode(),
    }


@require_safe
@data_file
def ladder_csv(request: HtmxRequest) -> HttpResponseBase:
    """Answer the same base rates, a line for each horizon."""
    form = readable(RatesForm(request.GET, now=timezone.now()))
    people = population(form.question)
    rows = rate_rows(people, _figures(form, people), known_on=form.known_at.date().isoformat())
    return _file(request, "base-rates", people, RATE_COLUMNS, rows)


@require_safe
@catalogue_page
def ladder_projects(request: HtmxRequest) -> HttpResponse:
    """List the hosted projects with their months in stage, percentile and base rate."""
    form = StandingsForm(request.GET, now=timezone.now())
    form.is_valid()
    people = population(replace(form.question, category=""))
    context = {
        **_shared(request, form, people),
        "page": requested_page(request, Paginator(_listed(form, people), PAGE_SIZE)),
        "heads": heads(request, COLUMNS, form.order),
    }
    return render_page(request, "ladder/projects.html", context, fragment="ladder-results")


def _listed(form: StandingsForm, people: Population) -> list[ListedStanding]:
    shown = Shown(form.cleaned_data.get("stage", ""), form.category_slug)
    return listed_standings(people, shown, ordering=form.order)


@require_safe
@data_file
def ladder_projects_csv(request: HtmxRequest) -> HttpResponseBase:
    """Answer the same projects, all of them."""
    form = readable(StandingsForm(request.GET, now=timezone.now()))
    people = population(replace(form.question, category=""))
    rows = project_rows(_listed(form, people), people, known_on=form.known_at.date().isoformat())
    return _file(request, "stage-standings", people, PROJECT_COLUMNS, rows)


def _file(request: HtmxRequest, name: str, people: Population, columns: Any, rows: Any) -> HttpResponseBase:
    day = people.until.isoformat() if people.until else "empty"
    lines = csv_lines(columns, rows)
    return stream(request, lines, file_name=f"strata-{name}-{day}.csv", content_type=CONTENT_TYPE)


@require_safe
@catalogue_page
def item_ladder(request: HtmxRequest, slug: str) -> HttpResponse:
    """Show how long one project has stood in its stage, beside the others."""
    item = get_object_or_404(Item, slug=slug)
    form = AsOfForm(request.GET, now=timezone.now())
    form.is_valid()
    as_of = form.chosen
    people = population(Question(as_of.instant, form.now))
    standing = standing_of(people, item)
    rate = next_year(standing, stays_by_stage(people)) if standing else None
    ways = stage_ways(people, standing.stage) if standing and rate else ()
    context = {
        "form": form,
        "as_of": as_of,
        "item": item,
        "people": people,
        "standing": standing,
        "sentence": rate_sentence(standing.stage, rate) if standing and rate else "",
        "ways": ways,
        "chart": chart_of(ways, mark_days=standing.days if standing else None),
        "landscape": current_landscape(),
    }
    return render_page(request, "ladder/item.html", context, fragment="item-ladder")
