"""The GitHub that the nightly run speaks to."""

import time
from collections.abc import Callable, Collection, Sequence
from datetime import UTC, date, datetime
from types import TracebackType
from typing import Self

from sources.clients.github import contributors, lookups, repositories, star_history
from sources.clients.github.addresses import PUBLIC_API_URL
from sources.clients.github.answers import Batch, FullName, RepositoryAnswer
from sources.clients.github.contributors import ContributorCount
from sources.clients.github.limiter import Limiter
from sources.clients.github.lookups import RepositoryIdentity
from sources.clients.github.problems import RepositoryProblem
from sources.clients.github.star_history import StarHistoryPage
from sources.clients.github.transport import TIMEOUT_SECONDS, Transport


class GithubClient:
    """Answers for repositories, one request after the other; close it, or use it in a ``with``.

    ``limiter`` is passed by every request, retries and redirects too; by default it lives in this process.
    Raises ``TokenUnusableError`` and ``ApiAddressError`` when made.
    """

    def __init__(
        self,
        *,
        token: str,
        api_url: str = PUBLIC_API_URL,
        limiter: Limiter | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        sleep: Callable[[float], None] = time.sleep,
        timeout_seconds: float = TIMEOUT_SECONDS,
    ) -> None:
        self._transport = Transport(
            token=token, api_url=api_url, limiter=limiter, clock=clock, sleep=sleep, timeout_seconds=timeout_seconds
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._transport.close()

    @property
    def token_expires_at(self) -> datetime | None:
        """When the token ends (UTC), as the last answers said; None if they said nothing."""
        return self._transport.token_expires_at

    def fetch_by_ids(
        self, node_ids: Sequence[str], *, day: date, without: Collection[str] = ()
    ) -> Batch[str, RepositoryAnswer]:
        """Return ``repositories.fetch_by_ids``."""
        return repositories.fetch_by_ids(self._transport, node_ids, day=day, without=without)

    def fetch_by_names(
        self, names: Sequence[FullName], *, day: date, without: Collection[str] = ()
    ) -> Batch[FullName, RepositoryAnswer]:
        """Return ``repositories.fetch_by_names``."""
        return repositories.fetch_by_names(self._transport, names, day=day, without=without)

    def fetch_watchers(self, node_ids: Sequence[str]) -> Batch[str, int]:
        """Return ``repositories.fetch_watchers``."""
        return repositories.fetch_watchers(self._transport, node_ids)

    def look_up_name(self, full_name: FullName) -> RepositoryIdentity | RepositoryProblem:
        """Return ``lookups.look_up_name``."""
        return lookups.look_up_name(self._transport, full_name)

    def look_up_id(self, database_id: int) -> RepositoryIdentity | RepositoryProblem:
        """Return ``lookups.look_up_id``."""
        return lookups.look_up_id(self._transport, database_id)

    def count_contributors(self, full_name: FullName) -> ContributorCount | RepositoryProblem:
        """Return ``contributors.count_contributors``."""
        return contributors.count_contributors(self._transport, full_name)

    def read_star_history(self, full_name: FullName, *, page: int = 1) -> StarHistoryPage | RepositoryProblem:
        """Return ``star_history.read_star_history``."""
        return star_history.read_star_history(self._transport, full_name, page=page)
