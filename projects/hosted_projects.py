"""The projects the foundation hosts: cards that are one project counted once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Q, Window

from projects.as_of import periods_at
from projects.models import ItemPeriod

if TYPE_CHECKING:
    from datetime import datetime

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


def hosted_projects_at(instant: datetime, *, include_delisted: bool = False) -> ItemPeriodQuerySet:
    """The hosted projects of an instant, each as one card's period then.

    With ``include_delisted`` also those whose cards had all left while they were hosted, as their last period.
    """
    present = hosted_projects(periods_at(instant))
    if not include_delisted:
        return present
    left = periods_at(instant, include_delisted=True).exclude(during__contains=instant)
    still_there = present.filter(project__isnull=False).values("project")
    gone = hosted_projects(left.exclude(project__in=still_there))
    return ItemPeriod.objects.filter(Q(pk__in=present.values("pk")) | Q(pk__in=gone.values("pk")))
