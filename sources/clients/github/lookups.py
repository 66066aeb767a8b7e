"""Asking REST about one repository, before it counts as gone.

https://docs.github.com/en/rest/repos/repos#get-a-repository
"""

from dataclasses import dataclass
from datetime import datetime

from sources.clients.github import rest
from sources.clients.github.answers import FullName
from sources.clients.github.problems import RepositoryProblem
from sources.clients.github.transport import Transport


@dataclass(frozen=True)
class RepositoryIdentity:
    """Which repository an address leads to now; ``is_moved`` if a permanent redirect led there (a rename, a transfer).

    ``watchers`` is None where GitHub does not tell it.
    """

    node_id: str
    database_id: int
    full_name: str
    is_moved: bool
    watchers: int | None
    observed_at: datetime


def look_up_name(transport: Transport, full_name: FullName) -> RepositoryIdentity | RepositoryProblem:
    """Return the repository that has or had this name; NOT_FOUND here means that there is none.

    Another ``database_id`` than the known one is another repository under the same name.
    Raises ``RateLimitedError`` and ``TokenRefusedError``.
    """
    path = rest.repository_path(full_name)
    return rest.no_name(full_name) if path is None else _look_up(transport, path)


def look_up_id(transport: Transport, database_id: int) -> RepositoryIdentity | RepositoryProblem:
    """Return the repository with this number, whatever it is called now; errors as of ``look_up_name``."""
    return _look_up(transport, f"/repositories/{database_id:d}")


def _look_up(transport: Transport, path: str) -> RepositoryIdentity | RepositoryProblem:
    reply = rest.get(transport, path)
    if isinstance(reply, RepositoryProblem):
        return reply
    found = reply.body if isinstance(reply.body, dict) else {}
    node_id, database_id, full_name = found.get("node_id"), found.get("id"), found.get("full_name")
    if not (isinstance(node_id, str) and isinstance(database_id, int) and isinstance(full_name, str)):
        return rest.malformed("repository")
    # ``watchers_count`` is the stars.
    watchers = found.get("subscribers_count")
    return RepositoryIdentity(
        node_id=node_id,
        database_id=database_id,
        full_name=full_name,
        is_moved=reply.is_moved,
        watchers=watchers if isinstance(watchers, int) else None,
        observed_at=reply.received_at,
    )
