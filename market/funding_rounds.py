"""Funding rounds as readers ask for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F, Prefetch, Q

from market.models import Citation, FundingRound, Investment
from market.organization_layers import organizations_in_layer

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from market.models import Layer
    from projects.models import Organization


@dataclass(frozen=True, slots=True)
class RoundFilter:
    """What narrows a list of rounds; empty values leave all. ``country`` is the organization's seat."""

    year: int | None = None
    series: str = ""
    country: str = ""
    confidence: str = ""
    investor: Organization | None = None
    organization: Organization | None = None
    layer: Layer | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is left out."""
        return self == RoundFilter()


def filtered_rounds(within: RoundFilter) -> QuerySet[FundingRound]:
    """Return the rounds asked for, each once, without an order; with a layer at most three queries more."""
    condition = Q()
    if within.year is not None:
        condition &= Q(announced_on__year=within.year)
    for column, value in (("series", within.series), ("confidence", within.confidence)):
        condition &= Q(**{column: value}) if value else Q()
    if within.country:
        condition &= Q(organization__country=within.country)
    if within.organization is not None:
        condition &= Q(organization=within.organization)
    if within.investor is not None:
        condition &= Q(pk__in=Investment.objects.filter(investor=within.investor).values("round"))
    if within.layer is not None:
        condition &= Q(organization__in=organizations_in_layer(within.layer))
    return FundingRound.objects.filter(condition)


def newest_first(rounds: QuerySet[FundingRound]) -> QuerySet[FundingRound]:
    """Order rounds by the first day of what is known of their date, the newest first; always the same way."""
    return rounds.order_by("-announced_on", "organization__name", "slug")


def oldest_first(rounds: QuerySet[FundingRound]) -> QuerySet[FundingRound]:
    """Order rounds by the first day of what is known of their date; the essay's order where that is equal."""
    return rounds.order_by("announced_on", "essay_id", "slug")


def with_parts(rounds: QuerySet[FundingRound]) -> QuerySet[FundingRound]:
    """Load what a list shows of each round: organization, investors, citations; two queries more."""
    investments = Investment.objects.select_related("investor").order_by(
        "is_earlier_holder", F("is_lead").desc(nulls_last=True), "pk"
    )
    return rounds.select_related("organization").prefetch_related(
        Prefetch("investments", investments), Prefetch("citations", cited())
    )


def cited() -> QuerySet[Citation]:
    """Return citations with their sources, in the order in which they were given."""
    return Citation.objects.select_related("source").order_by("pk")


def known_years() -> list[int]:
    """Return the years in which rounds were announced, the newest first; one query."""
    years = FundingRound.objects.order_by("-announced_on__year").values_list("announced_on__year", flat=True)
    return list(years.distinct())


def known_countries() -> list[str]:
    """Return the codes of the countries whose organizations raised money; one query."""
    countries = FundingRound.objects.exclude(organization__country="").values_list("organization__country", flat=True)
    return list(countries.order_by("organization__country").distinct())
