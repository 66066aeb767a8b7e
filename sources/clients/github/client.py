"""The GitHub that the nightly run speaks to."""

import time
from collections.abc import Callable, Collection, Sequence
from datetime import UTC, date, datetime
from types import TracebackType
from typing import Self

from sources.clients.github import repositories
from sources.clients.github.addresses import PUBLIC_API_URL
from sources.clients.github.answers import Batch, FullName, RepositoryAnswer
from sources.clients.github.limiter import Limiter
from sources.clients.github.transport import Transport


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
    ) -> None:
        self._transport = Transport(token=token, api_url=api_url, limiter=limiter, clock=clock, sleep=sleep)

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
