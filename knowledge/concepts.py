"""Concepts as lists show them, and all that speaks of one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.models import Comparison, Concept, ConceptKind
from projects.localized import localized
from projects.models import Item

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from knowledge.models import ConceptAlias, Insight, Question, TimelineEvent


@dataclass(frozen=True, slots=True)
class Mentions:
    """What else of the knowledge base speaks of a concept."""

    questions: Sequence[Question]
    comparisons: Sequence[Comparison]
    events: Sequence[TimelineEvent]
    insights: Sequence[Insight]


def concepts_by_kind() -> list[tuple[ConceptKind, list[Concept]]]:
    """Return all concepts by kind in the kinds' order, each kind by title; one query. Kinds without any are left out."""
    rows = list(Concept.objects.defer("body", "body_zh").order_by("title", "pk"))
    groups = [(kind, [row for row in rows if row.kind == kind]) for kind in ConceptKind]
    return [(kind, own) for kind, own in groups if own]


def concept_for_page(slug: str) -> Concept | None:
    """Return a concept with its aliases, sources, subcategories and layers; five queries, one if there is none."""
    rows = Concept.objects.filter(slug=slug)
    return rows.prefetch_related("aliases", "sources", "subcategories__category", "layers__framework").first()


def other_names(concept: Concept, language: str | None) -> list[ConceptAlias]:
    """Return the aliases of a concept whose aliases are loaded, each word once, without the title that the page shows."""
    shown = {localized(concept, "title", language=language).lower()}
    found: list[ConceptAlias] = []
    for alias in sorted(concept.aliases.all(), key=lambda alias: (alias.is_chinese, alias.pk)):
        if alias.name.lower() not in shown:
            shown.add(alias.name.lower())
            found.append(alias)
    return found


def items_of(concept: Concept) -> QuerySet[Item]:
    """Return the items that implement a concept, the best known first, as lists show them; one query."""
    rows = Item.objects.filter(concept_items__concept=concept).with_taxonomy().with_logos()
    return rows.order_by("concept_items__position", "name", "pk")


def mentions_of(concept: Concept) -> Mentions:
    """Return questions, comparisons, events (oldest first) and insights that speak of a concept; four queries."""
    return Mentions(
        list(concept.questions.order_by("number")),
        list(Comparison.objects.filter(columns__concept=concept).distinct().order_by("title", "pk")),
        list(concept.events.order_by("happened_on", "pk")),
        list(concept.insights.order_by("kind", "position", "pk")),
    )


def concepts_of_item(item: Item) -> QuerySet[Concept]:
    """Return the concepts that an item implements, by title; one query."""
    return Concept.objects.filter(concept_items__item=item).defer("body", "body_zh").order_by("title", "pk")
