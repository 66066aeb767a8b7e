"""The star growth that the ROSS index ranks by."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta

from metrics.formulas.results import FormulaInputError, Reason, Refusal, Result, Value
from metrics.formulas.series import Measured, Point, is_broken, measured

VERSION = "ross-growth/1"
WINDOW_DAYS = 90
FLOOR = 1000


def ross_growth(points: Sequence[Point], *, first_on: date, last_on: date, breaks: Collection[date] = ()) -> Result:
    """Give the best ``S_end / max(S_start, 1000)`` of all windows of exactly 90 days that end in the period.

    The period (a quarter, or a quarter so far) is ``first_on`` to ``last_on``, both included; the value is a factor
    (2 is doubled). A window counts only if both its days are known, no break lies in it and it ends at 1,000 stars
    or more; there is no tolerance, so ``n``, the windows that counted, tells how full the period was. Of equal
    windows the earliest gives ``start_on`` and ``end_on``.
    Refused: not measured (nothing known in the period; also for empty input), too short (no window has both its
    days), series break (each of them holds one), below floor (none ends at 1,000 stars).
    Raises ``FormulaInputError`` for a period that ends before it starts, days out of order or negative counts.
    Source: ROSS index since 2024 (https://github.com/RunaCapital/ROSS-Index); its printed figures fit this rule.
    """
    if last_on < first_on:
        raise FormulaInputError("A period ends on or after the day it starts.")
    series = measured(points)
    ends = series.since(first_on).until(last_on)
    if not ends.days:
        return Refusal(Reason.NOT_MEASURED, 0, VERSION, WINDOW_DAYS)
    windows = _windows(series, ends)
    if not windows:
        return Refusal(Reason.TOO_SHORT, 0, VERSION, WINDOW_DAYS)
    whole = [window for window in windows if not is_broken(breaks, after=_start_on(window[0]), up_to=window[0])]
    if not whole:
        return Refusal(Reason.SERIES_BREAK, len(windows), VERSION, WINDOW_DAYS)
    growths = [(stars / max(start, FLOOR), end_on) for end_on, start, stars in whole if stars >= FLOOR]
    if not growths:
        return Refusal(Reason.BELOW_FLOOR, len(whole), VERSION, WINDOW_DAYS)
    best, end_on = max(growths, key=lambda found: found[0])
    return Value(best, len(growths), VERSION, WINDOW_DAYS, start_on=_start_on(end_on), end_on=end_on)


def _windows(series: Measured, ends: Measured) -> list[tuple[date, int, int]]:
    """Give each window's last day, stars at its start and stars at its end."""
    known = dict(zip(series.days, series.values, strict=True))
    return [
        (day, known[_start_on(day)], stars)
        for day, stars in zip(ends.days, ends.values, strict=True)
        if _start_on(day) in known
    ]


def _start_on(end_on: date) -> date:
    return end_on - timedelta(days=WINDOW_DAYS)
