"""Published counts of repositories by day: checked against what is known of their source, then stored as snapshots."""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from itertools import groupby, pairwise
from typing import Any

from django.db import connection
from django.db.models import Max, Min
from psycopg.types.json import Jsonb

from metrics.formulas.series_breaks import BreakReason, is_stale_repeat
from metrics.models import RepositoryEvent, RepositoryEventKind, RepositorySnapshot, SnapshotMethod
from sources.clients.figure_publications import CountedAnew, KnownError, Publication
from sources.clients.published_figures import SNAPSHOT_COUNTS, SnapshotFigure
from sources.importers.figure_repositories import RepositoriesByAddress, end_of_day, full_address
from sources.importers.repository_addresses import repository_address

SOURCE_ERROR = "source_error"
# A snapshot that GitHub gave is never replaced by one that somebody copied from it.
_UPSERT = """
INSERT INTO metrics_repositorysnapshot AS stored
    (repository_id, day, observed_at, stars, contributors, missing, method)
SELECT given.*, 'landscape' FROM unnest(
    %s::bigint[], %s::date[], %s::timestamptz[], %s::integer[], %s::integer[], %s::jsonb[]
) AS given
ON CONFLICT (repository_id, day) DO UPDATE
    SET stars = excluded.stars, contributors = excluded.contributors, missing = excluded.missing
    WHERE stored.method = 'landscape' AND (stored.stars, stored.contributors, stored.missing)
        IS DISTINCT FROM (excluded.stars, excluded.contributors, excluded.missing)
"""
_TOUCH = "INSERT INTO projects_datatouch (xid) VALUES (pg_current_xact_id()::text::bigint) ON CONFLICT DO NOTHING"


@dataclass(frozen=True, slots=True)
class StoredSnapshots:
    """What became of the figures: rows written, days left out as stale, addresses no repository had."""

    written: int
    breaks: int
    stale: tuple[date, ...]
    unmatched: tuple[str, ...]
    unmatched_rows: int
    stale_rows: int


def store_snapshots(figures: Sequence[SnapshotFigure], publication: Publication) -> StoredSnapshots:
    """Bring the snapshots of the figures' repositories to the figures; what GitHub itself gave for a day stays.

    Days that only repeat the one before are left out, errors of the source become unknown. Runs inside the caller's
    transaction.
    """
    stale = stale_days(figures)
    fresh = [figure for figure in figures if figure.day not in stale]
    repositories = RepositoriesByAddress.read()
    rows: dict[tuple[int, date], SnapshotFigure] = {}
    unmatched: list[str] = []
    for figure in fresh:
        key = repositories.repository(figure.repository, figure.day)
        if key is None:
            unmatched.append(figure.repository)
        else:
            # Two cards of one repository carry the same figures.
            rows.setdefault((key, figure.day), without_errors(figure, publication.errors))
    written = _write(rows)
    breaks = _store_breaks({key for key, _ in rows}, publication.counted_anew)
    return StoredSnapshots(
        written=written,
        breaks=breaks,
        stale=tuple(sorted(stale)),
        unmatched=tuple(sorted(set(unmatched))),
        unmatched_rows=len(unmatched),
        stale_rows=len(figures) - len(fresh),
    )


def stale_days(figures: Iterable[SnapshotFigure]) -> set[date]:
    """Return the days whose stars only repeat those of the day before them in the figures."""
    by_day = groupby(sorted(figures, key=lambda one: one.day), key=lambda one: one.day)
    stars: list[tuple[date, dict[Hashable, int]]] = [
        (day, {one.repository.lower(): one.stars for one in group if one.stars is not None}) for day, group in by_day
    ]
    return {day for (_, before), (day, now) in pairwise(stars) if is_stale_repeat(before, now)}


def without_errors(figure: SnapshotFigure, errors: Iterable[KnownError]) -> SnapshotFigure:
    """Return the figure with what the source got wrong made unknown.

    Somebody wrote what a repository holds, so 0 contributors is what the source gave where it had no count.
    """
    address = repository_address(full_address(figure.repository))
    name = address.full_name if address else ""
    wrong = set(figure.wrong) | {error.count for error in errors if error.covers(name, figure.day)}
    if figure.contributors == 0:
        wrong.add("contributors")
    counts = {count: None if count in wrong else getattr(figure, count) for count in SNAPSHOT_COUNTS}
    return SnapshotFigure(figure.repository, figure.day, **counts, wrong=frozenset(wrong))


def _write(rows: dict[tuple[int, date], SnapshotFigure]) -> int:
    """Write what differs and return how many rows that were."""
    figures = list(rows.values())
    columns: list[Any] = [
        [key for key, _ in rows],
        [day for _, day in rows],
        [end_of_day(day) for _, day in rows],
        [figure.stars for figure in figures],
        [figure.contributors for figure in figures],
        [Jsonb(dict.fromkeys(sorted(figure.wrong), SOURCE_ERROR)) for figure in figures],
    ]
    with connection.cursor() as cursor:
        cursor.execute(_UPSERT, columns)
        written = int(cursor.rowcount)
        if written:
            # Snapshots are not watched, since a night writes them in many small transactions; this is one.
            cursor.execute(_TOUCH)
    return written


def _store_breaks(repositories: set[int], changes: Iterable[CountedAnew]) -> int:
    """Note each change of counting on every repository that was counted both ways; return how many were new."""
    events = [event for change in changes for event in _breaks(repositories, change)]
    known = set(
        RepositoryEvent.objects.filter(
            kind=RepositoryEventKind.BREAK, repository__in={event.repository_id for event in events}
        ).values_list("repository_id", "at")
    )
    added = [event for event in events if (event.repository_id, event.at) not in known]
    RepositoryEvent.objects.bulk_create(added)
    return len(added)


def _breaks(repositories: set[int], change: CountedAnew) -> Iterator[RepositoryEvent]:
    spans = (
        RepositorySnapshot.objects.filter(
            repository__in=repositories, method=SnapshotMethod.LANDSCAPE, **{f"{change.count}__isnull": False}
        )
        .values("repository_id")
        .annotate(first=Min("day"), last=Max("day"))
        .filter(first__lt=change.first_on, last__gte=change.first_on)
        .order_by("repository_id")
    )
    at = datetime.combine(change.first_on, time(), tzinfo=UTC)
    for span in spans:
        yield RepositoryEvent(
            repository_id=span["repository_id"],
            at=at,
            kind=RepositoryEventKind.BREAK,
            before=change.count,
            after=BreakReason.COUNTING_CHANGE,
        )
