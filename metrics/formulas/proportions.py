"""The interval of a share that was counted."""

from math import sqrt

from metrics.formulas.results import FormulaInputError, Interval

# The normal distribution's 97.5 % point.
Z_95 = 1.959963984540054


def wilson_interval(successes: int, trials: int) -> Interval:
    """Give the 95 % interval of the share ``successes / trials``, 0 to 1.

    Raises ``FormulaInputError`` for no trials, or for successes outside 0 to ``trials``.
    Source: Wilson 1927 (doi:10.1080/01621459.1927.10502953).
    """
    if not 0 <= successes <= trials or trials == 0:
        raise FormulaInputError("A share needs trials, and successes among them.")
    share = successes / trials
    z2 = Z_95**2 / trials
    middle = (share + z2 / 2) / (1 + z2)
    reach = Z_95 * sqrt(share * (1 - share) / trials + z2 / (4 * trials)) / (1 + z2)
    # At no or full success a bound is exact; rounding must not push it past the share.
    return Interval(min(share, max(0.0, middle - reach)), max(share, min(1.0, middle + reach)))
