"""What happened to the money behind an item, for the marks over its curves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from market.models import Acquisition, FundingRound, Listing
from market.partial_dates import is_exact_to_month, last_day
from projects.models import MAKERS, ItemOrganization

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from projects.models import Item, Organization


Fact = FundingRound | Acquisition | Listing


@dataclass(frozen=True, slots=True)
class MoneyEvent:
    """A round, sale or listing of a maker. ``day`` is the last one that its date can mean, ``amount_usd`` the price.

    Of a listing the price is the capitalization; None is unknown.
    """

    day: date
    organization: str
    fact: Fact
    amount_usd: Decimal | None


def money_events(item: Item) -> list[MoneyEvent]:
    """Return the events of an item's makers that are dated to the month, oldest first; four queries at most.

    A date that is known to the year or quarter alone has no place on an axis of days.
    """
    parts = ItemOrganization.objects.filter(item=item, role__in=MAKERS)
    makers = list(parts.order_by("organization").values_list("organization", flat=True).distinct())
    if not makers:
        return []
    rounds = FundingRound.objects.filter(organization__in=makers).select_related("organization")
    sales = Acquisition.objects.filter(target__in=makers).select_related("target", "acquirer")
    listings = Listing.objects.filter(organization__in=makers).select_related("organization")
    events = [
        *(_event(fact, fact.announced_on, fact.organization, fact.amount_usd) for fact in rounds),
        *(_event(fact, fact.announced_on, fact.target, fact.amount_usd) for fact in sales),
        *(_event(fact, fact.listed_on, fact.organization, fact.market_cap_usd) for fact in listings),
    ]
    exact = (event for event in events if is_exact_to_month(event.fact.date_precision))
    return sorted(exact, key=lambda event: (event.day, event.fact.slug))


def _event(fact: Fact, day: date, organization: Organization, amount_usd: Decimal | None) -> MoneyEvent:
    return MoneyEvent(last_day(day, fact.date_precision), organization.name, fact, amount_usd)
