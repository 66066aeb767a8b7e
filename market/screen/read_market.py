"""Reads surveyed adoption, and the money of those that make each item."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from market.adoption import Adoption, SurveyedShare, first_survey, read_adoption
from market.adoption_ranks import ranking
from market.company_money import capital_of_all, capital_raised, rounds_of
from market.models import Acquisition, Listing, Series
from market.partial_dates import is_exact_to_month
from market.screen.rows import Cells, Choice, Rows, months_between_days

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import date

    from market.models import FundingRound

ADOPTION_KEYS = ("production_share", "evaluating_share", "adoption_rank", "survey_wave")
MONEY_KEYS = (
    "raised_usd", "money_of", "rounds", "undisclosed_rounds", "last_round_on", "months_since_round", "last_series",
    "last_post_money_usd", "acquired_on", "is_acquired", "is_listed_company",
)  # fmt: skip


def read_survey(rows: Rows) -> tuple[dict[str, Cells], int | None]:
    """Read the shares of the newest wave up to the year asked about, and that year; three queries."""
    found = {key: rows.empty() for key in ADOPTION_KEYS}
    survey = first_survey()
    adoption = read_adoption(survey) if survey else None
    years = [year for year in adoption.years if year <= rows.day.year] if adoption else []
    if adoption is None or not years:
        return found, None
    for curve in adoption.curves:
        row = rows.index.get(curve.item.pk) if curve.item else None
        asked = [year for year in curve.points if year <= years[-1]]
        if row is not None and asked:
            found["survey_wave"].values[row] = max(asked)
    _put_ranks(rows, adoption, years[-1], found)
    return found, years[-1]


def _put_ranks(rows: Rows, adoption: Adoption, year: int, found: Mapping[str, Cells]) -> None:
    for rank in ranking(adoption, year):
        row = rows.index.get(rank.curve.item.pk) if rank.curve.item else None
        if row is None:
            continue
        found["adoption_rank"].values[row] = rank.place
        _put_share(found["production_share"], row, rank.point.production)
        if rank.point.evaluating:
            _put_share(found["evaluating_share"], row, rank.point.evaluating)


def _put_share(cells: Cells, row: int, share: SurveyedShare) -> None:
    cells.values[row] = share.share
    if share.interval:
        cells.intervals[row] = (share.interval.low, share.interval.high)


@dataclass(frozen=True, slots=True)
class Ledger:
    """What the ledger says up to a day, by organization: rounds oldest first, sales of the whole, listings."""

    day: date
    rounds: Mapping[int, Sequence[FundingRound]]
    sold: Mapping[int, date]
    listed: Mapping[int, date]

    def names(self, organization: int) -> bool:
        """Whether it says anything of an organization."""
        return bool(self.rounds.get(organization)) or organization in self.sold or organization in self.listed


def read_money(rows: Rows) -> dict[str, Cells]:
    """Read the money of each item's makers up to the day; three queries."""
    found = {key: rows.empty() for key in MONEY_KEYS}
    found["last_series"].choices = {value: Choice(str(value)) for value in Series.values}
    ledger = _ledger({maker.organization_id for own in rows.makers.values() for maker in own}, rows.day)
    for item, makers in rows.makers.items():
        row = rows.index.get(item)
        own = {maker.organization_id: maker.name for maker in makers if ledger.names(maker.organization_id)}
        if row is None or not own:
            continue
        values = {"money_of": ", ".join(own.values()), **_rounds(ledger, own), **_exits(ledger, own)}
        for key, value in values.items():
            found[key].values[row] = value
    return found


def _ledger(organizations: Collection[int], day: date) -> Ledger:
    rounds = {key: [one for one in own if one.announced_on <= day] for key, own in rounds_of(organizations).items()}
    sales = Acquisition.objects.exclude(kind=Acquisition.Kind.ASSET_SALE).filter(subject="", announced_on__lte=day)
    listings = Listing.objects.filter(listed_on__lte=day)
    return Ledger(
        day,
        rounds,
        dict(sales.order_by("announced_on", "pk").values_list("target_id", "announced_on")),
        dict(listings.order_by("-listed_on", "pk").values_list("organization_id", "listed_on")),
    )


def _rounds(ledger: Ledger, makers: Iterable[int]) -> dict[str, Any]:
    rounds = sorted(
        (one for key in makers for one in ledger.rounds.get(key, ())), key=lambda one: (one.announced_on, one.slug)
    )
    if not rounds:
        return {}
    raised, last = capital_of_all(capital_raised(ledger.rounds.get(key, ())) for key in makers), rounds[-1]
    is_dated = is_exact_to_month(last.date_precision)
    valued = [one.post_money_usd for one in rounds if one.post_money_usd is not None]
    return {
        "raised_usd": None if raised.amount_usd is None else float(raised.amount_usd),
        "rounds": len(rounds),
        "undisclosed_rounds": raised.lacking,
        "last_round_on": last.announced_on,
        "months_since_round": months_between_days(last.announced_on, ledger.day) if is_dated else None,
        "last_series": last.series,
        "last_post_money_usd": float(valued[-1]) if valued else None,
    }


def _exits(ledger: Ledger, makers: Collection[int]) -> dict[str, Any]:
    """Give the newest sale of a maker; no row of the ledger means unknown, never no."""
    sold = [ledger.sold[key] for key in makers if key in ledger.sold]
    return {
        "acquired_on": max(sold, default=None),
        "is_acquired": True if sold else None,
        "is_listed_company": True if any(key in ledger.listed for key in makers) else None,
    }
