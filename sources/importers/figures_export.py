"""Writes the figures of hosted projects back into ``content/metrics/``, in the compact form that ``load_content`` reads."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from metrics.models import ActivityWindow, MaintainerShare, RepositorySnapshot, SnapshotMethod
from projects.models import Repository
from sources.clients.content_files import read_catalogue_content
from sources.clients.figure_publications import FigureKind, figures_path, has_publication
from sources.clients.published_figures import (
    ACTIVITY_COLUMNS,
    SHARE_COLUMNS,
    SNAPSHOT_COLUMNS,
    SNAPSHOT_COUNTS,
    WRONG,
)
from sources.importers.content_writing import table_text, write_text
from sources.importers.repository_addresses import repository_address

Line = Sequence[object]


def export_figures(root: Path) -> int:
    """Rewrite the tables whose headers stand below ``root`` and return how many changed."""
    tables: dict[FigureKind, Callable[[], Iterable[Line]]] = {
        FigureKind.STARS: partial(_snapshot_lines, _repositories(root)),
        FigureKind.ACTIVITY: _activity_lines,
        FigureKind.MAINTAINERS: _share_lines,
    }
    return sum(
        _write(figures_path(root, kind), lines()) for kind, lines in tables.items() if has_publication(root, kind)
    )


def _repositories(root: Path) -> list[int]:
    """Return the repositories that the content's hosted items name, so that what is exported finds them again."""
    known = {
        address.key
        for item in read_catalogue_content(root).items
        if any(statement.maturity for statement in item.history)
        for statement in item.history
        if (address := repository_address(statement.repository_url))
    }
    return [pk for pk, url in Repository.objects.values_list("pk", "url") if url.lower() in known]


def _snapshot_lines(repositories: Iterable[int]) -> Iterator[Line]:
    """Give one line for each repository and count, with a column for each day that any of them was seen on."""
    snapshots = RepositorySnapshot.objects.filter(
        method=SnapshotMethod.LANDSCAPE, repository__in=repositories
    ).values_list("repository__full_name", "day", *SNAPSHOT_COUNTS, "missing")
    cells: dict[tuple[str, str], dict[date, object]] = {}
    for full_name, day, *counts, missing in snapshots:
        for count, value in zip(SNAPSHOT_COUNTS, counts, strict=True):
            if value is not None or count in missing:
                cells.setdefault((full_name, count), {})[day] = WRONG if value is None else value
    return _wide(SNAPSHOT_COLUMNS, cells)


def _activity_lines() -> Iterator[Line]:
    yield ACTIVITY_COLUMNS
    names = ("project_name", *ACTIVITY_COLUMNS[1:])
    windows = ActivityWindow.objects.exclude(item=None).order_by("project_name", "period_start", "period_end")
    yield from windows.values_list(*names)


def _share_lines() -> Iterator[Line]:
    """Give one line for each heading and employer, with a column for each day."""
    cells: dict[tuple[str, str], dict[date, object]] = {}
    shares = MaintainerShare.objects.exclude(item=None).values_list("project_name", "employer", "as_of", "maintainers")
    for project, employer, as_of, maintainers in shares:
        cells.setdefault((project, employer), {})[as_of] = maintainers
    return _wide(SHARE_COLUMNS, cells)


def _wide(first: Sequence[str], cells: dict[tuple[str, str], dict[date, object]]) -> Iterator[Line]:
    days = sorted({day for row in cells.values() for day in row})
    yield [*first, *days]
    for key in sorted(cells, key=lambda one: (one[0].lower(), *one)):
        yield [*key, *(cells[key].get(day, "") for day in days)]


def _write(path: Path, lines: Iterable[Line]) -> bool:
    rows = list(lines)
    if len(rows) == 1:
        return False  # Nothing was imported here; that is no reason to empty what others collected.
    return write_text(path, table_text(rows))
