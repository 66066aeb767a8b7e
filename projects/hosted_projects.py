"""The projects the foundation hosts: cards that are one project counted once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Q, Window

if TYPE_CHECKING:
    from projects.querysets.periods import ItemPeriodQuerySet


def hosted_projects(periods: ItemPeriodQuerySet) -> ItemPeriodQuerySet:
    """One of the given periods for each hosted project: a card that shows its cards' commonest stage.

    Of several such cards it is the one listed longest; where two stages are equally common, that decides.
    """
    hosted = periods.hosted()
    twins = Window(Count("pk"), partition_by=["project", "maturity"])
    chosen = (
        hosted.filter(project__isnull=False)
        .annotate(twins=twins)
        .order_by("project_id", "-twins", "item__listed_at", "item_id")
        .distinct("project_id")
    )
    # A hosted card that belongs to no project stands for itself.
    return hosted.filter(Q(project__isnull=True) | Q(pk__in=chosen.values("pk")))
