"""Facts about money as the mappings that stand in ``content/funding/``, and back."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from market.currencies import USD
from market.models import Citation, Investment
from market.partial_dates import parse_partial_date, partial_date_text
from projects.models import Organization, Source
from sources.importers.funding_kinds import ROUNDS, Fact, FundingKind
from sources.importers.organization_keys import organization_key

Entry = dict[str, Any]
# The order of keys in a file; what is not named here comes in the order of the kind's own columns.
_FIRST: tuple[str, ...] = (
    "slug",
    "essay",
    "date",
    "series",
    "kind",
    "metric",
    "acquirer",
    "subject",
    "subject_zh",
    "round",
    "item",
)
_FIRST += ("exchange", "ticker", "undisclosed", "amount", "value", "amount_usd", "currency", "amount_is", "value_is")
_FIRST += ("market_cap_usd", "market_cap_is", "post_money_usd", "raised_to_date_usd", "raised_to_date_is")
_LAST = ("confidence", "note", "note_zh", "investors", "citations")


def entry_of(row: Fact, kind: FundingKind, source_keys: Mapping[int, str]) -> Entry:
    """Return the entry of a stored fact; wants its relations loaded. Defaults are left out."""
    entry: Entry = {"slug": row.slug, "essay": row.essay_id}
    entry["date"] = partial_date_text(getattr(row, kind.date), row.date_precision)
    entry |= {key: getattr(row, column) for key, column in kind.plain_columns().items()}
    entry |= {key: plain_number(getattr(row, column)) for key, column in kind.amounts.items()}
    if entry.get("currency") == USD:
        entry["amount_usd"] = None
    entry |= _relations(row, kind)
    entry["citations"] = [citation_entry(each, source_keys) for each in row.citations.all()]
    return in_order({key: value for key, value in entry.items() if is_written(key, value, kind)})


def is_written(key: str, value: object, kind: FundingKind) -> bool:
    """Tell whether a value says more than its absence would."""
    return value is not None and value not in ("", []) and value != kind.default_of(key)


def in_order(entry: Entry) -> Entry:
    """Return the entry with its keys as people read them."""
    middle = [key for key in entry if key not in _FIRST and key not in _LAST]
    return {key: entry[key] for key in (*_FIRST, *middle, *_LAST) if key in entry}


def plain_number(value: Decimal | None) -> int | float | None:
    """Return an amount as YAML and JSON write it: 43000000, 0.35."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _relations(row: Fact, kind: FundingKind) -> Entry:
    if kind is ROUNDS:
        return {"investors": [_investor_entry(each) for each in row.investments.all()]}  # type: ignore[union-attr]  # a round's
    related = getattr(row, kind.related) if kind.related else None
    if related is None:
        return {}
    return {kind.related: organization_key(related) if isinstance(related, Organization) else related.slug}


def _investor_entry(investment: Investment) -> Entry:
    entry: Entry = {"organization": organization_key(investment.investor)}
    if investment.is_lead is not None:
        entry["lead"] = investment.is_lead
    if investment.is_earlier_holder:
        entry["earlier"] = True
    return entry


def citation_entry(citation: Citation, source_keys: Mapping[int, str]) -> Entry:
    """Return a citation's mapping; the day of retrieval only where it is not the source's."""
    stated = citation.stated_on
    retrieved = None if citation.retrieved_on == citation.source.retrieved_on else citation.retrieved_on.isoformat()
    entry = {
        "source": source_keys[citation.source_id],
        "page": citation.page,
        "quote": citation.quote,
        "retrieved_on": retrieved,
        "stated_amount_usd": plain_number(citation.stated_amount_usd),
        "stated_date": partial_date_text(stated, citation.stated_precision) if stated else None,
        "remark": citation.remark,
        "remark_zh": citation.remark_zh,
    }
    return {key: value for key, value in entry.items() if value not in ("", None)}


def columns_of(entry: Mapping[str, Any], kind: FundingKind) -> dict[str, Any]:
    """Return a fact's own columns, without its relations. Raises ValueError for an impossible date."""
    day, precision = parse_partial_date(entry["date"])
    columns: dict[str, Any] = {kind.date: day, "date_precision": precision, "essay_id": entry.get("essay", "")}
    columns |= {column: entry.get(key, kind.default_of(key)) for key, column in kind.plain_columns().items()}
    columns |= {column: _decimal(entry.get(key)) for key, column in kind.amounts.items()}
    if entry.get("currency") == USD:
        columns["amount_usd"] = columns["amount"]
    return columns


def _decimal(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def citations_of(entry: Mapping[str, Any], sources: Mapping[str, Source]) -> Iterable[Citation]:
    """Give the citations of an entry, not yet of a fact."""
    for each in entry["citations"]:
        stated, precision = parse_partial_date(each["stated_date"]) if "stated_date" in each else (None, "")
        source = sources[each["source"]]
        retrieved = each.get("retrieved_on") or str(source.retrieved_on)
        yield Citation(
            source=source,
            quote=each.get("quote", ""),
            page=each.get("page", ""),
            retrieved_on=date.fromisoformat(retrieved),
            stated_amount_usd=_decimal(each.get("stated_amount_usd")),
            stated_on=stated,
            stated_precision=precision,
            remark=each.get("remark", ""),
            remark_zh=each.get("remark_zh", ""),
        )
