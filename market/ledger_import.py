"""Stores ledger files in one transaction: all lines or none."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from market.currencies import USD
from market.ledger_csv import LedgerFileError, LedgerLine, Mistake, read_ledger
from market.models import Acquisition, Citation, FundingRound, Investment, Listing, Valuation
from market.partial_dates import parse_partial_date
from projects.models import Organization, Source

_MODELS: dict[str, type[FundingRound | Acquisition | Listing | Valuation]] = {
    "round": FundingRound,
    "acquisition": Acquisition,
    "listing": Listing,
    "valuation": Valuation,
}
_CITES = {"round": "funding_round"}
_NOTES = ("note", "note_zh")


@dataclass(frozen=True, slots=True)
class ImportedLedger:
    """How many facts and further citations a file holds, and whether they were stored."""

    facts: int
    citations: int
    is_stored: bool


def import_ledger(content: bytes, *, dry_run: bool = False) -> ImportedLedger:
    """Check a file against the ledger and store it unless ``dry_run``; raises ``LedgerFileError`` with all mistakes."""
    lines = read_ledger(content)
    organizations = _organizations(lines)
    with transaction.atomic():
        mistakes = [*_unknown_organizations(lines, organizations), *_slug_mistakes(lines)]
        if mistakes:
            raise LedgerFileError(sorted(mistakes, key=lambda each: each.line))
        if not dry_run:
            _store(lines, organizations)
    facts = sum(line.fact != "citation" for line in lines)
    return ImportedLedger(facts, len(lines) - facts, is_stored=not dry_run)


def _names(line: LedgerLine) -> list[tuple[str, str]]:
    """Return the organizations of a line with their columns."""
    single = [(name, line.cells[name]) for name in ("organization", "acquirer") if name in line.cells]
    return single + [("investors", slug) for slug in line.cells.get("investors", ())]


def _organizations(lines: Iterable[LedgerLine]) -> dict[str, Organization]:
    return Organization.objects.in_bulk({slug for line in lines for _column, slug in _names(line)}, field_name="slug")


def _unknown_organizations(lines: Iterable[LedgerLine], known: dict[str, Organization]) -> Iterable[Mistake]:
    for line in lines:
        for column, slug in _names(line):
            if slug not in known:
                yield Mistake(line.line, column, _("there is no organization '%(slug)s'.") % {"slug": slug})


def _slug_mistakes(lines: Sequence[LedgerLine]) -> Iterable[Mistake]:
    taken = {
        (fact, slug)
        for fact, model in _MODELS.items()
        for slug in model._default_manager.values_list("slug", flat=True)  # noqa: SLF001 - Django's public name for it
    }
    for line in lines:
        if line.fact == "citation":
            found = sum((fact, line.slug) in taken for fact in _MODELS)
            if found != 1:
                yield Mistake(line.line, "slug", _("there is no single fact '%(slug)s'.") % {"slug": line.slug})
        elif (line.fact, line.slug) in taken:
            yield Mistake(line.line, "slug", _("'%(slug)s' stands already.") % {"slug": line.slug})
        else:
            taken.add((line.fact, line.slug))


def _store(lines: Sequence[LedgerLine], organizations: dict[str, Organization]) -> None:
    sources: dict[str, Source] = {}
    for line in lines:
        if line.fact != "citation":
            row = _MODELS[line.fact](**_columns(line, organizations))
            row.save()
            if isinstance(row, FundingRound):
                _store_investors(row, line, organizations)
    for line in lines:
        fact = line.fact if line.fact != "citation" else _fact_of(line.slug)
        row = _MODELS[fact]._default_manager.get(slug=line.slug)  # noqa: SLF001 - as above
        _store_citation(line, {_CITES.get(fact, fact): row}, sources)


def _fact_of(slug: str) -> str:
    return next(fact for fact, model in _MODELS.items() if model._default_manager.filter(slug=slug).exists())  # noqa: SLF001


def _columns(line: LedgerLine, organizations: dict[str, Organization]) -> dict[str, Any]:
    cells = line.cells
    day, precision = parse_partial_date(cells["date"])
    columns: dict[str, Any] = {"slug": line.slug, "date_precision": precision}
    columns |= {name: cells[name] for name in ("confidence", *_NOTES) if name in cells}
    owner = organizations[cells["organization"]]
    if line.fact == "listing":
        columns |= {name: cells[name] for name in ("exchange", "ticker") if name in cells}
        columns |= {"organization": owner, "listed_on": day, "market_cap_usd": cells.get("amount")}
        return columns | _named(cells, market_cap_qualifier="amount_is")
    if line.fact == "valuation":
        columns |= {"organization": owner, "valued_on": day, "kind": cells["kind"], "amount_usd": cells.get("amount")}
        return columns | _named(cells, amount_qualifier="amount_is")
    columns |= {"announced_on": day, **_price(cells)}
    if line.fact == "acquisition":
        columns |= {"target": owner, "acquirer": organizations.get(cells.get("acquirer", ""))}
        return columns | _named(cells, kind="kind", subject="subject")
    columns |= {"organization": owner, "series": cells["series"]}
    names = {name: name for name in ("post_money_usd", "raised_to_date_usd")}
    return columns | _named(cells, **names, raised_to_date_qualifier="raised_to_date_is")


def _price(cells: dict[str, Any]) -> dict[str, Any]:
    in_usd = cells.get("amount") if cells.get("currency") == USD else cells.get("amount_usd")
    price = {"amount": cells.get("amount"), "currency": cells.get("currency", ""), "amount_usd": in_usd}
    return price | _named(cells, amount_qualifier="amount_is", is_undisclosed="undisclosed")


def _named(cells: dict[str, Any], **names: str) -> dict[str, Any]:
    return {column: cells[name] for column, name in names.items() if name in cells}


def _store_investors(row: FundingRound, line: LedgerLine, organizations: dict[str, Organization]) -> None:
    leads = line.cells.get("leads", ())
    Investment.objects.bulk_create(
        Investment(round=row, investor=organizations[slug], is_lead=True if slug in leads else None)
        for slug in line.cells.get("investors", ())
    )


def _store_citation(line: LedgerLine, fact: dict[str, Any], sources: dict[str, Source]) -> None:
    cells = line.cells
    url = cells["source_url"]
    if url not in sources:
        given = {"title": cells.get("source_title", url)[:300], "retrieved_on": cells["retrieved_on"]}
        given |= _named(cells, publisher="publisher", published_on="published_on")
        sources[url], _is_new = Source.objects.get_or_create(url=url, defaults=given)
    stated, precision = parse_partial_date(cells["stated_date"]) if "stated_date" in cells else (None, "")
    names = ("quote", "page", "stated_amount_usd", "remark", "remark_zh", "retrieved_on")
    Citation.objects.create(
        **fact,
        source=sources[url],
        stated_on=stated,
        stated_precision=precision,
        **_named(cells, **{name: name for name in names}),
    )
