"""The money of organizations: capital raised (M36), rounds with steps between them, valuations, told figures."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from market.funding_rounds import oldest_first, with_parts
from market.ledger_columns import SUMMABLE, UNPRICED_SERIES
from market.models import FundingRound, Listing, Qualifier, ReportedFigure, Series, Valuation
from market.partial_dates import is_exact_to_month
from metrics.formulas.capital import months_between, step_up

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from projects.models import Organization


LETTERS = (Series.A, Series.B, Series.C, Series.D, Series.E, Series.F, Series.G, Series.H, Series.I)


@dataclass(frozen=True, slots=True)
class CapitalRaised:
    """The sum of disclosed priced rounds in USD, None if none is disclosed, and the rounds that it lacks.

    ``bounded`` rounds only tell "less than" or "more than"; ``hidden`` counts those that tell nothing; ``missing``
    the letters before the last one that no round of the ledger bears; ``newest`` is the newest priced round that is
    known of, None if none is. ``stated_usd`` is the largest total that a source states, None unless above the sum.
    """

    amount_usd: Decimal | None
    disclosed: int
    bounded: tuple[FundingRound, ...]
    hidden: int
    missing: int = 0
    newest: FundingRound | None = None
    stated_usd: Decimal | None = None

    @property
    def lacking(self) -> int:
        """How many rounds the sum lacks, as far as is known."""
        return len(self.bounded) + self.hidden + self.missing

    @property
    def is_complete(self) -> bool:
        """Whether nothing tells of money that the sum lacks."""
        return not self.lacking and self.stated_usd is None

    @property
    def known_usd(self) -> Decimal | None:
        """The most that was raised for certain: a stated total above the sum, else the sum."""
        return self.stated_usd or self.amount_usd


@dataclass(frozen=True, slots=True)
class RoundStep:
    """A round and how it stands to the priced one before; ``months`` None: a date is not exact to the month."""

    round: FundingRound
    cumulative_usd: Decimal | None
    months: int | None
    step_up: Decimal | None


@dataclass(frozen=True, slots=True)
class CompanyMoney:
    """All that the ledger says of one organization; ``stated_usd`` is the newest "raised to date" of a source."""

    steps: Sequence[RoundStep]
    raised: CapitalRaised
    valuations: Sequence[Valuation]
    listings: Sequence[Listing]
    figures: Sequence[ReportedFigure]

    @property
    def last_post_money(self) -> FundingRound | None:
        """The newest round whose post-money valuation is known."""
        return next((step.round for step in reversed(self.steps) if step.round.post_money_usd is not None), None)

    @property
    def last_stated(self) -> FundingRound | None:
        """The newest round whose source says what was raised in all."""
        return next((step.round for step in reversed(self.steps) if step.round.raised_to_date_usd is not None), None)

    @property
    def is_empty(self) -> bool:
        """Whether the ledger says nothing of it."""
        return not (self.steps or self.valuations or self.listings or self.figures)


def is_summable(row: FundingRound) -> bool:
    """Tell whether a round's amount enters the capital raised."""
    return row.amount_usd is not None and row.amount_qualifier in SUMMABLE and row.series not in UNPRICED_SERIES


def capital_raised(rounds: Iterable[FundingRound], *, until: date | None = None) -> CapitalRaised:
    """Sum the priced rounds of one organization up to a day, all if none is given, without unpriced ones (debt, grants)."""
    priced = [
        row for row in rounds if row.series not in UNPRICED_SERIES and (until is None or row.announced_on <= until)
    ]
    amounts = [row.amount_usd for row in priced if row.amount_usd is not None and row.amount_qualifier in SUMMABLE]
    bounded = tuple(row for row in priced if row.amount_usd is not None and row.amount_qualifier not in SUMMABLE)
    total = sum(amounts, Decimal()) if amounts else None
    return CapitalRaised(
        amount_usd=total,
        disclosed=len(amounts),
        bounded=bounded,
        hidden=sum(row.amount_usd is None for row in priced),
        missing=_missing_letters(row.series for row in priced),
        newest=max(priced, key=lambda row: row.announced_on, default=None),
        stated_usd=_stated_above(total, priced),
    )


