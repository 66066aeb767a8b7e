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
    """One section: where its facts are stored, and what each key means.

    ``columns`` maps plain keys to columns, ``amounts`` those of numbers; ``defaults`` are not written.
    """

    section: str
    model: type[Fact]
    citation: str
    owner: str
    date: str
    columns: Mapping[str, str] = field(default_factory=dict)
    amounts: Mapping[str, str] = field(default_factory=dict)
    organizations: tuple[str, ...] = ()
    defaults: Mapping[str, object] = field(default_factory=dict)


_COMMON = {"confidence": "confidence", "note": "note", "note_zh": "note_zh"}
_PRICE = {"currency": "currency", "amount_is": "amount_qualifier", "undisclosed": "is_undisclosed"}
_PRICES = {"amount": "amount", "amount_usd": "amount_usd"}
_EXACT = Qualifier.EXACT.value
_DEFAULTS = {"confidence": Confidence.REPORTED.value, "amount_is": _EXACT, "undisclosed": False}

ROUNDS = FundingKind(
    section="rounds",
    model=FundingRound,
    citation="funding_round",
    owner="organization",
    date="announced_on",
    columns={"series": "series", **_PRICE, "raised_to_date_is": "raised_to_date_qualifier", **_COMMON},
    amounts={**_PRICES, "post_money_usd": "post_money_usd", "raised_to_date_usd": "raised_to_date_usd"},
    defaults={**_DEFAULTS, "raised_to_date_is": _EXACT},
)
ACQUISITIONS = FundingKind(
    section="acquisitions",
    model=Acquisition,
    citation="acquisition",
    owner="target",
    date="announced_on",
    columns={"kind": "kind", "subject": "subject", "subject_zh": "subject_zh", **_PRICE, **_COMMON},
    amounts=_PRICES,
    organizations=("acquirer",),
    defaults={**_DEFAULTS, "kind": Acquisition.Kind.ACQUISITION.value},
)
LISTINGS = FundingKind(
    section="listings",
    model=Listing,
    citation="listing",
    owner="organization",
    date="listed_on",
    columns={"exchange": "exchange", "ticker": "ticker", "market_cap_is": "market_cap_qualifier", **_COMMON},
    amounts={"market_cap_usd": "market_cap_usd"},
    defaults={"confidence": Confidence.REPORTED.value, "market_cap_is": _EXACT},
)
VALUATIONS = FundingKind(
    section="valuations",
    model=Valuation,
    citation="valuation",
    owner="organization",
    date="valued_on",
    columns={"kind": "kind", "amount_is": "amount_qualifier", **_COMMON},
    amounts={"amount_usd": "amount_usd"},
    defaults={"confidence": Confidence.REPORTED.value, "amount_is": _EXACT},
)
FIGURES = FundingKind(
    section="figures",
    model=ReportedFigure,
    citation="reported_figure",
    owner="organization",
    date="stated_on",
    columns={"metric": "metric", "value_is": "value_qualifier", **_COMMON},
    amounts={"value": "value"},
    defaults={"confidence": Confidence.REPORTED.value, "value_is": _EXACT},
)
# Valuations name rounds, so rounds come first.
KINDS = (ROUNDS, ACQUISITIONS, LISTINGS, VALUATIONS, FIGURES)
