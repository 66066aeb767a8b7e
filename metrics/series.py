"""The series of an item's repositories: what was measured when, by which method, and where it breaks.

Each repository is a series of its own. Where an item went over to another repository, its curve breaks; the two are
never joined, and nothing is filled in for days without a measurement.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from django.db.models import BooleanField, DateField, ExpressionWrapper, F, Q
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Trunc

from metrics.formulas.series_breaks import BreakReason, Observation, find_breaks
from metrics.models import RepositoryEvent, RepositoryEventKind, RepositorySnapshot, SnapshotMethod
from metrics.querysets.snapshots import RepositorySnapshotQuerySet
from projects.models import ItemRepository

COUNTS = (
    "stars",
    "forks",
    "watchers",
    "open_issues",
    "closed_issues",
    "open_pull_requests",
    "merged_pull_requests",
    "closed_pull_requests",
    "releases",
    "commits_30d",
    "contributors",
)
# The address of the ``Source`` that snapshots of a method cite; GitHub's own counts cite the repository itself.
SOURCE_URLS = {
    SnapshotMethod.LANDSCAPE: "https://github.com/cncf/landscape/commits/master/processed_landscape.yml",
}


class Interval(StrEnum):
    """How dense a series is: of each week (Monday to Sunday) or month the last day with a known count stands."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class SeriesPoint(NamedTuple):
    """A count on a UTC day; ``value`` is None if it is unknown, and ``reason`` says why, else that is empty."""

    day: date
    value: int | None
    reason: str
    method: str
    observed_at: datetime


@dataclass(frozen=True, slots=True)
class SeriesBreak:
    """From ``day`` on the curve is another one; ``repository_id`` is whose."""

    day: date
    reason: BreakReason
    repository_id: int


@dataclass(frozen=True, slots=True)
class RepositorySeries:
    """One repository of an item; ``is_current`` tells whether its card still names it. Points ascend by day."""

    repository_id: int
    full_name: str
    url: str
    is_primary: bool
    is_current: bool
    points: tuple[SeriesPoint, ...]
    breaks: tuple[SeriesBreak, ...]


@dataclass(frozen=True, slots=True)
class ItemSeries:
    """A count of all repositories that an item's card names or named: the primary ones first, by their first point.

    ``breaks`` holds those of the repositories and each change of the primary repository, by day.
    """

    count: str
    repositories: tuple[RepositorySeries, ...]
    breaks: tuple[SeriesBreak, ...]


class UnknownCountError(ValueError):
    """Asked for something that snapshots do not count."""


def item_series(
    item_id: int,
    *,
    count: str,
    interval: Interval = Interval.DAY,
    first: date | None = None,
    last: date | None = None,
) -> ItemSeries:
    """Return the series of one item; three queries. Raises ``UnknownCountError``."""
    return series_of_items([item_id], count=count, interval=interval, first=first, last=last)[item_id]


def series_of_items(
    item_ids: Collection[int],
    *,
    count: str,
    interval: Interval = Interval.DAY,
    first: date | None = None,
    last: date | None = None,
    primary_only: bool = False,
) -> dict[int, ItemSeries]:
    """Return the series of every item asked for; three queries for any number. Raises ``UnknownCountError``.

    ``primary_only``: of the primary repositories, today's and former ones; some cards name dozens of others.
    """
    named = ItemRepository.objects.filter(item__in=item_ids, **({"is_primary": True} if primary_only else {}))
    links = list(named.select_related("repository").order_by("item_id", "-is_primary", "pk"))
    repositories = {link.repository_id for link in links}
    points = points_of_repositories(repositories, count=count, interval=interval, first=first, last=last)
    changes = _counting_changes(repositories, count)
    by_item: dict[int, list[RepositorySeries]] = {item: [] for item in item_ids}
    for link in links:
        own = points.get(link.repository_id, ())
        if own:
            by_item[link.item_id].append(_repository_series(link, own, changes.get(link.repository_id, ())))
    return {item: _item_series(count, series) for item, series in by_item.items()}


def points_of_repositories(
    repository_ids: Collection[int],
    *,
    count: str,
    interval: Interval = Interval.DAY,
    first: date | None = None,
    last: date | None = None,
) -> dict[int, tuple[SeriesPoint, ...]]:
    """Return the points of each repository that has any, ``first`` and ``last`` included; one query.

    A day on which the method does not give this count at all is no point. Raises ``UnknownCountError``.
    """
    if count not in COUNTS:
        raise UnknownCountError(f"Snapshots do not count '{count}'.")
    rows = (
        RepositorySnapshot.objects.filter(repository__in=repository_ids)
        .filter(Q(**{f"{count}__isnull": False}) | Q(missing__has_key=count))
        .between(first, last)
        .order_by("repository_id", "day")
    )
    columns = ["repository_id", "day", count, "reason", "method", "observed_at"]
    rows = rows.annotate(reason=KeyTextTransform(count, "missing"))
    if interval is not Interval.DAY:
        rows = _thinned(rows, count, interval)
        columns.append("begins_on")  # Django takes DISTINCT ON an expression only if it is selected.
    found: dict[int, list[SeriesPoint]] = defaultdict(list)
    for repository, day, value, reason, method, observed_at, *_ in rows.values_list(*columns):
        found[repository].append(SeriesPoint(day, value, reason or "", method, observed_at))
    return {repository: tuple(points) for repository, points in found.items()}


def _thinned(rows: RepositorySnapshotQuerySet, count: str, interval: Interval) -> RepositorySnapshotQuerySet:
    """Give one row of each interval, in order of repository and day: the last with a known count, else the last."""
    return (
        rows.annotate(
            begins_on=Trunc("day", interval.value, output_field=DateField()),
            is_unknown=ExpressionWrapper(Q(**{f"{count}__isnull": True}), output_field=BooleanField()),
        )
        .order_by("repository_id", "begins_on", "is_unknown", F("day").desc())
        .distinct("repository_id", "begins_on")
    )


def _counting_changes(repositories: Iterable[int], count: str) -> Mapping[int, Sequence[date]]:
    """Return the days from which a count of each repository was taken in another way."""
    events = RepositoryEvent.objects.filter(
        repository__in=repositories, kind=RepositoryEventKind.BREAK, before=count
    ).values_list("repository_id", "at")
    days: dict[int, list[date]] = defaultdict(list)
    for repository, at in events.order_by("repository_id", "at"):
        days[repository].append(at.date())
    return days


def _repository_series(
    link: ItemRepository, points: tuple[SeriesPoint, ...], changes: Sequence[date]
) -> RepositorySeries:
    observations = [Observation(point.day, point.value, link.repository_id) for point in points]
    return RepositorySeries(
        repository_id=link.repository_id,
        full_name=link.repository.full_name,
        url=link.repository.url,
        is_primary=link.is_primary,
        is_current=link.is_current,
        points=points,
        breaks=tuple(
            SeriesBreak(found.day, found.reason, link.repository_id)
            for found in find_breaks(observations, counting_changes=changes)
        ),
    )


def _item_series(count: str, series: Iterable[RepositorySeries]) -> ItemSeries:
    ordered = sorted(series, key=lambda one: (not one.is_primary, one.points[0].day, one.repository_id))
    primary = [one for one in ordered if one.is_primary]
    swaps = [SeriesBreak(one.points[0].day, BreakReason.REPOSITORY_SWAP, one.repository_id) for one in primary[1:]]
    breaks = [*swaps, *(found for one in ordered for found in one.breaks)]
    return ItemSeries(count, tuple(ordered), tuple(sorted(breaks, key=lambda one: (one.day, one.repository_id))))
