"""How far the day on which the landscape showed a stage lies from the declared one, for several items at once."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

from django.db.models import Min

from projects.item_history import ACCEPTED, Stage
from projects.models import ItemPeriod, StageDeclaration
from projects.stage_ladder import notable_gap
from projects.trends import data_span

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from django.db.models import QuerySet


def stage_gaps(items: Collection[int], instant: datetime) -> dict[tuple[int, str], int]:
    """Return the notable gaps in days by item and stage, as known at an instant (UTC); three queries.

    A gap is that of a ``Rung``: positive where the landscape showed the stage later than it was declared.
    """
    span = data_span()
    seen = _first_seen(items, instant)
    said = StageDeclaration.objects.filter(item__in=items, during__startswith__lte=instant).order_by("during", "pk")
    declared = {(item, stage): day for item, stage, day in said.values_list("item", "stage", "declared_on")}
    gaps = {}
    for (item, stage), day in declared.items():
        shown = seen.get((item, stage))
        from_start = shown is not None and span is not None and shown.astimezone(UTC).date() == span.first
        gap = notable_gap(Stage(stage, day, shown, ()), from_start=from_start)
        if gap is not None:
            gaps[item, stage] = gap
    return gaps


def _first_seen(items: Collection[int], instant: datetime) -> dict[tuple[int, str], datetime]:
    """Return when each stage was first shown; "accepted" is when any was."""
    periods: QuerySet[ItemPeriod] = ItemPeriod.objects.filter(item__in=items, during__startswith__lte=instant)
    rows = periods.exclude(maturity="").order_by().values_list("item", "maturity")
    seen: dict[tuple[int, str], datetime] = {}
    for item, stage, at in rows.annotate(first=Min("during__startswith")):
        seen[item, stage] = at
        seen[item, ACCEPTED] = min(at, seen.get((item, ACCEPTED), at))
    return seen
