"""Whether additions come evenly or in bursts, and which periods stand out."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, pstdev

from metrics.formulas.results import FormulaInputError, Reason, Refusal, Result, Value

VERSION = "burstiness/1"
BURST_SHARE_VERSION = "burst-share/1"
LEAST_PERIODS = 10
BAND_PERIODS = 20
BAND_WIDTH = 2.0


@dataclass(frozen=True, slots=True)
class Outlier:
    """A period whose amount lies outside its Bollinger band; ``position`` counts from 0 in the input."""

    position: int
    amount: int
    low: float
    high: float


def burstiness(amounts: Sequence[int | None], *, period_days: int) -> Result:
    """Give (sigma - mu) / (sigma + mu) of whole periods' amounts: -1 even, 0 by chance, towards 1 in bursts.

    The amounts are those of periods of ``period_days`` each (or of times between events); unknown ones are left out.
    Sigma is the population's. ``n`` is the number of known periods, the window all periods.
    Refused: not measured (none known; also for empty input), too few points (under 10 periods), below floor (all 0).
    Raises ``FormulaInputError`` for a negative amount.
    Source: Goh and Barabasi 2008 (doi:10.1209/0295-5075/81/48002), named by CHAOSS Burstiness.
    """
    known = _known(amounts)
    window_days = period_days * len(amounts)
    reason = _refusal_reason(known)
    if reason is not None:
        return Refusal(reason, len(known), VERSION, window_days)
    mean, deviation = fmean(known), pstdev(known)
    return Value((deviation - mean) / (deviation + mean), len(known), VERSION, window_days)


def burst_share(amounts: Sequence[int | None], *, period_days: int) -> Result:
    """Give the largest period's share of all that was added, 0 to 1.

    ``n``, window, refusals and errors as in ``burstiness``. A high share is unusual, not wrong.
    Source: ours.
    """
    known = _known(amounts)
    window_days = period_days * len(amounts)
    reason = _refusal_reason(known)
    if reason is not None:
        return Refusal(reason, len(known), BURST_SHARE_VERSION, window_days)
    return Value(max(known) / sum(known), len(known), BURST_SHARE_VERSION, window_days)


def outliers(amounts: Sequence[int | None]) -> tuple[Outlier, ...]:
    """Give the periods outside the mean +- 2 population sigma of the 20 known periods that end with them.

    Empty input, or under 20 known periods, gives none. Raises ``FormulaInputError`` for a negative amount.
    Source: Bollinger bands, named by CHAOSS Burstiness.
    """
    _known(amounts)
    known = [(position, amount) for position, amount in enumerate(amounts) if amount is not None]
    found = []
    for end in range(BAND_PERIODS, len(known) + 1):
        window = [amount for _, amount in known[end - BAND_PERIODS : end]]
        mean, reach = fmean(window), BAND_WIDTH * pstdev(window)
        position, amount = known[end - 1]
        if not mean - reach <= amount <= mean + reach:
            found.append(Outlier(position, amount, mean - reach, mean + reach))
    return tuple(found)


def _known(amounts: Sequence[int | None]) -> list[int]:
    known = [amount for amount in amounts if amount is not None]
    if any(amount < 0 for amount in known):
        raise FormulaInputError("An amount added is never negative.")
    return known


def _refusal_reason(known: Sequence[int]) -> Reason | None:
    if not known:
        return Reason.NOT_MEASURED
    if len(known) < LEAST_PERIODS:
        return Reason.TOO_FEW_POINTS
    return None if any(known) else Reason.BELOW_FLOOR
