"""The knowledge base: its overview, and its lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from knowledge import comparisons as comparison_reads
from knowledge import forecasts as forecast_reads
from knowledge import insights as insight_reads
from knowledge.concepts import concepts_by_kind
from knowledge.essay import COUNTED_AT, INCONSISTENCIES, counted_version, read_essay
from knowledge.learning_paths import place_of, questions, trail_steps
from knowledge.models import InsightKind
from knowledge.page_texts import PageTexts
from knowledge.timeline import newest_events
from web.caching import catalogue_page
from web.forms.knowledge import EssayForm, ForecastForm
from web.missing import missing_page
from web.pages import HtmxRequest, render_page

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

NEWEST = 6


@require_safe
@catalogue_page
def knowledge(request: HttpRequest) -> HttpResponse:
    """Lead into the knowledge base: by its questions, concepts, comparisons, time, forecasts and thoughts."""
    context = {
        "questions": questions(),
        "steps": trail_steps(),
        "kinds": concepts_by_kind(),
        "comparisons": comparison_reads.comparisons(),
        "events": newest_events(NEWEST),
        "scores": forecast_reads.scorecard(),
        "insights": insight_reads.insight_counts(),
    }
    return render(request, "knowledge/overview.html", context)


@require_safe
@catalogue_page
def trail_step(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one step of the Trail Map: what it is, its concepts, and the layer with its items and money."""
    steps = trail_steps()
    step = next((one for one in steps if one.slug == slug), None)
    if step is None:
        return missing_page(request, slug)
    context = {"step": step, "place": place_of(step, steps), "steps": steps, "texts": PageTexts.begin(get_language())}
    return render(request, "knowledge/trail_step.html", context)


@require_safe
@catalogue_page
def comparisons(request: HttpRequest) -> HttpResponse:
    """List all comparisons."""
    return render(request, "knowledge/comparisons.html", {"comparisons": comparison_reads.comparisons()})


@require_safe
@catalogue_page
def comparison_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show things beside each other, aspect by aspect."""
    comparison = comparison_reads.comparison_for_page(slug)
    if comparison is None:
        return missing_page(request, slug)
    context = {
        "comparison": comparison,
        "aspects": comparison_reads.aspects_of(comparison),
        "texts": PageTexts.begin(get_language()),
    }
    return render(request, "knowledge/comparison.html", context)


@require_safe
@catalogue_page
def forecasts(request: HttpRequest) -> HttpResponse:
    """Show what was said to come, and what came."""
    form = ForecastForm(request.GET)
    form.is_valid()
    verdict = form.cleaned_data.get("verdict", "")
    context = {
        "form": form,
        "verdict": verdict,
        "scores": forecast_reads.scorecard(),
        "forecasts": forecast_reads.forecasts(verdict),
        "texts": PageTexts.begin(get_language()),
    }
    return render(request, "knowledge/forecasts.html", context)


@require_safe
@catalogue_page
def insights(request: HttpRequest, kind: str) -> HttpResponse:
    """List the essay's thoughts of one kind, and what became of each."""
    if kind not in InsightKind.values:
        raise Http404
    chosen = InsightKind(kind)
    context = {
        "kind": chosen,
        "kinds": insight_reads.insight_counts(),
        "insights": insight_reads.insights(chosen),
        "texts": PageTexts.begin(get_language()),
    }
    return render(request, "knowledge/insights.html", context)


@require_safe
@catalogue_page
def essay(request: HtmxRequest) -> HttpResponse:
    """List every statement of the essay with where it is answered, and what the data say of it today."""
    form = EssayForm(request.GET)
    form.is_valid()
    group, status = form.cleaned_data.get("group", ""), form.cleaned_data.get("status", "")
    context = {
        "form": form,
        "essay": read_essay(group=group, status=status),
        "group": group,
        "inconsistencies": INCONSISTENCIES,
        "counted_at": COUNTED_AT,
        "version": counted_version(),
        "texts": PageTexts.begin(get_language()),
    }
    return render_page(request, "knowledge/essay.html", context, fragment="essay-results")
