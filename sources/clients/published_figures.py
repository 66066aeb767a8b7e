"""Published figures as frozen rows: from the publishers' tables, and from our own compact ones in ``content/metrics/``."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from sources.clients.content_yaml import ContentError

# In our tables: the publisher gave a figure that is an error.
WRONG = "?"
SNAPSHOT_COUNTS = ("stars", "contributors")
ACTIVITY_COUNTS = ("authors", "commits", "pull_requests", "issues", "comments", "activity", "pushes")
SNAPSHOT_COLUMNS = ("repository", "count")
ACTIVITY_COLUMNS = ("project", "period_start", "period_end", *ACTIVITY_COUNTS)
SHARE_COLUMNS = ("project", "employer")
_PUBLISHED_SNAPSHOT_COLUMNS = ("snapshot_date", "repo_url", *SNAPSHOT_COUNTS)
_PUBLISHED_SHARE_COLUMNS = ("as_of", "project", "employer", "maintainers")
_LARGEST = 2**31 - 1


@dataclass(frozen=True, slots=True)
class SnapshotFigure:
    """Counts of one repository at a UTC day's end; ``repository`` is an address or "owner/name".

    A count is None if it is not given, or if it stands in ``wrong``.
    """

    repository: str
    day: date
    stars: int | None
    contributors: int | None
    wrong: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ActivityFigure:
    """Counts of one project over ``[period_start, period_end)``; ``counts`` in the order of ``ACTIVITY_COUNTS``."""

    project: str
    period_start: date
    period_end: date
    counts: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class ShareFigure:
    """How many maintainers of a project one employer had on a day; an empty employer is unknown."""

    project: str
    as_of: date
    employer: str
    maintainers: int


def read_snapshots(path: Path) -> list[SnapshotFigure]:
    """Read counts by repository and day, in the publisher's form or ours; raises ``ContentError`` with file and line."""
    table = _Table.read(path)
    if set(_PUBLISHED_SNAPSHOT_COLUMNS) <= set(table.columns):
        return [_published_snapshot(row) for row in table.rows]
    days = table.days_after(SNAPSHOT_COLUMNS)
    found: dict[tuple[str, date], dict[str, str]] = {}
    for row in table.rows:
        count = row["count"]
        if count not in SNAPSHOT_COUNTS:
            raise row.mistake(f"'{count}' is no count; it is one of {', '.join(SNAPSHOT_COUNTS)}")
        for column, day in days.items():
            if row[column]:
                given = found.setdefault((row.text("repository"), day), {})
                if count in given:
                    raise row.mistake(f"'{row['repository']}' has a second line of {count}")
                given[count] = row[column] if row[column] == WRONG else str(row.number(column))
    return [_snapshot(repository, day, counts) for (repository, day), counts in found.items()]


def read_activity(path: Path) -> list[ActivityFigure]:
    """Read counts by project and window; raises ``ContentError`` with file and line."""
    figures = []
    for row in _Table.read(path, needs=ACTIVITY_COLUMNS).rows:
        start, end = row.day("period_start"), row.day("period_end")
        if end <= start:
            raise row.mistake("the window ends before it begins")
        counts = tuple(row.number(column) if row[column] else None for column in ACTIVITY_COUNTS)
        figures.append(ActivityFigure(row.text("project"), start, end, counts))
    return figures


def read_shares(path: Path) -> list[ShareFigure]:
    """Read maintainers by project, employer and day, in either form; raises ``ContentError`` with file and line."""
    table = _Table.read(path)
    if set(_PUBLISHED_SHARE_COLUMNS) <= set(table.columns):
        return [
            ShareFigure(row.text("project"), row.day("as_of"), row["employer"], row.number("maintainers"))
            for row in table.rows
        ]
    days = table.days_after(SHARE_COLUMNS)
    return [
        ShareFigure(row.text("project"), day, row["employer"], row.number(column))
        for row in table.rows
        for column, day in days.items()
        if row[column]
    ]


def _published_snapshot(row: "_Row") -> SnapshotFigure:
    stars, contributors = (row.number(column) if row[column] else None for column in SNAPSHOT_COUNTS)
    return SnapshotFigure(row.text("repo_url"), row.day("snapshot_date"), stars, contributors)


def _snapshot(repository: str, day: date, counts: dict[str, str]) -> SnapshotFigure:
    known = {count: int(text) for count, text in counts.items() if text != WRONG}
    wrong = frozenset(counts.keys() - known.keys())
    return SnapshotFigure(repository, day, known.get("stars"), known.get("contributors"), wrong)


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of a table."""

    place: str
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def mistake(self, sentence: str) -> ContentError:
        return ContentError(f"{self.place}: {sentence}.")

    def text(self, column: str) -> str:
        """Return what must not be empty."""
        if not self.cells[column]:
            raise self.mistake(f"{column} is empty")
        return self.cells[column]

    def number(self, column: str) -> int:
        text = self.cells[column]
        if not (text.isascii() and text.isdigit()) or int(text) > _LARGEST:
            raise self.mistake(f"'{text}' in column {column} is no count")
        return int(text)

    def day(self, column: str) -> date:
        try:
            return date.fromisoformat(self.cells[column])
        except ValueError as error:
            raise self.mistake(f"'{self.cells[column]}' in column {column} is no day") from error


class _Table(NamedTuple):
    """A CSV file with a line of column names."""

    place: str
    columns: Sequence[str]
    rows: Sequence[_Row]

    @classmethod
    def read(cls, path: Path, *, needs: Sequence[str] = ()) -> "_Table":
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
            rows.append(_Row(place, dict(zip(names, (cell.strip() for cell in cells), strict=True))))
        return cls(path.name, names, rows)

    def days_after(self, first: Sequence[str]) -> dict[str, date]:
        """Return the days that the columns behind the ``first`` ones are named after."""
        if tuple(self.columns[: len(first)]) != tuple(first):
            raise ContentError(f"{self.place}, line 1: the first columns are not {', '.join(first)}.")
        header = _Row(f"{self.place}, line 1", {column: column for column in self.columns})
        return {column: header.day(column) for column in self.columns[len(first) :]}


def _lines(file: Iterator[str]) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(file, strict=True)
    for cells in reader:
        if cells:
            yield reader.line_num, cells
