"""Which repository a published figure is about, by its address at that time."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import NamedTuple

from projects.models import Repository, RepositoryName
from sources.importers.repository_addresses import GITHUB, repository_address


class _Naming(NamedTuple):
    repository: int
    first_seen_at: datetime
    last_seen_at: datetime | None

    def covers(self, at: datetime) -> bool:
        return self.first_seen_at <= at and (self.last_seen_at is None or at < self.last_seen_at)


@dataclass(slots=True)
class RepositoriesByAddress:
    """Repositories by present address and by every name they were seen under, in any case."""

    by_address: dict[str, int] = field(default_factory=dict)
    by_name: dict[str, list[_Naming]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def read(cls) -> "RepositoriesByAddress":
        """Read the repositories from the database; two queries."""
        found = cls({url.lower(): pk for pk, url in Repository.objects.values_list("pk", "url")})
        names = RepositoryName.objects.values_list("full_name", "repository_id", "first_seen_at", "last_seen_at")
        for full_name, repository, first_seen_at, last_seen_at in names:
            found.by_name[full_name.lower()].append(_Naming(repository, first_seen_at, last_seen_at))
        return found

    def repository(self, published: str, day: date) -> int | None:
        """Return the key of the repository that had this address, or "owner/name", at a day's end.

        A name seen only before or after that day counts if one repository alone ever had it. None if there is no such
        repository, or more than one.
        """
        address = repository_address(full_address(published))
        if address is None:
            return None
        at = end_of_day(day)
        namings = self.by_name.get(address.full_name.lower(), [])
        named = {naming.repository for naming in namings if naming.covers(at)}
        named = named or {naming.repository for naming in namings}
        if not named:
            return self.by_address.get(address.key)
        return named.pop() if len(named) == 1 else None


def full_address(published: str) -> str:
    """Return the address of a repository that may be given as "owner/name"."""
    return f"https://{GITHUB}/{published}" if published.count("/") == 1 else published


def end_of_day(day: date) -> datetime:
    """Return the last second of a UTC day: when its snapshot speaks of."""
    return datetime.combine(day, time(23, 59, 59), tzinfo=UTC)
