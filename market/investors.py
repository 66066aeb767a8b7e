"""Who invests in whom: portfolios, co-investors, and the graph of investors and companies."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, IntegerField, Max, OuterRef, Subquery
from django.db.models.functions import Coalesce

from market.models import FundingRound, Investment, Series
from projects.models import Organization

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from projects.querysets.organizations import OrganizationQuerySet


@dataclass(frozen=True, slots=True)
class Holding:
    """A company in a portfolio, with the investor's parts in its rounds, the newest first."""

    company: Organization
    parts: Sequence[Investment]


@dataclass(frozen=True, slots=True)
class Portfolio:
    """What an investor holds, in which series it came in, and with whom; ``co_investors`` count shared rounds."""

    holdings: Sequence[Holding]
    series: Sequence[tuple[Series, int]]
    co_investors: Sequence[tuple[Organization, int]]
    rounds: int
    leads: int


def investors() -> OrganizationQuerySet:
    """Return organizations with investments, most rounds first, with ``rounds``, ``companies``, ``leads``, ``newest_on``."""
    own: QuerySet[Investment, Any] = Investment.objects.filter(investor=OuterRef("pk")).order_by().values("investor")
    return (
        Organization.objects.annotate(
            rounds=_counted(own.annotate(n=Count("pk"))),
            companies=_counted(own.annotate(n=Count("round__organization", distinct=True))),
            leads=_counted(own.filter(is_lead=True).annotate(n=Count("pk"))),
            newest_on=Subquery(own.annotate(n=Max("round__announced_on")).values("n")),
        )
        .filter(rounds__gt=0)
        .order_by(F("rounds").desc(), "name", "pk")
    )


def known_investors() -> OrganizationQuerySet:
    """Return organizations with investments by name, without figures."""
    return Organization.objects.filter(pk__in=Investment.objects.values("investor")).by_name()


def _counted(rows: QuerySet[Any, Any]) -> Coalesce:
    return Coalesce(Subquery(rows.values("n"), output_field=IntegerField()), 0)


def portfolio(investor: Organization) -> Portfolio:
    """Return an investor's portfolio; three queries, one if it is empty."""
    parts = list(
        Investment.objects.filter(investor=investor)
        .select_related("round__organization")
        .order_by("round__organization__name", "-round__announced_on", "pk")
    )
    if not parts:
        return Portfolio([], [], [], 0, 0)
    holdings: dict[Organization, list[Investment]] = {}
    for part in parts:
        holdings.setdefault(part.round.organization, []).append(part)
    series = Counter(part.round.series for part in parts)
    return Portfolio(
        holdings=[Holding(company, own) for company, own in holdings.items()],
        series=[(one, series[one]) for one in Series if series[one]],
        co_investors=_co_investors(investor, [part.round_id for part in parts]),
        rounds=len(parts),
        leads=sum(part.is_lead is True for part in parts),
    )


def _co_investors(investor: Organization, rounds: Sequence[int]) -> list[tuple[Organization, int]]:
    others = Investment.objects.filter(round__in=rounds).exclude(investor=investor)
    counts = dict(others.order_by().values_list("investor").annotate(n=Count("round")))
    named = Organization.objects.in_bulk(list(counts))
    return sorted(((named[key], n) for key, n in counts.items()), key=lambda pair: (-pair[1], pair[0].name, pair[0].pk))


@dataclass(frozen=True, slots=True)
class Tie:
    """That an investor took part in ``rounds`` rounds of a company; ``has_led`` at least one."""

    investor: Organization
    company: Organization
    rounds: int
    has_led: bool


def ties() -> list[Tie]:
    """Return all pairs of investor and company, by name; two queries."""
    pairs: dict[tuple[int, int], list[bool | None]] = {}
    rows = Investment.objects.order_by("investor__name", "round__organization__name", "pk")
    for investor, company, is_lead in rows.values_list("investor", "round__organization", "is_lead"):
        pairs.setdefault((investor, company), []).append(is_lead)
    named = Organization.objects.in_bulk({key for pair in pairs for key in pair})
    return [Tie(named[a], named[b], len(leads), True in leads) for (a, b), leads in pairs.items()]


def rounds_without_investors() -> int:
    """Return how many rounds name no investor; one query."""
    return FundingRound.objects.filter(investments=None).count()
