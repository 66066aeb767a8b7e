"""Series for the browser's chart: one axis of instants, and for each line a value, an end or nothing at each."""

from __future__ import annotations

from bisect import bisect_left
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from web.curve_charts import DaySegment

# Half a day before each segment no point of any line stands, so that a line that goes on at once can end there too.
END = timedelta(hours=12)
# Inside a segment, where only other lines have a point: the line goes on. None, everywhere else, ends it.
NOTHING = ""


def zoomable(lines: Sequence[tuple[str, str, Sequence[DaySegment]]]) -> dict[str, Any]:
    """Return what the script reads of lines with their key, label and segments; ``at`` is in Unix seconds."""
    points = {_instant(point) for _, _, segments in lines for segment in segments for point in segment}
    ends = {_instant(segment[0]) - END for _, _, segments in lines for segment in segments[1:]}
    at = sorted(points | ends)
    return {
        "at": [int(instant.timestamp()) for instant in at],
        "lines": [{"key": key, "label": label, "values": _values(segments, at)} for key, label, segments in lines],
    }


def _values(segments: Sequence[DaySegment], at: Sequence[datetime]) -> list[int | str | None]:
    values: dict[datetime, int | str] = {}
    for segment in segments:
        inside = at[bisect_left(at, _instant(segment[0])) : bisect_left(at, _instant(segment[-1]))]
        values |= dict.fromkeys(inside, NOTHING) | {_instant(point): point[1] for point in segment}
    return [values.get(instant) for instant in at]


def _instant(point: tuple[date, int]) -> datetime:
    return datetime.combine(point[0], time(), UTC)
