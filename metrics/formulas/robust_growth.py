"""The yearly growth of a count that one day's burst cannot move."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from math import exp, log
from statistics import median

from metrics.formulas.results import Interval, Reason, Refusal, Result, Value
from metrics.formulas.series import Measured, Point, measured

VERSION = "robust-growth/1"
POINTS = 14
WINDOW_DAYS = 7 * (POINTS - 1)
LEAST_POINTS = 10
# A missed day is replaced by one of the three before it, so that no point stands for two weeks.
WEEKLY_TOLERANCE_DAYS = 3
# A burst lifts every later count for good. Over all pairs of weeks, one in the middle of the window lies within more
# than half of them and takes the median with it (a 30 % burst over 10 % a year: 15 times too much); over pairs at most
# four weeks apart it lies within 10 of 46 at the most, wherever it falls.
LONGEST_PAIR = 4
# The largest rank sums at which Wilcoxon's signed-rank test rejects at 5 %, both sides, by number of weekly gains.
WILCOXON_CRITICAL = {9: 5, 10: 8, 11: 10, 12: 13, 13: 17}


def robust_growth(points: Sequence[Point], *, as_of: date, breaks: Collection[date] = ()) -> Result:
    """Give the growth a year, as a fraction (0.5 is 50 % a year; -1 is the least), by Theil and Sen's median slope.

    The points are 14 counts a week apart up to ``as_of`` (91 days; a missed one may be up to 3 days older). The slope
    of ln(count) is the median over pairs of points at most four places apart, carried on for 365 days. ``n`` is the
    number of points.
    The interval is Wilcoxon's 95 % one of the weekly gains: the counts themselves depend on each other, and the
    usual interval of the slopes, which supposes that they do not, held the truth in half of simulated cases.
    Points before the last break are left out. Refused: not measured (also for empty input), stale (the newest point
    is missing with its 3 days), series break (under 10 points are left after it, though there were enough), too few
    points (under 10), below floor (a count of 0, which has no logarithm).
    Raises ``FormulaInputError`` for days out of order or negative counts.
    Source: Theil 1950; Sen 1968 (doi:10.1080/01621459.1968.10480934); Hollander and Wolfe, section 3.3, for the
    interval.
    """
    series = measured(points).until(as_of)
    weekly = weekly_points(series, as_of=as_of)
    unbroken = weekly.since(max((day for day in breaks if day <= as_of), default=date.min))
    reason = _refusal_reason(series, weekly, unbroken, as_of=as_of)
    if reason is not None:
        return Refusal(reason, len(unbroken.days), VERSION, WINDOW_DAYS)
    days = [float(day.toordinal()) for day in unbroken.days]
    logs = [log(value) for value in unbroken.values]
    slope = median_slope(days, logs, longest_pair=LONGEST_PAIR)
    low, high = gain_interval(days, logs)
    return Value(
        value=_yearly(slope),
        n=len(days),
        version=VERSION,
        window_days=WINDOW_DAYS,
        # Many equal gains can leave the slope beside the interval of the gains; a value lies in its interval.
        interval=Interval(_yearly(min(low, slope)), _yearly(max(high, slope))),
        start_on=unbroken.days[0],
        end_on=unbroken.days[-1],
    )


def weekly_points(series: Measured, *, as_of: date) -> Measured:
    """Give up to 14 known points, one for each week's day counted back from ``as_of``; empty input gives none."""
    targets = [as_of - timedelta(days=7 * week) for week in reversed(range(POINTS))]
    found = [series.latest(by=day, tolerance_days=WEEKLY_TOLERANCE_DAYS) for day in targets]
    kept = [position for position in found if position is not None]
    return Measured([series.days[position] for position in kept], [series.values[position] for position in kept])


def median_slope(xs: Sequence[float], ys: Sequence[float], *, longest_pair: int) -> float:
    """Give the median slope, in y's unit per x's, over all pairs at most ``longest_pair`` places apart.

    ``xs`` ascend strictly and there are at least two. With ``longest_pair`` of the whole length it is Theil and Sen's
    estimate over all pairs. Raises ``StatisticsError`` for fewer points. Source: Sen 1968.
    """
    slopes = [
        (ys[later] - ys[earlier]) / (xs[later] - xs[earlier])
        for earlier in range(len(xs))
        for later in range(earlier + 1, min(earlier + longest_pair + 1, len(xs)))
    ]
    return median(slopes)


def gain_interval(xs: Sequence[float], ys: Sequence[float]) -> tuple[float, float]:
    """Give Wilcoxon's 95 % interval of the gains per x between 10 to 14 neighbouring points.

    Exact for independent gains of symmetric distribution. Raises ``KeyError`` for other numbers of points.
    Source: Hollander and Wolfe, Nonparametric Statistical Methods, section 3.3.
    """
    gains = [(ys[i + 1] - ys[i]) / (xs[i + 1] - xs[i]) for i in range(len(xs) - 1)]
    averages = sorted((gains[i] + gains[j]) / 2 for i in range(len(gains)) for j in range(i, len(gains)))
    outside = WILCOXON_CRITICAL[len(gains)]
    return averages[outside], averages[-1 - outside]


def _refusal_reason(series: Measured, weekly: Measured, unbroken: Measured, *, as_of: date) -> Reason | None:
    if not series.days:
        return Reason.NOT_MEASURED
    if series.latest(by=as_of, tolerance_days=WEEKLY_TOLERANCE_DAYS) is None:
        return Reason.STALE
    if len(unbroken.days) < LEAST_POINTS:
        return Reason.SERIES_BREAK if len(weekly.days) >= LEAST_POINTS else Reason.TOO_FEW_POINTS
    return Reason.BELOW_FLOOR if 0 in unbroken.values else None


def _yearly(slope_a_day: float) -> float:
    return exp(slope_a_day * 365) - 1
