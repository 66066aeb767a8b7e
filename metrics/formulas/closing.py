"""How far closing keeps up with opening, read from daily counts of issues or pull requests.

Counts tell only what happened on the whole: in a span, closed = the rise of the closed count (less what was opened
again), opened = the rise of open + closed together (with what came by transfer). For pull requests, closed means
merged or declined.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import TypeAlias

from metrics.formulas.proportions import wilson_interval
from metrics.formulas.results import Reason, Refusal, Result, Value
from metrics.formulas.series import is_broken, measured, span

CLOSING_VERSION = "closing/2"
# A fall of the total is left out if such steps take up at most this share of the span.
MOST_LEFT_OUT = 0.1
CLOSURE_VERSION = "closure/1"
ACCEPTANCE_VERSION = "acceptance/1"

# A UTC day with both counts.
_Day: TypeAlias = tuple[date, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many issues (or pull requests) stood open and closed on a UTC day; None where unknown."""

    day: date
    open_count: int | None
    closed_count: int | None


@dataclass(frozen=True, slots=True)
class Decisions:
    """How many pull requests stood merged and declined (closed unmerged) on a UTC day; None where unknown."""

    day: date
    merged: int | None
    declined: int | None


@dataclass(frozen=True, slots=True)
class _Span:
    """The two counts on the first and the last day of a span, and the window it was asked for."""

    start_on: date
    end_on: date
    start: tuple[int, int]
    end: tuple[int, int]
    window_days: int

    def share(self, part: int, whole: int, version: str) -> Result:
        if whole == 0:
            return Refusal(Reason.BELOW_FLOOR, 0, version, self.window_days)
        return Value(part / whole, whole, version, self.window_days, start_on=self.start_on, end_on=self.end_on)


def closing_ratio(tallies: Sequence[Tally], *, window_days: int, as_of: date, breaks: Collection[date] = ()) -> Result:
    """Give closed / opened in the window: 1 keeps up, below 1 a backlog grows; 0 and up, without a ceiling.

    ``n`` is the number opened. Spans as in ``series.span``. Where open + closed fell between two measured days, some were
    deleted or transferred away: that step counts neither for the closed nor for the opened. Refused: not measured (also
    for empty input), stale, too short, too few points, series break; negative (such steps take up more than a tenth of
    the span, or the closed count fell over the rest); below floor (none opened).
    Raises ``FormulaInputError`` for days out of order, negative counts or a window under one day.
    Source: GrimoireLab's backlog management and review efficiency index (closed / opened in the period).
    """
    counts = [(tally.day, tally.open_count, tally.closed_count) for tally in tallies]
    inside = _inside(counts, window_days=window_days, as_of=as_of, breaks=breaks)
    if isinstance(inside, _Refused):
        return Refusal(inside.reason, inside.n, CLOSING_VERSION, window_days)
    days = (inside[-1][0] - inside[0][0]).days
    falls = [(before, after) for before, after in pairwise(inside) if sum(after[1]) < sum(before[1])]
    left_out = sum((after[0] - before[0]).days for before, after in falls)
    closed = _rise(inside, falls, lambda both: both[1])
    if left_out > days * MOST_LEFT_OUT or closed < 0:
        return Refusal(Reason.NEGATIVE, len(inside), CLOSING_VERSION, window_days)
    return _over(inside, window_days).share(closed, _rise(inside, falls, sum), CLOSING_VERSION)


def closure_ratio(tallies: Sequence[Tally], *, window_days: int, as_of: date, breaks: Collection[date] = ()) -> Result:
    """Give closed in the window / (open at its start + opened in it): the share that got closed, 0 to 1.

    ``n`` is the number that were open at any time. Refusals and errors as in ``closing_ratio``, but any fall is negative;
    below floor here means that none was open at any time.
    Source: CHAOSS Change Request Closure Ratio (https://chaoss.community/?p=4834).
    """
    counts = [(tally.day, tally.open_count, tally.closed_count) for tally in tallies]
    reached = _span(counts, window_days=window_days, as_of=as_of, breaks=breaks)
    if isinstance(reached, _Refused):
        return Refusal(reached.reason, reached.n, CLOSURE_VERSION, window_days)
    closed = reached.end[1] - reached.start[1]
    # Open at the start and opened since = closed since and open at the end.
    return reached.share(closed, closed + reached.end[0], CLOSURE_VERSION)


