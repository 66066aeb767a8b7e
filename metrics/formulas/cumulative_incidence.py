"""How many have left a stage by which door after how long, where some have not left yet: Aalen-Johansen."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from math import exp, inf, log, sqrt

from metrics.formulas.proportions import Z_95, wilson_interval
from metrics.formulas.results import FormulaInputError, Interval, Reason, Refusal, Result, Value

VERSION = "cumulative-incidence/2"
DAYS_OF_YEAR = 365.25
# One more that left would change the share by one over the effective size: beyond a fifth it says nothing.
LEAST_SIZE = 5
# A size is a quotient of floats, whose last places say nothing.
PLACES = 9


@dataclass(frozen=True, slots=True)
class Stay:
    """How many ``days`` one stayed, and the ``cause`` it left by; "" for one that had not left when looked at."""

    days: int
    cause: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A day on which some left by the curve's cause, and what had by then.

    ``at_risk`` are those still there when the day began, ``before`` their share of all and ``after`` what is left of it
    when it ended; ``incidence`` is a share, 0 to 1; ``variance`` its own.
    """

    days: int
    at_risk: int
    events: int
    incidence: float
    variance: float
    before: float
    after: float

    @property
    def size(self) -> float:
        """The curve's effective size on the day."""
        return self.at_risk / self.before


@dataclass(frozen=True, slots=True)
class Curve:
    """The share that had left by one cause, as steps by day; ``n`` all, ``events`` left so, ``others`` otherwise.

    ``stays`` holds every length of stay in days, rising, so that those at risk can be told for any day.
    """

    cause: str
    n: int
    events: int
    others: int
    steps: tuple[Step, ...]
    stays: tuple[int, ...]

    @property
    def still(self) -> int:
        """Those that had not left when looked at."""
        return self.n - self.events - self.others

    def at_risk(self, days: float) -> int:
        """Count those followed for at least so many days without having left before."""
        return sum(stay >= days for stay in self.stays)

    def effective_size(self, days: float) -> float:
        """Return as how many that all were followed the curve is worth after so many days; 0 beyond what is known.

        Those at risk over the share still there; where nobody was lost from sight, all. One more that leaves changes
        the share by one over it. Source: Peto et al. 1977 (Br. J. Cancer 35:1-39), statistical note 6.
        """
        earlier = next((step for step in reversed(self.steps) if step.days < days), None)
        if earlier is None:
            return self.at_risk(days)
        size = self.at_risk(days) / earlier.after if earlier.after else earlier.size
        return round(size, PLACES)

    def known_until(self, least: float) -> float:
        """Return the last day with an effective size of at least ``least``: 0 for none, infinity once all have left."""
        known = [days for days in self.stays if self.effective_size(days) >= least]
        return inf if known and self.effective_size(inf) >= least else max(known, default=0)

    def last_step(self, days: float) -> Step | None:
        """Return the step in force after so many days; None before the first."""
        return next((step for step in reversed(self.steps) if step.days <= days), None)


def cumulative_incidence(stays: Sequence[Stay], *, cause: str) -> Curve:
    """Give the share that leaves by ``cause``, the other causes competing, those still there right-censored.

    Who is censored on a day counts as at risk on it. Empty input gives a curve without steps, ``n`` 0.
    Raises ``FormulaInputError`` for a stay of less than 0 days, and for no cause.
    Variance: delta method, ``sum over t_i <= t of (F(t)-F(t_i))^2 d_i / (n_i (n_i-d_i)) + S(t_i-)^2 (n_i-d_ji) d_ji /
    n_i^3 - 2 (F(t)-F(t_i)) S(t_i-) d_ji / n_i^2``; without competing causes it is Greenwood's, without censoring too
    the binomial one.
    Sources: Aalen and Johansen 1978 (Scand. J. Statist. 5:141-150); Marubini and Valsecchi 1995, formula 10.12, as in
    Coviello and Boggess 2004 (Stata Journal 4:103-112).
    """
    if not cause or any(stay.days < 0 for stay in stays):
        raise FormulaInputError("A stay lasts 0 days or more, and a cause has a name.")
    left = Counter(stay.cause for stay in stays if stay.cause)
    return Curve(
        cause=cause,
        n=len(stays),
        events=left[cause],
        others=left.total() - left[cause],
        steps=_steps(stays, cause),
        stays=tuple(sorted(stay.days for stay in stays)),
    )