def capital_of_all(companies: Iterable[CapitalRaised]) -> CapitalRaised:
    """Add up the capital of several organizations, and what each sum lacks; a total that is stated of one is none of all."""
    parts = list(companies)
    amounts = [part.amount_usd for part in parts if part.amount_usd is not None]
    newest = [part.newest for part in parts if part.newest is not None]
    return CapitalRaised(
        amount_usd=sum(amounts, Decimal()) if amounts else None,
        disclosed=sum(part.disclosed for part in parts),
        bounded=tuple(row for part in parts for row in part.bounded),
        hidden=sum(part.hidden for part in parts),
        missing=sum(part.missing for part in parts),
        newest=max(newest, key=lambda row: row.announced_on, default=None),
    )


def _missing_letters(series: Iterable[str]) -> int:
    named = {LETTERS.index(Series(one)) for one in series if one in LETTERS}
    return max(named) + 1 - len(named) if named else 0


def _stated_above(total: Decimal | None, rounds: Iterable[FundingRound]) -> Decimal | None:
    stated = [
        row.raised_to_date_usd
        for row in rounds
        if row.raised_to_date_usd is not None and row.raised_to_date_qualifier != Qualifier.LESS_THAN
    ]
    most = max(stated, default=Decimal())
    return most if most > (total or 0) else None


def rounds_of(organizations: Iterable[int]) -> dict[int, list[FundingRound]]:
    """Return the rounds of some organizations, oldest first; one query."""
    found: dict[int, list[FundingRound]] = {}
    for row in oldest_first(FundingRound.objects.filter(organization__in=list(organizations))):
        found.setdefault(row.organization_id, []).append(row)
    return found


def round_steps(rounds: Iterable[FundingRound]) -> list[RoundStep]:
    """Return rounds, oldest first, with the running sum and the steps between priced ones."""
    steps: list[RoundStep] = []
    total: Decimal | None = None
    before: FundingRound | None = None
    for row in rounds:
        if is_summable(row) and row.amount_usd is not None:
            total = (total or Decimal()) + row.amount_usd
        is_step = before is not None and row.series not in UNPRICED_SERIES
        steps.append(
            RoundStep(
                round=row,
                cumulative_usd=total,
                months=_months(before, row) if is_step else None,
                step_up=_step_up(before, row) if is_step else None,
            )
        )
        before = row if row.series not in UNPRICED_SERIES else before
    return steps


def _months(before: FundingRound | None, row: FundingRound) -> int | None:
    if before is None or not (is_exact_to_month(before.date_precision) and is_exact_to_month(row.date_precision)):
        return None
    return months_between(before.announced_on, row.announced_on)


def _step_up(before: FundingRound | None, row: FundingRound) -> Decimal | None:
    if before is None or not is_summable(row):
        return None
    return step_up(post_before=before.post_money_usd, post_now=row.post_money_usd, raised_now=row.amount_usd)


def company_money(organization: Organization) -> CompanyMoney:
    """Return all that the ledger says of an organization; at most nine queries."""
    rounds = list(with_parts(oldest_first(FundingRound.objects.filter(organization=organization))))
    valuations = Valuation.objects.filter(organization=organization).prefetch_related("citations__source")
    listings = Listing.objects.filter(organization=organization).prefetch_related("citations__source")
    figures = ReportedFigure.objects.filter(organization=organization).select_related("item")
    return CompanyMoney(
        steps=round_steps(rounds),
        raised=capital_raised(rounds),
        valuations=list(valuations.order_by("valued_on", "slug")),
        listings=list(listings.order_by("listed_on", "slug")),
        figures=list(figures.prefetch_related("citations__source").order_by("metric", "stated_on", "slug")),
    )
