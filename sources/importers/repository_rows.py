"""Repositories in the database: every one that a card ever named, under which spelling and when."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from projects.models import ItemRepository, Repository, RepositoryName
from projects.models.repositories import RepositoryAvailability
from sources.importers.repository_addresses import RepositoryAddress, repository_address
from sources.importers.row_sync import sync_rows
from sources.importers.stored_periods import StoredPeriod


class _Naming(NamedTuple):
    """A period that names a repository."""

    address: RepositoryAddress
    is_primary: bool
    branch: str


@dataclass(slots=True)
class _Sightings:
    """Where and when one repository was named; ``last_seen_at`` is None while it still is."""

    address: RepositoryAddress
    spelled_at: datetime
    first_seen_at: datetime
    last_seen_at: datetime | None
    items: dict[int, tuple[StoredPeriod, _Naming]] = field(default_factory=dict)

    def add(self, period: StoredPeriod, naming: _Naming) -> None:
        """Take another period; of spellings that differ by case the newest is the repository's own."""
        if (period.start, naming.address) > (self.spelled_at, self.address):
            self.address, self.spelled_at = naming.address, period.start
        self.first_seen_at = min(self.first_seen_at, period.start)
        if self.last_seen_at is not None:
            self.last_seen_at = None if period.end is None else max(self.last_seen_at, period.end)
        self.items[period.item] = (period, naming)


def store_repositories(periods: Iterable[StoredPeriod]) -> None:
    """Bring repositories, their names and their links to items to what all ``periods`` say, in order of time."""
    sightings = _sightings(periods)
    rows = _stored_repositories(sightings)
    names = {
        (rows[key].pk, seen.address.full_name, seen.first_seen_at): {"last_seen_at": seen.last_seen_at}
        for key, seen in sightings.items()
        if seen.address.full_name
    }
    sync_rows(
        RepositoryName,
        names,
        key=("repository_id", "full_name", "first_seen_at"),
        values=("last_seen_at",),
        stored=_names_of_cards(),
    )
    links = {
        (item, rows[key].pk): {
            "is_primary": naming.is_primary,
            "branch": naming.branch[:200],
            "is_current": period.end is None,
        }
        for key, seen in sightings.items()
        for item, (period, naming) in seen.items.items()
    }
    columns = ("is_primary", "branch", "is_current")
    sync_rows(ItemRepository, links, key=("item_id", "repository_id"), values=columns)
    _drop_unnamed({rows[key].pk for key in sightings})


def _sightings(periods: Iterable[StoredPeriod]) -> dict[str, _Sightings]:
    found: dict[str, _Sightings] = {}
    for period in periods:
        for naming in _namings(period):
            new = _Sightings(naming.address, period.start, period.start, period.end)
            found.setdefault(naming.address.key, new).add(period, naming)
    return found


def _namings(period: StoredPeriod) -> Iterator[_Naming]:
    """Give each repository that a period names, once."""
    urls = [(period.repository_url, True, period.branch)]
    urls += [(url, False, branch) for url, branch, _ in period.additional_repositories]
    given = set()
    for url, is_primary, branch in urls:
        address = repository_address(url)
        if address and address.key not in given:
            given.add(address.key)
            yield _Naming(address, is_primary, branch)


def _names_of_cards() -> list[RepositoryName]:
    """Return the names that cards gave; those a repository was renamed to are GitHub's word, and stay."""
    names = RepositoryName.objects.select_related("repository")
    return [name for name in names if name.repository.url.lower().endswith(f"/{name.full_name.lower()}")]


def _stored_repositories(sightings: dict[str, _Sightings]) -> dict[str, Repository]:
    rows = {row.url.lower(): row for row in Repository.objects.all()}
    added, respelled = {}, []
    for key, seen in sightings.items():
        url, host, full_name = seen.address
        row = rows.get(key)
        if row is None:
            added[key] = Repository(url=url, host=host, full_name=full_name)
        elif row.url != url:
            row.url, row.full_name = url, full_name
            respelled.append(row)
    Repository.objects.bulk_create(added.values(), batch_size=1000)
    Repository.objects.bulk_update(respelled, ["url", "full_name"])
    return rows | added


def _drop_unnamed(named: set[int]) -> None:
    """Take out repositories that no period names any more and that nobody has asked GitHub about."""
    unasked = Repository.objects.filter(availability=RepositoryAvailability.UNKNOWN, github_id=None)
    surplus = [row.pk for row in unasked if row.pk not in named]
    if surplus:
        Repository.objects.filter(pk__in=surplus, item_repositories=None).delete()
