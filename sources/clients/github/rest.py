"""What a REST answer about one repository says when it is no success.

https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api
"""

import re
from urllib.parse import quote

import httpx

from sources.clients.github.answers import FullName
from sources.clients.github.errors import AnswerTimeoutError, NoAnswerError, RateLimitedError
from sources.clients.github.judging import GATEWAY_TIMEOUTS, kind_of
from sources.clients.github.problems import ProblemKind, RepositoryProblem
from sources.clients.github.transport import Reply, Transport

NAME = re.compile(r"(?!\.{1,2}$)[\w.-]+", re.ASCII)
KINDS_BY_STATUS: dict[int, ProblemKind] = {
    httpx.codes.NOT_FOUND: ProblemKind.NOT_FOUND,
    httpx.codes.GONE: ProblemKind.NOT_FOUND,
    httpx.codes.CONFLICT: ProblemKind.EMPTY,
    httpx.codes.UNAVAILABLE_FOR_LEGAL_REASONS: ProblemKind.BLOCKED_DMCA,
}


def repository_path(full_name: FullName) -> str | None:
    """Return the REST path of a repository; None for what can be no name, and so is never put into an address."""
    if not NAME.fullmatch(full_name.owner) or not NAME.fullmatch(full_name.name):
        return None
    return f"/repos/{quote(full_name.owner)}/{quote(full_name.name)}"


def no_name(full_name: FullName) -> RepositoryProblem:
    """Return the problem of a name that GitHub cannot have."""
    return RepositoryProblem(ProblemKind.NOT_FOUND, f"'{full_name}' can be no repository's name.")


def get(transport: Transport, path: str) -> Reply | RepositoryProblem:
    """Return a successful answer, or why the repository has none.

    Raises ``RateLimitedError`` and ``TokenRefusedError``.
    """
    try:
        reply = transport.get(path)
    except NoAnswerError as error:
        kind = ProblemKind.TIMEOUT if isinstance(error, AnswerTimeoutError) else ProblemKind.UNREACHABLE
        return RepositoryProblem(kind, str(error))
    if reply.refusal is not None:
        raise RateLimitedError(reply.refusal)
    return reply if reply.status in {httpx.codes.OK, httpx.codes.NO_CONTENT} else _problem(reply)


def malformed(subject: str) -> RepositoryProblem:
    """Return the problem of a success that does not hold what it should."""
    return RepositoryProblem(ProblemKind.MALFORMED, f"GitHub's answer holds no {subject}.")


def _problem(reply: Reply) -> RepositoryProblem:
    return RepositoryProblem(_kind(reply), reply.message)


def _kind(reply: Reply) -> ProblemKind:
    if reply.status in GATEWAY_TIMEOUTS:
        return ProblemKind.TIMEOUT
    if reply.status >= httpx.codes.INTERNAL_SERVER_ERROR:
        return ProblemKind.SERVER_ERROR
    if not isinstance(reply.body, dict):
        # A proxy's page, say: only GitHub's own words may call a repository gone.
        return ProblemKind.MALFORMED
    if reply.status == httpx.codes.FORBIDDEN:
        return _forbidden(reply)
    return KINDS_BY_STATUS.get(reply.status, ProblemKind.UNKNOWN)


def _forbidden(reply: Reply) -> ProblemKind:
    """Return which refusal a 403 is: a block, single sign-on, a policy, a repository too large to count."""
    block = reply.body.get("block")
    if isinstance(block, dict):
        return ProblemKind.BLOCKED_DMCA if block.get("reason") == "dmca" else ProblemKind.BLOCKED_TOS
    if "x-github-sso" in reply.headers:
        return ProblemKind.FORBIDDEN_SAML
    if "too large" in reply.message.lower():
        return ProblemKind.TOO_LARGE
    return kind_of("FORBIDDEN", reply.message)
