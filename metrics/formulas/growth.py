"""How much a count grew over a window; a series is never read across a break."""

from collections.abc import Collection, Sequence
from datetime import date

from metrics.formulas.results import Reason, Refusal, Result, Value
from metrics.formulas.series import Measured, Point, Span, is_broken, measured, span

CHANGE_VERSION = "change/1"
GROWTH_VERSION = "growth/1"
ANNUALISED_VERSION = "annualised-growth/1"

WINDOWS_DAYS = (30, 90, 365)
QUARTER_DAYS = 91
ANNUALISED_FLOOR = 1000


def change(points: Sequence[Point], *, window_days: int, as_of: date, breaks: Collection[date] = ()) -> Result:
    """Give by how much a count changed over ``window_days``, in the count's unit; may be negative.

    ``n`` is the number of known points in the span used, both ends included. No value is interpolated or
    scaled to the window's length: ``start_on`` and ``end_on`` say what was compared (tolerances: ``series.span``).
    Refused: not measured (also for empty input), stale, too short, too few points, series break.
    Raises ``FormulaInputError`` for days out of order, negative counts or a window under one day.
    Source: ours, from daily counts (CHAOSS "Project Popularity" counts the same).
    """
    series = measured(points)
    reached = _whole_span(series, window_days=window_days, as_of=as_of, breaks=breaks)
    if isinstance(reached, Reason):
        return Refusal(reached, len(series.days), CHANGE_VERSION, window_days)
    difference = series.values[reached.end] - series.values[reached.start]
    return _value(float(difference), CHANGE_VERSION, window_days, series, reached)


def growth(points: Sequence[Point], *, window_days: int, as_of: date, breaks: Collection[date] = ()) -> Result:
    """Give the relative growth of a count over ``window_days`` as a fraction: 0.05 is 5 %, -1 is the least.

    ``n``, spans, refusals and errors as in ``change``; besides, below floor when the count started at 0.
    Source: ours.
    """
    series = measured(points)
    reached = _whole_span(series, window_days=window_days, as_of=as_of, breaks=breaks)
    if isinstance(reached, Reason):
        return Refusal(reached, len(series.days), GROWTH_VERSION, window_days)
    start = series.values[reached.start]
    if start == 0:
        return Refusal(Reason.BELOW_FLOOR, reached.end - reached.start + 1, GROWTH_VERSION, window_days)
    return _value(series.values[reached.end] / start - 1, GROWTH_VERSION, window_days, series, reached)


def annualised_growth(points: Sequence[Point], *, as_of: date, breaks: Collection[date] = ()) -> Result:
    """Give the growth of the last quarter carried on for a year, as a fraction: ``(now / a quarter ago)^4 - 1``.

    A quarter is 91 days; ``n``, spans, refusals and errors as in ``change``; besides, below floor when the count
    started under 1,000. Range -1 and up. Source: ROSS index, rule of 2020 to 2023
    (https://github.com/RunaCapital/ROSS-Index, "Previous Calculation Method").
    """
    series = measured(points)
    reached = _whole_span(series, window_days=QUARTER_DAYS, as_of=as_of, breaks=breaks)
    if isinstance(reached, Reason):
        return Refusal(reached, len(series.days), ANNUALISED_VERSION, QUARTER_DAYS)
    start = series.values[reached.start]
    if start < ANNUALISED_FLOOR:
        return Refusal(Reason.BELOW_FLOOR, reached.end - reached.start + 1, ANNUALISED_VERSION, QUARTER_DAYS)
    yearly = (series.values[reached.end] / start) ** 4 - 1
    return _value(yearly, ANNUALISED_VERSION, QUARTER_DAYS, series, reached)


def _whole_span(series: Measured, *, window_days: int, as_of: date, breaks: Collection[date]) -> Span | Reason:
    reached = span(series, window_days=window_days, as_of=as_of)
    if isinstance(reached, Span) and is_broken(
        breaks, after=series.days[reached.start], up_to=series.days[reached.end]
    ):
        return Reason.SERIES_BREAK
    return reached


def _value(value: float, version: str, window_days: int, series: Measured, reached: Span) -> Value:
    return Value(
        value=value,
        n=reached.end - reached.start + 1,
        version=version,
        window_days=window_days,
        start_on=series.days[reached.start],
        end_on=series.days[reached.end],
    )
