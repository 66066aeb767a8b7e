"""Importing a landscape: one transaction that reads what is new and writes it, or nothing at all."""

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.db import DataError, transaction

from projects.models import (
    Change,
    Item,
    ItemPeriod,
    Landscape,
    LandscapeVersion,
    Organization,
    Repository,
    VersionStatus,
)
from sources.clients.landscape_errors import LandscapeError, SourceNotFoundError, SourceRefusedError
from sources.clients.landscape_history import Version
from sources.clients.landscape_origin import Source
from sources.clients.landscape_remote import without_password
from sources.clients.landscape_source import current_tip, open_source
from sources.importers.catalogue_history import CatalogueHistory
from sources.importers.catalogue_store import store_catalogue
from sources.importers.errors import ImportRefusedError, UnfitValueError
from sources.importers.import_lock import import_lock
from sources.importers.landscape_reading import Reading, plan_reading
from sources.importers.landscape_row import store_landscape
from sources.importers.rebuild import replace_history
from sources.importers.renames import known_renames
from sources.importers.stored_history import resume_history
from sources.importers.table_upkeep import tidy_tables
from sources.models import ImportNotice, ImportRun, RunStatus

Progress = Callable[[Iterable[Version], int], Iterable[Version]]
Opener = Callable[[str], AbstractContextManager[Source]]
# Nothing was there to be read, so there was no import: a slip of the finger is no part of the history.
_NO_RUN = (SourceRefusedError, SourceNotFoundError)


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: how many versions it read, what the catalogue holds now, and where the source stands.

    ``tip`` is the source's newest commit; empty for a file.
    """

    versions: int
    counts: dict[str, int]
    tip: str


def import_landscape(
    location: str,
    *,
    clock: Callable[[], datetime],
    latest_only: bool = False,
    progress: Progress = lambda versions, _: versions,
    opened: Opener = open_source,
) -> Imported:
    """Bring the catalogue to the newest version of the landscape at ``location``.

    Whatever happens, the database is left as it was or complete. Nothing new means nothing written. A failure is
    noted in the log of runs. ``progress`` wraps the versions, of which there are so many, on their way; ``opened``
    opens the source.
    Raises ``LandscapeError`` (the source) and ``ImportRefusedError`` (the database).
    """
    run = ImportRun(source=without_password(location)[:500], started_at=clock())
    try:
        with _told_unfit_values(), _uncollected():
            imported = _imported(location, run, clock, progress, opened=opened, latest_only=latest_only)
    except _NO_RUN:
        raise
    except (LandscapeError, ImportRefusedError) as error:
        run.status, run.finished_at, run.message = RunStatus.FAILED, clock(), without_password(str(error))
        run.save(force_insert=True)
        raise
    if imported.versions:
        tidy_tables()
    return imported


@contextmanager
def _told_unfit_values() -> Iterator[None]:
    """Turn what PostgreSQL says of a value that is too long, which no landscape known needs, into one sentence."""
    try:
        yield
    except DataError as error:
        reason = str(error).partition("\n")[0].strip()
        raise UnfitValueError(
            f"The landscape holds a value that does not fit: {reason}. Nothing was changed."
        ) from error


@contextmanager
def _uncollected() -> Iterator[None]:
    """Look for no garbage meanwhile: what an import makes is needed to its end, and looking takes a fifth of its time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _imported(
    location: str,
    run: ImportRun,
    clock: Callable[[], datetime],
    progress: Progress,
    *,
    opened: Opener,
    latest_only: bool,
) -> Imported:
    if tip := _unmoved_tip(location, latest_only=latest_only):
        return Imported(0, catalogue_counts(), tip)
    with opened(location) as source, transaction.atomic(), import_lock():
        reading = plan_reading(source, Landscape.objects.first(), now=run.started_at, latest_only=latest_only)
        if not reading.count:
            return Imported(0, catalogue_counts(), reading.tip)
        history = _read(reading, progress)
        if reading.replaces:
            replace_history(history)
        else:
            store_catalogue(history)
        store_landscape(reading, history, now=run.started_at)
        run.status, run.finished_at, run.counts = RunStatus.DONE, clock(), catalogue_counts()
        run.save(force_insert=True)
        return Imported(reading.count, run.counts, reading.tip)


def _unmoved_tip(location: str, *, latest_only: bool) -> str:
    """Give the commit at which a source stands if the last import read it to there; else nothing.

    A repository that has not moved need not be brought here.
    """
    landscape = Landscape.objects.first()
    if landscape is None or landscape.is_built_in or (landscape.is_latest_only and not latest_only):
        return ""
    return landscape.tip if landscape.tip and current_tip(location) == landscape.tip else ""


def logos_are_behind(tip: str) -> bool:
    """Tell whether the logos are not yet those of the source's newest commit; a file brings none."""
    landscape = Landscape.objects.first()
    return bool(tip) and landscape is not None and landscape.logos_tip != tip


def note_logos(tip: str) -> None:
    """Remember that the logos are those of ``tip``."""
    Landscape.objects.update(logos_tip=tip)


def _read(reading: Reading, progress: Progress) -> CatalogueHistory:
    history = CatalogueHistory(known_renames())
    if not reading.replaces:
        resume_history(history)
    for version in progress(reading.versions, reading.count):
        history.read(reading.adapted(version, history))
    return history


def catalogue_counts() -> dict[str, int]:
    """Give how much of everything the landscape has brought; what content and logos add to it is told elsewhere."""
    versions = LandscapeVersion.objects
    return {
        "versions": versions.count(),
        "unreadable": versions.filter(status=VersionStatus.UNREADABLE).count(),
        "items": Item.objects.ever_listed().count(),
        "periods": ItemPeriod.objects.count(),
        "changes": Change.objects.count(),
        "organizations": Organization.objects.filter(pk__in=ItemPeriod.objects.values("organization")).count(),
        "repositories": Repository.objects.filter(items__in=Item.objects.ever_listed()).distinct().count(),
        "notices": ImportNotice.objects.exclude(kind=ImportNotice.Kind.LOGO).count(),
    }
