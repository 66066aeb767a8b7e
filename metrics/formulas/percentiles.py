"""Where a figure stands among its peers."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from metrics.formulas.results import Reason, Refusal, Result, Value

VERSION = "percentile/1"
LEAST_PEERS = 5


def percentiles(figures: Sequence[float | None]) -> list[Result]:
    """Give each figure's percentile among all of them, in the order given: 100 x (lower + half the equal) / n.

    The equal include the figure itself, so ties share one percentile, the median stands at 50 and all equal stand at
    50; the range is above 0 to below 100. ``n`` is the number of known figures, the item's own among them.
    Refused: not measured for an unknown figure, too few peers for a known one among under 5. Empty input gives none.
    Source: the mid-distribution function (Parzen 1997).
    """
    known = sorted(figure for figure in figures if figure is not None)
    return [_percentile(figure, known) for figure in figures]


def _percentile(figure: float | None, known: Sequence[float]) -> Result:
    if figure is None:
        return Refusal(Reason.NOT_MEASURED, len(known), VERSION)
    if len(known) < LEAST_PEERS:
        return Refusal(Reason.TOO_FEW_PEERS, len(known), VERSION)
    lower, not_higher = bisect_left(known, figure), bisect_right(known, figure)
    return Value(50 * (lower + not_higher) / len(known), len(known), VERSION)
