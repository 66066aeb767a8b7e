"""Guided routes through the knowledge base: the essay's questions, and the steps of the Trail Map."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from knowledge.models import Question
from market.models import Layer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

TRAIL_MAP = "trail-map"
Step = TypeVar("Step", Question, Layer)


@dataclass(frozen=True, slots=True)
class Place(Generic[Step]):
    """Where a reader stands on a route: ``number`` of ``total`` counts from 1; None before the first and after the last."""

    number: int
    total: int
    previous: Step | None
    next: Step | None


def questions() -> QuerySet[Question]:
    """Return the questions in their order; one query."""
    return Question.objects.order_by("number")


def question_for_page(slug: str) -> Question | None:
    """Return a question with its concepts, comparisons, items and sources; five queries, one if there is none."""
    return Question.objects.filter(slug=slug).prefetch_related("concepts", "comparisons", "items", "sources").first()


def trail_steps() -> list[Layer]:
    """Return the steps of the Trail Map in their order, each with its concepts; two queries, one without steps."""
    steps = Layer.objects.filter(framework__slug=TRAIL_MAP, parent=None).select_related("framework")
    return list(steps.prefetch_related("concepts").order_by("position", "pk"))


def place_of(step: Step, steps: Sequence[Step]) -> Place[Step]:
    """Return the neighbours of a step on its route. Raises ``ValueError`` if it is not on it."""
    index = list(steps).index(step)
    return Place(
        index + 1, len(steps), steps[index - 1] if index else None, steps[index + 1] if index + 1 < len(steps) else None
    )
