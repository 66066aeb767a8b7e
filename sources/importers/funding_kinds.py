"""The sections of a funding file, and which column of which model each of their keys is."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from market.models import (
    Acquisition,
    Confidence,
    FundingRound,
    Listing,
    Qualifier,
    ReportedFigure,
    Valuation,
)

Fact = FundingRound | Acquisition | Listing | Valuation | ReportedFigure


@dataclass(frozen=True, slots=True)
class FundingKind:
    """One section: where its facts are stored, and what each key means beside those that every fact has.

    ``columns`` maps plain keys to columns, ``amounts`` those of numbers; ``related`` is a key and column that names an
    organization, a round or an item.
    """

    section: str
    model: type[Fact]
    citation: str
    date: str
    columns: Mapping[str, str]
    amounts: Mapping[str, str]
    owner: str = "organization"
    related: str = ""
    defaults: Mapping[str, object] = field(default_factory=dict)

    def plain_columns(self) -> Mapping[str, str]:
        """Return the column of each plain key."""
        return {**self.columns, **_COMMON}

    def default_of(self, key: str) -> object:
        """Return what a key that is not written means."""
        return self.defaults.get(key, _DEFAULTS.get(key, ""))


_COMMON = {"confidence": "confidence", "note": "note", "note_zh": "note_zh"}
_PRICE = {"currency": "currency", "amount_is": "amount_qualifier", "undisclosed": "is_undisclosed"}
_PRICES = {"amount": "amount", "amount_usd": "amount_usd"}
_EXACT = Qualifier.EXACT.value
_DEFAULTS: Mapping[str, object] = {
    "confidence": Confidence.REPORTED.value,
    "undisclosed": False,
    "amount_is": _EXACT,
    "market_cap_is": _EXACT,
    "raised_to_date_is": _EXACT,
    "value_is": _EXACT,
}

ROUNDS = FundingKind(
    section="rounds",
    model=FundingRound,
    citation="funding_round",
    date="announced_on",
    columns={"series": "series", **_PRICE, "raised_to_date_is": "raised_to_date_qualifier"},
    amounts={**_PRICES, "post_money_usd": "post_money_usd", "raised_to_date_usd": "raised_to_date_usd"},
)
ACQUISITIONS = FundingKind(
    section="acquisitions",
    model=Acquisition,
    citation="acquisition",
    owner="target",
    date="announced_on",
    columns={"kind": "kind", "subject": "subject", "subject_zh": "subject_zh", **_PRICE},
    amounts=_PRICES,
    related="acquirer",
    defaults={"kind": Acquisition.Kind.ACQUISITION.value},
)
LISTINGS = FundingKind(
    section="listings",
    model=Listing,
    citation="listing",
    date="listed_on",
    columns={"exchange": "exchange", "ticker": "ticker", "market_cap_is": "market_cap_qualifier"},
    amounts={"market_cap_usd": "market_cap_usd"},
)
VALUATIONS = FundingKind(
    section="valuations",
    model=Valuation,
    citation="valuation",
    date="valued_on",
    columns={"kind": "kind", "amount_is": "amount_qualifier"},
    amounts={"amount_usd": "amount_usd"},
    related="round",
)
FIGURES = FundingKind(
    section="figures",
    model=ReportedFigure,
    citation="reported_figure",
    date="stated_on",
    columns={"metric": "metric", "value_is": "value_qualifier"},
    amounts={"value": "value"},
    related="item",
)
# Valuations name rounds, so rounds come first.
KINDS = (ROUNDS, ACQUISITIONS, LISTINGS, VALUATIONS, FIGURES)
