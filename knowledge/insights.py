"""The essay's thoughts by kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count

from knowledge.models import Insight, InsightKind

if TYPE_CHECKING:
    from django.db.models import QuerySet


def insights(kind: InsightKind) -> QuerySet[Insight]:
    """Return the thoughts of a kind in their order, with what they name and cite; five queries."""
    rows = Insight.objects.filter(kind=kind).prefetch_related("concepts", "items", "organizations", "sources")
    return rows.order_by("position", "pk")


def insight_counts() -> list[tuple[InsightKind, int]]:
    """Count the thoughts of each kind; kinds without any are left out; one query."""
    counts = dict(Insight.objects.order_by().values_list("kind").annotate(n=Count("pk")))
    return [(kind, counts[kind]) for kind in InsightKind if kind in counts]
