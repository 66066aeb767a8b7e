"""Published figures as frozen rows: from the publishers' tables, and from our own compact ones in ``content/metrics/``."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sources.clients.csv_tables import Row, Table

# In our tables: the publisher gave a figure that is an error.
WRONG = "?"
SNAPSHOT_COUNTS = ("stars", "contributors")
ACTIVITY_COUNTS = ("authors", "commits", "pull_requests", "issues", "comments", "activity", "pushes")
SNAPSHOT_COLUMNS = ("repository", "count")
ACTIVITY_COLUMNS = ("project", "period_start", "period_end", *ACTIVITY_COUNTS)
SHARE_COLUMNS = ("project", "employer")
_PUBLISHED_SNAPSHOT_COLUMNS = ("snapshot_date", "repo_url", *SNAPSHOT_COUNTS)
_PUBLISHED_SHARE_COLUMNS = ("as_of", "project", "employer", "maintainers")


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
    table = Table.read(path)
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
    for row in Table.read(path, needs=ACTIVITY_COLUMNS).rows:
        start, end = row.day("period_start"), row.day("period_end")
        if end <= start:
            raise row.mistake("the window ends before it begins")
        counts = tuple(row.number(column) if row[column] else None for column in ACTIVITY_COUNTS)
        figures.append(ActivityFigure(row.text("project"), start, end, counts))
    return figures


def read_shares(path: Path) -> list[ShareFigure]:
    """Read maintainers by project, employer and day, in either form; raises ``ContentError`` with file and line."""
    table = Table.read(path)
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


def _published_snapshot(row: Row) -> SnapshotFigure:
    stars, contributors = (row.number(column) if row[column] else None for column in SNAPSHOT_COUNTS)
    return SnapshotFigure(row.text("repo_url"), row.day("snapshot_date"), stars, contributors)


def _snapshot(repository: str, day: date, counts: dict[str, str]) -> SnapshotFigure:
    known = {count: int(text) for count, text in counts.items() if text != WRONG}
    wrong = frozenset(counts.keys() - known.keys())
    return SnapshotFigure(repository, day, known.get("stars"), known.get("contributors"), wrong)
