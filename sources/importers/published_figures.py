"""Figures that others publish, stored with their source; again with the same figures writes nothing."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Model

from metrics.models import ActivityWindow, MaintainerShare
from projects.models import Source
from sources.clients.figure_publications import (
    FigureKind,
    Publication,
    PublishedNames,
    figures_path,
    has_publication,
    read_names,
    read_publication,
)
from sources.clients.published_figures import (
    ACTIVITY_COUNTS,
    ActivityFigure,
    ShareFigure,
    SnapshotFigure,
    read_activity,
    read_shares,
    read_snapshots,
)
from sources.importers.figure_names import ItemsByName
from sources.importers.import_lock import import_lock
from sources.importers.row_sync import sync_rows
from sources.importers.snapshot_figures import store_snapshots
from sources.models import ImportNotice

Figure = SnapshotFigure | ActivityFigure | ShareFigure
Row = TypeVar("Row", bound=Model)

_READERS: dict[FigureKind, Callable[[Path], Sequence[Figure]]] = {
    FigureKind.STARS: read_snapshots,
    FigureKind.ACTIVITY: read_activity,
    FigureKind.MAINTAINERS: read_shares,
}
# From June 2025 on, the public stream of events lost most of what it had carried, so that counts taken from it are no
# longer counts; which ones these are: ``metrics.activity``.
EVENT_STREAM_ENDS_ON = date(2025, 6, 1)
# What the publisher writes where no employer is known.
_NO_EMPLOYER = frozenset({"", "_", "employer"})


@dataclass(frozen=True, slots=True)
class ImportedFigures:
    """What an import did: rows read, rows written now, and what was left out, by name.

    ``left_out`` maps what was refused to its reason; ``unmatched`` names what no item or repository has.
    """

    read: int
    written: int
    left_out_rows: int
    left_out: Mapping[str, str]
    unmatched_rows: int
    unmatched: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Published:
    """Figures of one kind with their source, read and checked."""

    kind: FigureKind
    publication: Publication
    names: PublishedNames
    figures: tuple[Figure, ...]


def read_published(root: Path, kind: FigureKind, path: Path | None = None) -> Published:
    """Read figures of a kind from ``path``, or from the content below ``root``, whose header tells their source.

    Raises ``ContentError`` with file and line.
    """
    figures = _READERS[kind](path or figures_path(root, kind))
    return Published(kind, read_publication(root, kind), read_names(root), tuple(figures))


def read_built_in_figures(root: Path) -> list[Published]:
    """Read the figures of hosted projects that stand in ``content/metrics/`` below ``root``."""
    return [read_published(root, kind) for kind in FigureKind if has_publication(root, kind)]


def import_figures(published: Published, *, now: datetime) -> ImportedFigures:
    """Store figures in one transaction; raises ``ImportBusyError`` while another import is at work."""
    with transaction.atomic(), import_lock():
        return store_figures(published, now=now)


def store_figures(published: Published, *, now: datetime) -> ImportedFigures:
    """Store figures inside the caller's transaction, and note what was left out."""
    source = _source(published.publication)
    if published.kind is FigureKind.STARS:
        imported = _snapshots(published)
    elif published.kind is FigureKind.ACTIVITY:
        imported = _windows(published, source)
    else:
        imported = _shares(published, source)
    _note(published.kind, imported, now)
    return imported


def _source(publication: Publication) -> Source:
    values = {
        "title": publication.title,
        "publisher": publication.publisher,
        "retrieved_on": publication.retrieved_on,
        "licence": publication.licence,
    }
    source = Source.objects.filter(url=publication.url).first()
    if source is None:
        return Source.objects.create(url=publication.url, **values)
    if any(getattr(source, column) != value for column, value in values.items()):
        Source.objects.filter(pk=source.pk).update(**values)
    return source


def _snapshots(published: Published) -> ImportedFigures:
    figures = [figure for figure in published.figures if isinstance(figure, SnapshotFigure)]
    stored = store_snapshots(figures, published.publication)
    return ImportedFigures(
        read=len(figures),
        written=stored.written + stored.breaks,
        left_out_rows=stored.stale_rows,
        left_out={day.isoformat(): "repeats the figures of the day before it" for day in stored.stale},
        unmatched_rows=stored.unmatched_rows,
        unmatched=stored.unmatched,
    )


def _windows(published: Published, source: Source) -> ImportedFigures:
    figures = [figure for figure in published.figures if isinstance(figure, ActivityFigure)]
    items = ItemsByName.read(published.names).items(figure.project for figure in figures)
    wanted = {
        (figure.project, figure.period_start, figure.period_end): {
            "item_id": items[figure.project],
            "source_id": source.pk,
            "is_event_based_unreliable": figure.period_end > EVENT_STREAM_ENDS_ON,
            **dict(zip(ACTIVITY_COUNTS, figure.counts, strict=True)),
        }
        for figure in figures
        if figure.project in items
    }
    written = _sync(ActivityWindow, wanted, key=("project_name", "period_start", "period_end"))
    return _imported(published, [figure.project for figure in figures], items, written)


def _shares(published: Published, source: Source) -> ImportedFigures:
    figures = [figure for figure in published.figures if isinstance(figure, ShareFigure)]
    items = ItemsByName.read(published.names).items(figure.project for figure in figures)
    maintainers: Counter[tuple[str, date, str]] = Counter()
    for figure in figures:
        employer = "" if figure.employer in _NO_EMPLOYER else figure.employer
        maintainers[figure.project, figure.as_of, employer] += figure.maintainers
    wanted = {
        key: {"item_id": items[key[0]], "source_id": source.pk, "maintainers": count}
        for key, count in maintainers.items()
        if key[0] in items
    }
    written = _sync(MaintainerShare, wanted, key=("project_name", "as_of", "employer"))
    return _imported(published, [figure.project for figure in figures], items, written)


def _sync(model: type[Row], wanted: Mapping[tuple[Any, ...], Mapping[str, Any]], *, key: tuple[str, ...]) -> int:
    """Add and correct rows; what the file does not name stays, since another file may hold more projects."""
    stored = (
        row
        for row in model._default_manager.filter(project_name__in={one[0] for one in wanted})  # noqa: SLF001
        if tuple(getattr(row, column) for column in key) in wanted
    )
    columns = next(iter(wanted.values()), {})
    return sync_rows(model, wanted, key=key, values=tuple(columns), stored=stored)


def _imported(published: Published, names: Iterable[str], items: Collection[str], written: int) -> ImportedFigures:
    rows = Counter(names)
    reasons = published.names.left_out
    left_out = {name: reasons[name] for name in sorted(rows) if name in reasons}
    unmatched = tuple(sorted(name for name in rows if name not in items and name not in reasons))
    return ImportedFigures(
        read=rows.total(),
        written=written,
        left_out_rows=sum(rows[name] for name in left_out),
        left_out=left_out,
        unmatched_rows=sum(rows[name] for name in unmatched),
        unmatched=unmatched,
    )


def _note(kind: FigureKind, imported: ImportedFigures, now: datetime) -> None:
    """Note what was left out or could not be matched, each once."""
    details = {**imported.left_out, **dict.fromkeys(imported.unmatched, "no item or repository of this name")}
    ImportNotice.objects.bulk_create(
        (
            ImportNotice(
                kind=ImportNotice.Kind.VALUE,
                subject=f"published {kind}: {name}"[:300],
                detail=detail,
                first_seen_at=now,
            )
            for name, detail in details.items()
        ),
        ignore_conflicts=True,
    )
