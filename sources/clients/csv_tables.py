"""CSV files of ``content/`` as rows that know their line, so that every mistake is named with it."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from sources.clients.content_yaml import ContentError

LARGEST = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table."""

    place: str
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def mistake(self, sentence: str) -> ContentError:
        """Return the error to raise, with file and line."""
        return ContentError(f"{self.place}: {sentence}.")

    def text(self, column: str) -> str:
        """Return what must not be empty."""
        if not self.cells[column]:
            raise self.mistake(f"{column} is empty")
        return self.cells[column]

    def number(self, column: str) -> int:
        """Return a count of 0 to 2,147,483,647."""
        text = self.cells[column]
        if not (text.isascii() and text.isdigit()) or int(text) > LARGEST:
            raise self.mistake(f"'{text}' in column {column} is no count")
        return int(text)

    def day(self, column: str) -> date:
        """Return an ISO day."""
        try:
            return date.fromisoformat(self.cells[column])
        except ValueError as error:
            raise self.mistake(f"'{self.cells[column]}' in column {column} is no day") from error


class Table(NamedTuple):
    """A CSV file with a line of column names."""

    place: str
    columns: Sequence[str]
    rows: Sequence[Row]

    @classmethod
    def read(cls, path: Path, *, needs: Sequence[str] = ()) -> "Table":
        """Read a file whose first line holds at least the columns it ``needs``; raises ``ContentError`` with file and line."""
        try:
            with path.open(encoding="utf-8-sig", newline="") as file:
                columns, *lines = list(_lines(file)) or [(1, [])]
        except UnicodeDecodeError as error:
            raise ContentError(f"{path.name}: the file is not UTF-8 (byte {error.start}).") from error
        except csv.Error as error:
            raise ContentError(f"{path.name}: {error}.") from error
        names = columns[1]
        missing = [column for column in needs if column not in names]
        if missing:
            raise ContentError(f"{path.name}, line 1: the column {missing[0]} is missing.")
        rows = []
        for number, cells in lines:
            place = f"{path.name}, line {number}"
            if len(cells) != len(names):
                raise ContentError(f"{place}: {len(cells)} cells instead of {len(names)}.")
            rows.append(Row(place, dict(zip(names, (cell.strip() for cell in cells), strict=True))))
        return cls(path.name, names, rows)

    def days_after(self, first: Sequence[str]) -> dict[str, date]:
        """Return the days that the columns behind the ``first`` ones are named after."""
        if tuple(self.columns[: len(first)]) != tuple(first):
            raise ContentError(f"{self.place}, line 1: the first columns are not {', '.join(first)}.")
        header = Row(f"{self.place}, line 1", {column: column for column in self.columns})
        return {column: header.day(column) for column in self.columns[len(first) :]}


def _lines(file: Iterator[str]) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(file, strict=True)
    for cells in reader:
        if cells:
            yield reader.line_num, cells