def acceptance_ratio(
    decisions: Sequence[Decisions], *, window_days: int, as_of: date, breaks: Collection[date] = ()
) -> Result:
    """Give merged / (merged + declined) in the window, 0 to 1, with Wilson's 95 % interval.

    ``n`` is the number decided. Refusals and errors as in ``closing_ratio``: negative if merged + declined fell between
    two measured days or either fell over the span (a declined one was opened again); below floor if none was decided.
    Source: CHAOSS Change Request Acceptance Ratio (https://chaoss.community/?p=3598), as a share of the decided.
    """
    counts = [(decision.day, decision.declined, decision.merged) for decision in decisions]
    reached = _span(counts, window_days=window_days, as_of=as_of, breaks=breaks)
    if isinstance(reached, _Refused):
        return Refusal(reached.reason, reached.n, ACCEPTANCE_VERSION, window_days)
    declined, merged = reached.end[0] - reached.start[0], reached.end[1] - reached.start[1]
    if declined < 0:
        return Refusal(Reason.NEGATIVE, 0, ACCEPTANCE_VERSION, window_days)
    result = reached.share(merged, merged + declined, ACCEPTANCE_VERSION)
    if isinstance(result, Refusal):
        return result
    return replace(result, interval=wilson_interval(merged, merged + declined))


@dataclass(frozen=True, slots=True)
class _Refused:
    reason: Reason
    n: int


def _span(
    counts: Sequence[tuple[date, int | None, int | None]],
    *,
    window_days: int,
    as_of: date,
    breaks: Collection[date],
) -> _Span | _Refused:
    """Give both counts at the ends of a span without a fall, or why they cannot be compared."""
    inside = _inside(counts, window_days=window_days, as_of=as_of, breaks=breaks)
    if isinstance(inside, _Refused):
        return inside
    reached = _over(inside, window_days)
    is_fallen = any(sum(later) < sum(earlier) for (_, earlier), (_, later) in pairwise(inside))
    return _Refused(Reason.NEGATIVE, len(inside)) if is_fallen or reached.end[1] < reached.start[1] else reached


def _over(inside: Sequence[_Day], window_days: int) -> _Span:
    (start_on, start), (end_on, end) = inside[0], inside[-1]
    return _Span(start_on, end_on, start, end, window_days)


def _rise(inside: Sequence[_Day], falls: Sequence[tuple[_Day, _Day]], of: Callable[[tuple[int, int]], int]) -> int:
    """Give by how much a count rose from the first to the last day, the steps in ``falls`` left out."""
    return of(inside[-1][1]) - of(inside[0][1]) - sum(of(after[1]) - of(before[1]) for before, after in falls)


def _inside(
    counts: Sequence[tuple[date, int | None, int | None]],
    *,
    window_days: int,
    as_of: date,
    breaks: Collection[date],
) -> Sequence[_Day] | _Refused:
    """Give the measured days of the span, or why there are none that can be compared."""
    measured([(day, first) for day, first, _ in counts])
    measured([(day, second) for day, _, second in counts])
    known = [(day, (first, second)) for day, first, second in counts if first is not None and second is not None]
    totals = measured([(day, sum(both)) for day, both in known])
    reached = span(totals, window_days=window_days, as_of=as_of)
    if isinstance(reached, Reason):
        return _Refused(reached, len(known))
    inside = known[reached.start : reached.end + 1]
    is_cut = is_broken(breaks, after=inside[0][0], up_to=inside[-1][0])
    return _Refused(Reason.SERIES_BREAK, len(inside)) if is_cut else inside
