"""How many commits reached the default branch, from counts over 30 days."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta

from metrics.formulas.results import FormulaInputError, Reason, Refusal, Result, Value
from metrics.formulas.series import FRESH_DAYS, Point, is_broken, measured

VERSION = "commits/1"
TILE_DAYS = 30


def commits(points: Sequence[Point], *, window_days: int, as_of: date, breaks: Collection[date] = ()) -> Result:
    """Give the commits of ``window_days``, a multiple of 30, from daily counts that each cover the 30 days before.

    Counts exactly 30 days apart cover the window without gap or overlap; it ends on the newest day, at most 3 before
    ``as_of``, for which all of them are known. ``n`` is how many were added up. A count over 30 days may fall
    from day to day; ``breaks`` are the days on which another repository began.
    Refused: not measured (nothing known up to ``as_of``; also for empty input), stale (nothing known in the last 3
    days), too short (the series starts later), too few points (one of the counts is missing), series break (in the window).
    Raises ``FormulaInputError`` for another window, days out of order or negative counts.
    Source: ours; CHAOSS Code Changes Commits.
    """
    if window_days < TILE_DAYS or window_days % TILE_DAYS:
        raise FormulaInputError("Commits are known for multiples of 30 days.")
    series = measured(points).until(as_of)
    known = dict(zip(series.days, series.values, strict=True))
    tiles = window_days // TILE_DAYS
    for age in range(FRESH_DAYS + 1):
        end_on = as_of - timedelta(days=age)
        counts = [known.get(end_on - timedelta(days=TILE_DAYS * tile)) for tile in range(tiles)]
        found = [count for count in counts if count is not None]
        if len(found) == tiles:
            start_on = end_on - timedelta(days=window_days)
            if is_broken(breaks, after=start_on, up_to=end_on):
                return Refusal(Reason.SERIES_BREAK, len(series.days), VERSION, window_days)
            return Value(float(sum(found)), tiles, VERSION, window_days, start_on=start_on, end_on=end_on)
    return Refusal(_refusal_reason(series.days, tiles, as_of), len(series.days), VERSION, window_days)


def _refusal_reason(days: Sequence[date], tiles: int, as_of: date) -> Reason:
    if not days:
        return Reason.NOT_MEASURED
    if (as_of - days[-1]).days > FRESH_DAYS:
        return Reason.STALE
    first_needed = days[-1] - timedelta(days=TILE_DAYS * (tiles - 1))
    return Reason.TOO_SHORT if days[0] > first_needed else Reason.TOO_FEW_POINTS
