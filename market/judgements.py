"""The criteria in their order, and what analysts think of an item by them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from market.models import Assessment, Criterion

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from projects.models import Item


def criteria() -> QuerySet[Criterion]:
    """Return all criteria with what they rest on."""
    return Criterion.objects.select_related("source").order_by("position", "pk")


def assessments_of(item: Item) -> QuerySet[Assessment]:
    """Return the judgements of one item, the newest first."""
    return Assessment.objects.filter(item=item).select_related("source").order_by("-assessed_on", "-pk")
