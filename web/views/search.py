"""Search over the whole catalogue."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from projects.search import HitKind, SearchHit, search_catalogue
from web.caching import catalogue_page
from web.pages import HtmxRequest, render_page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpResponse

RESULTS = 100
SUGGESTIONS = 9
KIND_LABELS = {
    HitKind.ITEM: _("Items"),
    HitKind.CATEGORY: _("Categories"),
    HitKind.SUBCATEGORY: _("Sections"),
    HitKind.ORGANIZATION: _("Organizations"),
}


@require_safe
@catalogue_page
def search(request: HtmxRequest) -> HttpResponse:
    """Show everything that fits ``?q=``, by kind; the kind of the best hit first."""
    results = search_catalogue(request.GET.get("q", ""), limit=RESULTS)
    context = {"search_text": results.query, "results": results, "groups": _by_kind(results.hits)}
    return render_page(request, "search/page.html", context, fragment="search-results")


@require_safe
@catalogue_page
def search_suggestions(request: HtmxRequest) -> HttpResponse:
    """Give the best hits for the box under the header's search."""
    results = search_catalogue(request.GET.get("q", ""), limit=SUGGESTIONS)
    return render(request, "search/_suggestions.html", {"results": results})


def _by_kind(hits: Sequence[SearchHit]) -> list[tuple[str, list[SearchHit]]]:
    kinds = list(dict.fromkeys(hit.kind for hit in hits))
    ordered = sorted(hits, key=lambda hit: kinds.index(hit.kind))
    return [(str(KIND_LABELS[kind]), list(found)) for kind, found in groupby(ordered, key=lambda hit: hit.kind)]
