"""What others publish of an item: the CNCF's yearly figures as charts, and its maintainers' employers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from metrics.activity import ACTIVITY_COUNTS, ActivityPoint, activity_of_items
from projects.models import Source
from web.curve_charts import curve_chart

if TYPE_CHECKING:
    from datetime import date

    from projects.models import Item
    from web.trend_charts import TrendChart

# Windows end half a year apart; where one is missing, the line still leads over it, but not over two.
LONGEST_STEP = timedelta(days=400)
DRAWN = ("authors", "commits", "pull_requests")


@dataclass(frozen=True, slots=True)
class ActivityCurve:
    """One yearly count; the line of unreliable figures is another one."""

    count: str
    title: str
    chart: TrendChart
    has_unreliable: bool


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """One window of the table: its counts, each with whether it is unreliable."""

    point: ActivityPoint
    cells: tuple[tuple[int | None, bool], ...]


@dataclass(frozen=True, slots=True)
class ItemActivity:
    """The published years of an item, newest first in ``rows``."""

    curves: tuple[ActivityCurve, ...]
    titles: tuple[str, ...]
    rows: tuple[ActivityRow, ...]
    source: Source


def item_activity(item: Item, *, last: date | None) -> ItemActivity | None:
    """Return the yearly figures that end up to ``last``; two queries. None if none are published."""
    points = [point for point in activity_of_items([item.pk])[item.pk] if last is None or point.period_end <= last]
    if not points:
        return None
    titles = activity_titles()
    return ItemActivity(
        curves=tuple(_curve(count, titles[count], points) for count in DRAWN),
        titles=tuple(titles.values()),
        rows=tuple(
            ActivityRow(point, tuple((point.counts[count], count in point.unreliable) for count in ACTIVITY_COUNTS))
            for point in reversed(points)
        ),
        source=Source.objects.get(pk=points[-1].source_id),
    )


def activity_titles() -> dict[str, str]:
    """Name the published counts."""
    return {
        "authors": _("Authors a year"),
        "commits": _("Commits a year"),
        "pull_requests": _("Pull requests a year"),
        "issues": _("Issues a year"),
        "comments": _("Comments a year"),
        "activity": _("Activity a year"),
        "pushes": _("Pushes a year"),
    }


def _curve(count: str, title: str, points: list[ActivityPoint]) -> ActivityCurve:
    reliable = {point.period_end: point.counts[count] for point in points if count not in point.unreliable}
    unreliable = {point.period_end: point.counts[count] for point in points if count in point.unreliable}
    anew = [point.period_end for point in points if point.is_authors_break] if count == "authors" else []
    lines = [("line-1", title, reliable, anew)]
    if unreliable:
        lines.append(("doubtful", _("unreliable"), unreliable, []))
    return ActivityCurve(
        count=count,
        title=title,
        chart=curve_chart(
            lines,
            [(day, _("authors counted in another way, from git")) for day in anew],
            longest_step=LONGEST_STEP,
            unknown=_("unknown"),
        ),
        has_unreliable=bool(unreliable),
    )
