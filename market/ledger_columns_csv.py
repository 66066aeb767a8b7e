"""The columns of a ledger file, and how each cell is read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.text import slugify
from django.utils.translation import gettext as _

from market.currencies import known_currency
from market.models import Acquisition, Confidence, Qualifier, Series, Valuation
from market.partial_dates import parse_partial_date

FACTS = ("round", "acquisition", "listing", "valuation", "citation")
# What numeric(18, 2) holds.
LARGEST_AMOUNT = Decimal(10) ** 16
LONGEST = {
    "slug": 120,
    "exchange": 50,
    "ticker": 20,
    "subject": 200,
    "quote": 500,
    "page": 100,
    "source_title": 300,
    "source_url": 500,
    "publisher": 200,
}


LONGEST_TEXT = 10_000


class CellError(ValueError):
    """A cell that cannot be used; the sentence says why."""


def plain_text(name: str, text: str) -> str:
    """Return a cell's text if its column can hold it. Raises CellError."""
    if "\0" in text or len(text) > LONGEST.get(name, LONGEST_TEXT):
        raise CellError(_("the text is too long or holds a null character."))
    return text


def _one_of(words: tuple[str, ...] | list[str]) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in words:
            raise CellError(_("'%(word)s' is not known; write %(words)s.") % {"word": text, "words": ", ".join(words)})
        return text

    return read


def _amount(text: str) -> Decimal:
    try:
        amount = Decimal(text.replace(",", "").replace("_", ""))
    except InvalidOperation as error:
        raise CellError(_("'%(text)s' is no number.") % {"text": text}) from error
    if not amount.is_finite() or amount <= 0:
        raise CellError(_("an amount is more than 0; leave the cell empty where it is unknown."))
    if amount >= LARGEST_AMOUNT:
        raise CellError(_("'%(text)s' is too large.") % {"text": text})
    return amount


def _partial_date(text: str) -> str:
    try:
        parse_partial_date(text)
    except ValueError as error:
        words = {"text": text}
        raise CellError(_("'%(text)s' is no date; write 2019, 2019-Q3, 2019-08 or 2019-08-14.") % words) from error
    return text


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise CellError(_("'%(text)s' is no day; write 2019-08-14.") % {"text": text}) from error


def _currency(text: str) -> str:
    try:
        return known_currency(text)
    except ValueError as error:
        raise CellError(
            _("'%(code)s' is no currency code of ISO 4217, such as USD, EUR or CNY.") % {"code": text}
        ) from error


def _url(text: str) -> str:
    try:
        URLValidator(schemes=["http", "https"])(text)
    except ValidationError as error:
        raise CellError(_("'%(text)s' is no address.") % {"text": text[:100]}) from error
    return text


def _yes(text: str) -> bool:
    if text not in {"yes", "no"}:
        raise CellError(_("write yes or no."))
    return text == "yes"


def _slugs(text: str) -> tuple[str, ...]:
    found = tuple(text.split())
    if len(set(found)) < len(found):
        raise CellError(_("a name stands twice."))
    return found


def _slug(text: str) -> str:
    if slugify(text) != text:
        raise CellError(_("'%(text)s' is no slug; write small letters, digits and hyphens.") % {"text": text})
    return text


@dataclass(frozen=True, slots=True)
class CsvColumn:
    """A column: how a filled cell is read, for which facts it may be filled, and for which it must be."""

    read: Callable[[str], Any]
    facts: tuple[str, ...] = FACTS
    needed: tuple[str, ...] = ()


_PRICED = ("round", "acquisition")
_OWN = ("round", "acquisition", "listing", "valuation")

COLUMNS: Mapping[str, CsvColumn] = {
    "fact": CsvColumn(_one_of(FACTS), needed=FACTS),
    "slug": CsvColumn(_slug, needed=("citation",)),
    "organization": CsvColumn(str, _OWN, needed=_OWN),
    "date": CsvColumn(_partial_date, _OWN, needed=_OWN),
    "series": CsvColumn(_one_of(Series.values), ("round",), needed=("round",)),
    "kind": CsvColumn(_one_of([*Acquisition.Kind.values, *Valuation.Kind.values]), ("acquisition", "valuation")),
    "acquirer": CsvColumn(str, ("acquisition",)),
    "subject": CsvColumn(str, ("acquisition",)),
    "exchange": CsvColumn(str, ("listing",)),
    "ticker": CsvColumn(str, ("listing",)),
    "amount": CsvColumn(_amount, _OWN),
    "currency": CsvColumn(_currency, _OWN),
    "amount_usd": CsvColumn(_amount, _PRICED),
    "amount_is": CsvColumn(_one_of(Qualifier.values), _OWN),
    "undisclosed": CsvColumn(_yes, _PRICED),
    "post_money_usd": CsvColumn(_amount, ("round",)),
    "raised_to_date_usd": CsvColumn(_amount, ("round",)),
    "raised_to_date_is": CsvColumn(_one_of(Qualifier.values), ("round",)),
    "investors": CsvColumn(_slugs, ("round",)),
    "leads": CsvColumn(_slugs, ("round",)),
    "confidence": CsvColumn(_one_of(Confidence.values), _OWN),
    "note": CsvColumn(str, _OWN),
    "note_zh": CsvColumn(str, _OWN),
    "source_url": CsvColumn(_url, needed=FACTS),
    "source_title": CsvColumn(str),
    "publisher": CsvColumn(str),
    "published_on": CsvColumn(_day),
    "retrieved_on": CsvColumn(_day, needed=FACTS),
    "quote": CsvColumn(str),
    "page": CsvColumn(str),
    "stated_amount_usd": CsvColumn(_amount),
    "stated_date": CsvColumn(_partial_date),
    "remark": CsvColumn(str),
    "remark_zh": CsvColumn(str),
}
