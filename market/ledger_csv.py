"""Reads ledger files: each line a fact about money with its source; every mistake with its line and column."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from market.currencies import USD
from market.ledger_columns_csv import COLUMNS, CellError, plain_text
from market.models import Valuation

LARGEST_FILE = 5 * 1024 * 1024  # bytes


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong at a place; ``line`` counts from 1, the header included; ``column`` "" concerns the whole line."""

    line: int
    column: str
    sentence: str

    def __str__(self) -> str:
        where = _("line %(line)s") % {"line": self.line}
        return f"{where}, {self.column}: {self.sentence}" if self.column else f"{where}: {self.sentence}"


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One line with its cells read; empty cells are absent."""

    line: int
    cells: dict[str, Any]

    @property
    def fact(self) -> str:
        """What the line tells: "round", "acquisition", "listing", "valuation", or a further "citation"."""
        return str(self.cells["fact"])

    @property
    def slug(self) -> str:
        """The fact's slug; made of organization, series or kind and date where none is given."""
        if "slug" in self.cells:
            return str(self.cells["slug"])
        named = self.cells.get("series") or self.cells.get("kind") or self.fact
        return slugify(f"{self.cells['organization']} {named} {self.cells['date']}".replace("_", "-"))


class LedgerFileError(Exception):
    """A file that cannot be used; ``mistakes`` are all that were found."""

    def __init__(self, mistakes: list[Mistake]) -> None:
        super().__init__("\n".join(str(each) for each in mistakes))
        self.mistakes = mistakes


def template_text() -> str:
    """Return the header of a ledger file."""
    return ",".join(COLUMNS) + "\r\n"


def read_ledger(content: bytes) -> list[LedgerLine]:
    """Read and check a file, as far as it can be without the database; raises ``LedgerFileError`` with all mistakes."""
    if len(content) > LARGEST_FILE:
        raise LedgerFileError([Mistake(1, "", _("the file is larger than 5 MB."))])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise LedgerFileError([Mistake(line, "", _("the file is not UTF-8."))]) from error
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(reader, [])
        mistakes = list(_header_mistakes(header))
        if mistakes:
            raise LedgerFileError(mistakes)
        return _lines(reader, header)
    except csv.Error as error:
        raise LedgerFileError([Mistake(reader.line_num, "", _("the line is no CSV."))]) from error


def _header_mistakes(header: list[str]) -> Iterator[Mistake]:
    for name in header:
        if name not in COLUMNS:
            yield Mistake(1, name, _("there is no such column."))
        elif header.count(name) > 1:
            yield Mistake(1, name, _("the column stands twice."))
    for name in ("fact", "source_url", "retrieved_on"):
        if name not in header:
            yield Mistake(1, name, _("the column is missing."))


def _lines(reader: Any, header: list[str]) -> list[LedgerLine]:
    lines: list[LedgerLine] = []
    mistakes: list[Mistake] = []
    line = reader.line_num + 1
    for row in reader:
        if any(cell.strip() for cell in row):
            cells, wrong = _cells(line, header, row)
            mistakes += wrong or _line_mistakes(line, cells)
            lines.append(LedgerLine(line, cells))
        line = reader.line_num + 1
    if mistakes:
        raise LedgerFileError(mistakes)
    return lines


def _cells(line: int, header: list[str], row: list[str]) -> tuple[dict[str, Any], list[Mistake]]:
    if len(row) != len(header):
        sentence = _("%(found)s cells stand under %(expected)s columns.") % {"found": len(row), "expected": len(header)}
        return {}, [Mistake(line, "", sentence)]
    cells: dict[str, Any] = {}
    mistakes: list[Mistake] = []
    for name, raw in zip(header, row, strict=True):
        text = raw.strip()
        if not text:
            continue
        try:
            cells[name] = COLUMNS[name].read(plain_text(name, text))
        except CellError as error:
            mistakes.append(Mistake(line, name, str(error)))
    return cells, mistakes


def _line_mistakes(line: int, cells: dict[str, Any]) -> list[Mistake]:
    if "fact" not in cells:
        return [Mistake(line, "fact", _("the cell is empty."))]
    fact = cells["fact"]
    found = [
        Mistake(line, name, _("a line of this fact has no such cell."))
        for name in cells
        if fact not in COLUMNS[name].facts
    ]
    found += [
        Mistake(line, name, _("the cell is empty."))
        for name, column in COLUMNS.items()
        if fact in column.needed and name not in cells
    ]
    if "quote" not in cells and "page" not in cells:
        found.append(Mistake(line, "quote", _("name the place: a few words of the source, or its page.")))
    further = (*_price_mistakes(fact, cells), *_kind_mistakes(fact, cells))
    return found + [Mistake(line, name, sentence) for name, sentence in further]


def _price_mistakes(fact: str, cells: dict[str, Any]) -> Iterator[tuple[str, str]]:
    if ("amount" in cells) != ("currency" in cells):
        yield "currency", _("an amount has a currency, and a currency an amount.")
    elif "amount" in cells and cells["currency"] != USD:
        if fact in {"listing", "valuation"}:
            yield "currency", _("listings and valuations are told in USD.")
        elif "amount_usd" not in cells:
            yield "amount_usd", _("give the amount in USD as a source tells it; no rate is assumed.")
    elif cells.get("amount_usd", cells.get("amount")) != cells.get("amount"):
        yield "amount_usd", _("an amount in USD has no other amount in USD.")
    if cells.get("undisclosed") and "amount" in cells:
        yield "undisclosed", _("an amount that is given is not undisclosed.")


def _kind_mistakes(fact: str, cells: dict[str, Any]) -> Iterator[tuple[str, str]]:
    if fact == "valuation" and ("amount" in cells) == (cells.get("kind", "") == Valuation.Kind.CLAIM):
        yield "amount", _("a claim has no amount, any other valuation has one.")
    if "kind" in cells and (cells["kind"] in Valuation.Kind.values) != (fact == "valuation"):
        yield "kind", _("this kind belongs to another fact.")
    if fact == "valuation" and "kind" not in cells:
        yield "kind", _("the cell is empty.")
    if not set(cells.get("leads", ())) <= set(cells.get("investors", ())):
        yield "leads", _("who led is also named among the investors.")
    if "acquirer" in cells and cells["acquirer"] == cells.get("organization"):
        yield "acquirer", _("an organization does not buy itself.")
