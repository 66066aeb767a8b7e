"""How many people contributed to a repository; GraphQL has no such count.

https://docs.github.com/en/rest/repos/repos#list-repository-contributors
"""

from dataclasses import dataclass
from datetime import datetime

import httpx

from sources.clients.github import rest
from sources.clients.github.answers import FullName
from sources.clients.github.links import page_numbers
from sources.clients.github.problems import RepositoryProblem
from sources.clients.github.transport import Transport

# One a page, so that the last page's number is the count. Without the anonymous ones, who are all authors
# beyond the first 500 addresses, the count would stall there.
QUERY = "per_page=1&anon=1"


@dataclass(frozen=True)
class ContributorCount:
    """Contributors by author address; 0 for an empty repository. GitHub's figure may be some hours old."""

    count: int
    observed_at: datetime


def count_contributors(transport: Transport, full_name: FullName) -> ContributorCount | RepositoryProblem:
    """Return the count; the problem TOO_LARGE is permanent (GitHub counts no history that long), EMPTY is no count.

    Raises ``RateLimitedError`` and ``TokenRefusedError``.
    """
    path = rest.repository_path(full_name)
    if path is None:
        return rest.no_name(full_name)
    reply = rest.get(transport, f"{path}/contributors?{QUERY}")
    if isinstance(reply, RepositoryProblem):
        return reply
    if reply.status == httpx.codes.NO_CONTENT:
        return ContributorCount(0, reply.received_at)
    if not isinstance(reply.body, list):
        return rest.malformed("contributors")
    pages = page_numbers(reply.headers)
    if "last" in pages:
        return ContributorCount(pages["last"], reply.received_at)
    return rest.malformed("last page") if "next" in pages else ContributorCount(len(reply.body), reply.received_at)
