"""Search over all that Strata holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from knowledge.models import TextKind
from knowledge.search_everything import by_kind, search_everything
from projects.search import HitKind
from web.caching import catalogue_page
from web.pages import HtmxRequest, render_page

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django_stubs_ext import StrOrPromise

RESULTS = 100
SUGGESTIONS = 9
KIND_LABELS: dict[str, StrOrPromise] = {
    HitKind.ITEM: _("Items"),
    HitKind.CATEGORY: _("Categories"),
    HitKind.SUBCATEGORY: _("Sections"),
    HitKind.ORGANIZATION: _("Organizations"),
    TextKind.CONCEPT: _("Concepts"),
    TextKind.QUESTION: _("Questions"),
    TextKind.COMPARISON: _("Comparisons"),
    TextKind.INSIGHT: _("Insights"),
    TextKind.EVENT: _("Events"),
    TextKind.FORECAST: _("Forecasts"),
    TextKind.STATEMENT: _("Statements of the essay"),
}


@require_safe
@catalogue_page
def search(request: HtmxRequest) -> HttpResponse:
    """Show everything that fits ``?q=``, by kind; the kind of the best hit first."""
    results = search_everything(request.GET.get("q", ""), limit=RESULTS)
    groups = [(KIND_LABELS[kind], hits) for kind, hits in by_kind(results.hits)]
    context = {"search_text": results.query, "results": results, "groups": groups}
    return render_page(request, "search/page.html", context, fragment="search-results")


@require_safe
@catalogue_page
def search_suggestions(request: HtmxRequest) -> HttpResponse:
    """Give the best hits for the box under the header's search."""
    results = search_everything(request.GET.get("q", ""), limit=SUGGESTIONS)
    return render(request, "search/_suggestions.html", {"results": results})