def incidence_at(curve: Curve, days: float, *, least: float = LEAST_SIZE) -> Result:
    """Give the share (0 to 1) that had left by the curve's cause within ``days``, with its 95 % interval.

    ``n`` counts all the curve rests on. The interval is on the scale of ``log(-log F)``, as Coviello and Boggess 2004
    give it; where none or all had left, it is Wilson's for the effective size. Refused: not measured for an empty
    curve, too few peers (``n`` those at risk then) where the effective size is under ``least``.
    """
    if not curve.n:
        return Refusal(Reason.NOT_MEASURED, 0, VERSION)
    size = curve.effective_size(days)
    if size < least:
        return Refusal(Reason.TOO_FEW_PEERS, curve.at_risk(days), VERSION)
    step = curve.last_step(days)
    share = step.incidence if step else 0.0
    variance = step.variance if step else 0.0
    return Value(share, curve.n, VERSION, interval=interval_of(share, variance, size=size))


def interval_of(share: float, variance: float, *, size: float) -> Interval:
    """Give the 95 % interval of a cumulative incidence, 0 to 1; see ``incidence_at``."""
    if share in {0.0, 1.0}:
        trials = max(int(size), 1)
        return wilson_interval(round(share) * trials, trials)
    reach = Z_95 * sqrt(variance) / (share * log(share))
    ends = sorted((share ** exp(reach), share ** exp(-reach)))
    return Interval(ends[0], ends[1])


def stays_beyond(stays: Sequence[Stay], days: int) -> list[Stay]:
    """Give what was left of the stays of those still there after ``days``: the base of a conditional share."""
    return [Stay(stay.days - days, stay.cause) for stay in stays if stay.days >= days]


@dataclass(slots=True)
class _VarianceSums:
    """The sums of the variance's formula, its squares multiplied out, so that each day is read once.

    ``d`` is short for ``d_i / (n_i (n_i-d_i))``, ``f`` for ``F(t_i)``, ``s`` for ``S(t_i-) d_ji / n_i^2``.
    """

    d: float = 0.0
    d_f: float = 0.0
    d_f2: float = 0.0
    own: float = 0.0
    s: float = 0.0
    s_f: float = 0.0

    def add(self, *, at_risk: int, left: int, events: int, before: float, incidence: float) -> None:
        """Take in a day: ``left`` by any cause, ``events`` by the curve's; ``before`` were still there."""
        # Where all that were left leave at once nothing comes later, and the day's own part of the first sum is 0.
        share = left / (at_risk * (at_risk - left)) if left < at_risk else 0.0
        self.d += share
        self.d_f += share * incidence
        self.d_f2 += share * incidence**2
        self.own += before**2 * (at_risk - events) * events / at_risk**3
        self.s += before * events / at_risk**2
        self.s_f += before * events / at_risk**2 * incidence

    def variance(self, incidence: float) -> float:
        """Give the variance of an incidence after the days taken in; rounding never makes it negative."""
        squares = incidence**2 * self.d - 2 * incidence * self.d_f + self.d_f2
        return max(squares + self.own - 2 * (incidence * self.s - self.s_f), 0.0)


def _steps(stays: Sequence[Stay], cause: str) -> tuple[Step, ...]:
    steps: list[Step] = []
    sums, at_risk, before, incidence = _VarianceSums(), len(stays), 1.0, 0.0
    for days, group in groupby(sorted(stays, key=lambda stay: stay.days), key=lambda stay: stay.days):
        causes = Counter(stay.cause for stay in group)
        left, events = causes.total() - causes[""], causes[cause]
        if left:
            incidence += before * events / at_risk
            sums.add(at_risk=at_risk, left=left, events=events, before=before, incidence=incidence)
            after = before * (1 - left / at_risk)
            steps.append(Step(days, at_risk, events, incidence, sums.variance(incidence), before, after))
            before = after
        at_risk -= causes.total()
    return tuple(steps)
