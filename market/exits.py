"""The exit tape: sales of companies and listings, with what was paid for the capital raised (M37)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Prefetch, Q, Sum

from market.company_money import CapitalRaised, capital_raised, rounds_of
from market.funding_rounds import cited
from market.ledger_columns import SUMMABLE, has_sum
from market.models import Acquisition, Listing
from market.partial_dates import last_day
from metrics.formulas.capital import exit_multiple, median
from projects.models import Organization

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from decimal import Decimal

    from django.db.models import QuerySet

    from market.models import FundingRound


@dataclass(frozen=True, slots=True)
class Exit:
    """A sale or a listing of ``organization``; ``raised`` is what the ledger knows of the capital before it.

    ``multiple``: price over the capital known to be raised, None unless the whole company was sold and both are told;
    with rounds that the sum lacks it is an upper bound. ``years``: calendar years since the founding.
    """

    fact: Acquisition | Listing
    organization: Organization
    on: date
    price_usd: Decimal | None
    price_qualifier: str
    raised: CapitalRaised
    multiple: Decimal | None
    years: int | None

    @property
    def is_listing(self) -> bool:
        """Whether shares came to an exchange."""
        return isinstance(self.fact, Listing)

    @property
    def acquirer(self) -> Organization | None:
        """Who bought; None for a listing, and where no source names a buyer."""
        return self.fact.acquirer if isinstance(self.fact, Acquisition) else None


@dataclass(frozen=True, slots=True)
class ExitSummary:
    """Medians over exits with disclosed figures, and how many lack them.

    ``is_median_bound``: a multiple among them is an upper bound, so the median is one.
    """

    exits: int
    priced: int
    median_price_usd: Decimal | None
    multiples: int
    median_multiple: Decimal | None
    is_median_bound: bool

    @property
    def hidden(self) -> int:
        """How many sales tell no price."""
        return self.exits - self.priced


@dataclass(frozen=True, slots=True)
class ExitFilter:
    """What narrows the tape; empty values leave all."""

    year: int | None = None
    kind: str = ""
    acquirer: Organization | None = None
    confidence: str = ""


LISTING = "listing"


def exit_tape(within: ExitFilter | None = None, *, of: Iterable[int] | None = None) -> list[Exit]:
    """Return exits, the newest first; at most five queries. ``of`` narrows them to some organizations."""
    asked = within or ExitFilter()
    acquisitions, listings = _acquisitions(asked), _listings(asked)
    if of is not None:
        chosen = list(of)
        acquisitions, listings = acquisitions.filter(target__in=chosen), listings.filter(organization__in=chosen)
    facts: list[Acquisition | Listing] = [*acquisitions, *listings]
    rounds = rounds_of({_organization(fact).pk for fact in facts}) if facts else {}
    facts.sort(key=lambda fact: fact.slug)
    facts.sort(key=_day, reverse=True)
    return [_exit(fact, rounds.get(_organization(fact).pk, [])) for fact in facts]


def _acquisitions(asked: ExitFilter) -> QuerySet[Acquisition]:
    if asked.kind == LISTING:
        return Acquisition.objects.none()
    condition = _shared(asked)
    if asked.kind:
        condition &= Q(kind=asked.kind)
    if asked.year is not None:
        condition &= Q(announced_on__year=asked.year)
    if asked.acquirer is not None:
        condition &= Q(acquirer=asked.acquirer)
    return acquisitions_with_parts().filter(condition)


def acquisitions_with_parts() -> QuerySet[Acquisition]:
    """Return sales with what is shown of each: target, buyer, citations; without an order."""
    rows = Acquisition.objects.select_related("target", "acquirer")
    return rows.prefetch_related(Prefetch("citations", cited()))


def _listings(asked: ExitFilter) -> QuerySet[Listing]:
    if asked.kind not in {"", LISTING} or asked.acquirer is not None:
        return Listing.objects.none()
    condition = _shared(asked)
    if asked.year is not None:
        condition &= Q(listed_on__year=asked.year)
    rows = Listing.objects.filter(condition).select_related("organization")
    return rows.prefetch_related(Prefetch("citations", cited()))


def _shared(asked: ExitFilter) -> Q:
    return Q(confidence=asked.confidence) if asked.confidence else Q()


def _organization(fact: Acquisition | Listing) -> Organization:
    return fact.target if isinstance(fact, Acquisition) else fact.organization


def _day(fact: Acquisition | Listing) -> date:
    return fact.announced_on if isinstance(fact, Acquisition) else fact.listed_on


def _exit(fact: Acquisition | Listing, rounds: Sequence[FundingRound]) -> Exit:
    organization, on = _organization(fact), _day(fact)
    raised = capital_raised(rounds, until=last_day(on, fact.date_precision))
    price, qualifier = _price(fact)
    return Exit(
        fact=fact,
        organization=organization,
        on=on,
        price_usd=price,
        price_qualifier=qualifier,
        raised=raised,
        multiple=exit_multiple(price=price, raised=raised.known_usd) if _is_whole(fact) else None,
        years=on.year - organization.founded_year if organization.founded_year else None,
    )


def _price(fact: Acquisition | Listing) -> tuple[Decimal | None, str]:
    if isinstance(fact, Acquisition):
        return fact.amount_usd, fact.amount_qualifier
    return fact.market_cap_usd, fact.market_cap_qualifier


def _is_whole(fact: Acquisition | Listing) -> bool:
    """Tell whether a whole company was sold for a price that can be divided."""
    if not isinstance(fact, Acquisition) or fact.subject or fact.kind == Acquisition.Kind.ASSET_SALE:
        return False
    return fact.amount_qualifier in SUMMABLE


def summary_of(exits: Iterable[Exit]) -> ExitSummary:
    """Return the medians of sales, listings left aside: a capitalization is no price."""
    sales = [one for one in exits if not one.is_listing]
    prices = [one.price_usd for one in sales if one.price_usd is not None and one.price_qualifier in SUMMABLE]
    multiplied = [one for one in sales if one.multiple is not None]
    multiples = [one.multiple for one in multiplied if one.multiple is not None]
    return ExitSummary(
        exits=len(sales),
        priced=len(prices),
        median_price_usd=median(prices),
        multiples=len(multiples),
        median_multiple=median(multiples),
        is_median_bound=any(not one.raised.is_complete for one in multiplied),
    )


@dataclass(frozen=True, slots=True)
class Acquirer:
    """A buyer: how many it ``bought``, how many prices are told, and their sum in USD, None if none is."""

    organization: Organization
    bought: int
    priced: int
    sum_usd: Decimal | None


def acquirers() -> list[Acquirer]:
    """Return who bought, most sales first; two queries."""
    rows = Acquisition.objects.exclude(acquirer=None).order_by().values_list("acquirer")
    counted = rows.annotate(
        bought=Count("pk"), priced=Count("pk", filter=has_sum()), sum_usd=Sum("amount_usd", filter=has_sum())
    )
    columns: Iterable[Any] = counted
    figures = {key: rest for key, *rest in columns}
    found = Organization.objects.in_bulk(list(figures))
    buyers = [Acquirer(found[key], *rest) for key, rest in figures.items()]
    return sorted(buyers, key=lambda one: (-one.bought, one.organization.name, one.organization.pk))


def known_exit_years() -> list[int]:
    """Return the years with exits, the newest first; one query."""
    sales = Acquisition.objects.values_list("announced_on__year", flat=True)
    years = sales.union(Listing.objects.values_list("listed_on__year", flat=True))
    return sorted(set(years), reverse=True)


def known_acquirers() -> QuerySet[Organization]:
    """Return all that bought, by name."""
    return Organization.objects.filter(pk__in=Acquisition.objects.values("acquirer")).by_name()
