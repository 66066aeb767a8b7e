"""Figures of money raised and of exits (Strata M36, M37)."""

from datetime import date
from decimal import Decimal

MONTHS_A_YEAR = 12


def step_up(*, post_before: Decimal | None, post_now: Decimal | None, raised_now: Decimal | None) -> Decimal | None:
    """Return the pre-money valuation of a round over the post-money one of the round before, a ratio; M36.

    Pre-money is post-money less the amount raised. None where any of the three is unknown or ``post_before`` is 0.
    """
    if post_before is None or post_now is None or raised_now is None or not post_before:
        return None
    return (post_now - raised_now) / post_before


def exit_multiple(*, price: Decimal | None, raised: Decimal | None) -> Decimal | None:
    """Return what was paid over the capital raised, a ratio; None where either is unknown or nothing was raised; M37."""
    return price / raised if price is not None and raised else None


def months_between(first: date, last: date) -> int:
    """Return whole calendar months from one month to another; negative if the second lies before. Days do not count."""
    return (last.year - first.year) * MONTHS_A_YEAR + last.month - first.month


def median(values: list[Decimal]) -> Decimal | None:
    """Return the middle value, of two the mean; None without values."""
    if not values:
        return None
    ordered, middle = sorted(values), len(values) // 2
    return ordered[middle] if len(values) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
