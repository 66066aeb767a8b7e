"""Expressions over priced rows of the ledger: what counts as disclosed, and what is only known to be hidden."""

from django.db.models import Count, F, Q, Sum
from django.db.models.aggregates import Aggregate

from market.models import Qualifier, Series

# Money that does not buy new shares is no capital raised (M36).
UNPRICED_SERIES = (Series.DEBT, Series.GRANT, Series.SECONDARY)
# "Less than 0.3 million" is no summand; "about" is as near as a source gets.
SUMMABLE = (Qualifier.EXACT, Qualifier.ABOUT)


def has_sum() -> Q:
    """Return the condition that an amount in USD can be summed."""
    return Q(amount_usd__isnull=False, amount_qualifier__in=SUMMABLE)


def is_bound() -> Q:
    """Return the condition that only a bound of the amount is told ("less than 0.3 million")."""
    return Q(amount_usd__isnull=False) & ~Q(amount_qualifier__in=SUMMABLE)


def is_priced() -> Q:
    """Return the condition that a round sold new shares, as far as is known."""
    return ~Q(series__in=UNPRICED_SERIES)


def money_aggregates() -> dict[str, Aggregate]:
    """Return the sum of disclosed amounts and the counts beside it, by their names in ``MoneyTotal``.

    An amount in another currency without its value in USD counts as unknown.
    """
    return {
        "rounds": Count("pk"),
        "sum_usd": Sum("amount_usd", filter=has_sum()),
        "disclosed": Count("pk", filter=has_sum()),
        "bounded": Count("pk", filter=is_bound()),
        "undisclosed": Count("pk", filter=Q(is_undisclosed=True)),
        "unknown": Count("pk", filter=Q(amount_usd__isnull=True, is_undisclosed=False)),
        "organizations": Count(F("organization"), distinct=True),
    }
