"""What the words mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from knowledge.concepts import concept_for_page, concepts_by_kind, items_of, mentions_of, other_names
from knowledge.glossary import glossary as read_glossary
from knowledge.item_evidence import measured_items, money_of_items, stages_of, surveyed_items
from knowledge.page_texts import PageTexts
from knowledge.relations import neighbourhood
from projects.landscape_state import current_landscape
from web.caching import catalogue_page
from web.concept_graph import lay_concepts
from web.missing import missing_page

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from knowledge.models import Concept


@require_safe
@catalogue_page
def concepts(request: HttpRequest) -> HttpResponse:
    """List all concepts by kind."""
    return render(request, "knowledge/concepts.html", {"kinds": concepts_by_kind()})


@require_safe
@catalogue_page
def concept_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Explain a concept, and show what it hangs together with and what is measured of it."""
    concept = concept_for_page(slug)
    if concept is None:
        return missing_page(request, slug)
    around = neighbourhood(concept)
    context = {
        "concept": concept,
        "aliases": other_names(concept, get_language()),
        "texts": PageTexts.begin(get_language(), without=[slug]),
        "around": around,
        "graph": lay_concepts(around) if around.relations else None,
        "mentions": mentions_of(concept),
        "landscape": current_landscape(),
        **_evidence(concept),
    }
    return render(request, "knowledge/concept.html", context)


def _evidence(concept: Concept) -> dict[str, Any]:
    """Return what is known of the items that implement it; nothing is asked where there are none."""
    items = list(items_of(concept))
    keys = [item.pk for item in items]
    return {
        "measured": measured_items(items, today=timezone.now().date()) if items else [],
        "stages": stages_of(items),
        "surveyed": surveyed_items(keys) if items else [],
        "money": money_of_items(keys) if items else None,
    }


@require_safe
@catalogue_page
def glossary(request: HttpRequest) -> HttpResponse:
    """List all terms and their other names, by the reader's alphabet."""
    return render(request, "knowledge/glossary.html", {"groups": read_glossary(get_language())})
