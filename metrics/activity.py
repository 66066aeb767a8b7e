"""The activity of an item as the CNCF publishes it: one point a window, and what each window is worth."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from metrics.models import ActivityWindow

ACTIVITY_COUNTS = ("authors", "commits", "pull_requests", "issues", "comments", "activity", "pushes")
# Counted from the stream of public events; commits come from git.
EVENT_COUNTS = ("pull_requests", "issues", "comments", "activity", "pushes")
# Since this day events no longer carry their commits, so that authors are counted from git: a break of the series.
AUTHORS_COUNTED_ANEW_ON = date(2025, 10, 7)
YEAR_DAYS = (365, 366)


@dataclass(frozen=True, slots=True)
class ActivityPoint:
    """Counts over the year before ``period_end``; those of ``unreliable`` are not what happened."""

    period_start: date
    period_end: date
    project_name: str
    counts: dict[str, int | None]
    unreliable: tuple[str, ...]
    is_authors_break: bool
    source_id: int


def activity_of_items(item_ids: Collection[int]) -> dict[int, tuple[ActivityPoint, ...]]:
    """Return the yearly windows of each item by the day they end on; one query. Half years are left out.

    Neighbouring windows overlap by half a year, so that their counts must not be added up.
    """
    found: dict[int, list[ActivityPoint]] = defaultdict(list)
    windows = ActivityWindow.objects.filter(item__in=item_ids).order_by("item_id", "period_end", "pk")
    for window in windows:
        if (window.period_end - window.period_start).days in YEAR_DAYS and window.item_id is not None:
            before = found[window.item_id][-1].period_end if found[window.item_id] else None
            found[window.item_id].append(_point(window, before))
    return {item: tuple(found.get(item, ())) for item in item_ids}


def _point(window: ActivityWindow, before: date | None) -> ActivityPoint:
    return ActivityPoint(
        period_start=window.period_start,
        period_end=window.period_end,
        project_name=window.project_name,
        counts={count: getattr(window, count) for count in ACTIVITY_COUNTS},
        unreliable=EVENT_COUNTS if window.is_event_based_unreliable else (),
        is_authors_break=before is not None and before <= AUTHORS_COUNTED_ANEW_ON < window.period_end,
        source_id=window.source_id,
    )
