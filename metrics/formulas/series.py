"""Which points of a daily series stand for a day, and over which days a window really reaches."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import TypeAlias

from metrics.formulas.results import FormulaInputError, Reason

# A UTC day and the count on it; None where it is unknown.
Point: TypeAlias = tuple[date, int | None]

# The newest measurement may be this many days older than the day asked for: a few failed nights.
FRESH_DAYS = 3


@dataclass(frozen=True, slots=True)
class Measured:
    """The known points of a series: days ascending, a value for each."""

    days: Sequence[date]
    values: Sequence[int]

    def latest(self, *, by: date, tolerance_days: int) -> int | None:
        """Give the position of the newest point up to ``by``, or None if it is older than ``tolerance_days``."""
        position = bisect_right(self.days, by) - 1
        if position < 0 or (by - self.days[position]).days > tolerance_days:
            return None
        return position

    def nearest(self, day: date, *, tolerance_days: int) -> int | None:
        """Give the position of the point nearest to ``day``, the earlier one of two; None if none is near enough."""
        after = bisect_left(self.days, day)
        near = [position for position in (after - 1, after) if 0 <= position < len(self.days)]
        best = min(near, key=lambda position: abs((self.days[position] - day).days), default=None)
        if best is None or abs((self.days[best] - day).days) > tolerance_days:
            return None
        return best

    def since(self, day: date) -> "Measured":
        """Give the points on and after ``day``."""
        first = bisect_left(self.days, day)
        return Measured(self.days[first:], self.values[first:])

    def until(self, day: date) -> "Measured":
        """Give the points up to and on ``day``."""
        end = bisect_right(self.days, day)
        return Measured(self.days[:end], self.values[:end])


@dataclass(frozen=True, slots=True)
class Span:
    """The positions of the two points that a window really reaches between."""

    start: int
    end: int


def measured(points: Sequence[Point]) -> Measured:
    """Give the known points of a series.

    Empty input gives an empty series. Raises ``FormulaInputError`` if the days do not ascend strictly
    or a count is negative.
    """
    if any(later <= earlier for (earlier, _), (later, _) in pairwise(points)):
        raise FormulaInputError("The days of a series must ascend, each once.")
    known = [(day, value) for day, value in points if value is not None]
    if any(value < 0 for _, value in known):
        raise FormulaInputError("A count is never negative.")
    return Measured([day for day, _ in known], [value for _, value in known])


def tolerance_days(window_days: int) -> int:
    """Give by how many days a window may be longer or shorter: a tenth, 14 at most (3 for 30, 9 for 90, 14 for 365)."""
    return min(14, window_days // 10)


def span(series: Measured, *, window_days: int, as_of: date) -> Span | Reason:
    """Give the points a window of ``window_days`` ends and starts at, or why there are none.

    The end is the newest point up to ``as_of``, at most ``FRESH_DAYS`` older; the start is the point nearest to
    ``window_days`` before that end, within ``tolerance_days``. No value is made up for a missing day.
    Reasons: not measured (no point up to ``as_of``), stale, too short (the series starts later), too few points (a gap).
    Raises ``FormulaInputError`` for a window under one day.
    """
    if window_days < 1:
        raise FormulaInputError("A window has at least one day.")
    if not series.days or series.days[0] > as_of:
        return Reason.NOT_MEASURED
    end = series.latest(by=as_of, tolerance_days=FRESH_DAYS)
    if end is None:
        return Reason.STALE
    target = series.days[end] - timedelta(days=window_days)
    start = series.nearest(target, tolerance_days=tolerance_days(window_days))
    if start is not None:
        return Span(start, end)
    return Reason.TOO_SHORT if series.days[0] > target else Reason.TOO_FEW_POINTS


def is_broken(breaks: Collection[date], *, after: date, up_to: date) -> bool:
    """Tell whether a break, named by the first day of the new series, lies in ``(after, up_to]``."""
    return any(after < day <= up_to for day in breaks)
