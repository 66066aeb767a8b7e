"""What GraphQL errors say: of the whole query, of one alias, of one of its fields."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from sources.clients.github.problems import ProblemKind, RepositoryProblem
from sources.clients.github.transport import Reply

KINDS_BY_TYPE = {
    "NOT_FOUND": ProblemKind.NOT_FOUND,
    "FORBIDDEN": ProblemKind.FORBIDDEN,
    "INSUFFICIENT_SCOPES": ProblemKind.FORBIDDEN,
    "RATE_LIMITED": ProblemKind.RATE_LIMITED,
    "RATE_LIMIT": ProblemKind.RATE_LIMITED,
    "RESOURCE_LIMITS_EXCEEDED": ProblemKind.RESOURCE_LIMITS,
    "MAX_NODE_LIMIT_EXCEEDED": ProblemKind.RESOURCE_LIMITS,
    "ARGUMENT_LIMIT": ProblemKind.RESOURCE_LIMITS,
    "SERVICE_UNAVAILABLE": ProblemKind.SERVER_ERROR,
    "INTERNAL": ProblemKind.SERVER_ERROR,
}
# Words tell more than the type, which is FORBIDDEN for several of these and often absent.
KINDS_BY_WORDS = (
    ("access blocked", ProblemKind.BLOCKED_TOS),
    ("dmca", ProblemKind.BLOCKED_DMCA),
    ("saml", ProblemKind.FORBIDDEN_SAML),
    ("forbids access via", ProblemKind.FORBIDDEN_POLICY),
    ("rate limit", ProblemKind.RATE_LIMITED),
    ("resource limits", ProblemKind.RESOURCE_LIMITS),
    ("timeout", ProblemKind.TIMEOUT),
    ("timed out", ProblemKind.TIMEOUT),
)
# The server's own words that a query cannot be run at all, e.g. by an older Enterprise server.
VALIDATION_CODES = frozenset(
    {"undefinedField", "argumentNotAccepted", "undefinedType", "variableMismatch", "argumentLiteralsIncompatible"}
)
GATEWAY_TIMEOUTS = frozenset({502, 504})


@dataclass(frozen=True)
class Verdicts:
    """Every error of one answer, by the path it is about; ``()`` is the whole query."""

    by_path: tuple[tuple[tuple[str | int, ...], RepositoryProblem], ...]

    def of(self, path: tuple[str | int, ...]) -> RepositoryProblem | None:
        """Return what is wrong with exactly ``path``, or above it."""
        found = [problem for about, problem in self.by_path if about == path[: len(about)]]
        return found[-1] if found else None

    def below(self, path: tuple[str | int, ...]) -> dict[str, RepositoryProblem]:
        """Return what is wrong with the fields of ``path``, by the field's name in the query."""
        return {
            str(about[len(path)]): problem
            for about, problem in self.by_path
            if len(about) > len(path) and about[: len(path)] == path
        }


def read_errors(errors: Any) -> Verdicts:
    """Return the verdicts of a GraphQL answer's ``errors``; anything unreadable is about the whole query."""
    entries: Iterable[Any] = errors if isinstance(errors, list) else [errors] if errors else []
    return Verdicts(tuple((_path(entry), _problem(entry)) for entry in entries))


def whole_failure(reply: Reply) -> RepositoryProblem | None:
    """Return what an answer without any data says of every repository asked for; None if there is data to judge."""
    if reply.refusal is not None and not _has_data(reply.body):
        return RepositoryProblem(ProblemKind.RATE_LIMITED, _first_message(reply))
    if reply.status in GATEWAY_TIMEOUTS:
        return RepositoryProblem(ProblemKind.TIMEOUT, _first_message(reply))
    if reply.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return RepositoryProblem(ProblemKind.SERVER_ERROR, _first_message(reply))
    if not isinstance(reply.body, dict) or not ("data" in reply.body or "errors" in reply.body):
        return RepositoryProblem(ProblemKind.MALFORMED, f"The answer is no GraphQL answer ({_first_message(reply)}).")
    if _has_data(reply.body):
        return None
    return read_errors(reply.body.get("errors")).of(()) or _first_problem(reply.body.get("errors"))


def kind_of(error_type: str, message: str) -> ProblemKind:
    """Return what an error is about by its words, else by its type; unknown ones may pass."""
    words = message.lower()
    if "access blocked" in words and "dmca" in words:
        return ProblemKind.BLOCKED_DMCA
    for part, kind in KINDS_BY_WORDS:
        if part in words:
            return kind
    return KINDS_BY_TYPE.get(error_type, ProblemKind.UNKNOWN)


def _problem(entry: Any) -> RepositoryProblem:
    if not isinstance(entry, Mapping):
        return RepositoryProblem(ProblemKind.UNKNOWN, str(entry)[:500])
    message = str(entry.get("message", ""))[:500]
    extensions = entry.get("extensions")
    extensions = extensions if isinstance(extensions, Mapping) else {}
    if extensions.get("saml_failure"):
        return RepositoryProblem(ProblemKind.FORBIDDEN_SAML, message)
    if extensions.get("code") in VALIDATION_CODES:
        return RepositoryProblem(ProblemKind.QUERY_REFUSED, message)
    return RepositoryProblem(kind_of(str(entry.get("type", "")), message), message)


def _path(entry: Any) -> tuple[str | int, ...]:
    path = entry.get("path") if isinstance(entry, Mapping) else None
    return tuple(part for part in path if isinstance(part, str | int)) if isinstance(path, list) else ()


def _has_data(body: Any) -> bool:
    return isinstance(body, dict) and isinstance(body.get("data"), dict)


def _first_problem(errors: Any) -> RepositoryProblem:
    """Return the first error of an answer without data; the server's, if it gave none."""
    verdicts = read_errors(errors).by_path
    return (
        verdicts[0][1] if verdicts else RepositoryProblem(ProblemKind.UNKNOWN, "GitHub gave neither data nor errors.")
    )


def _first_message(reply: Reply) -> str:
    if isinstance(reply.body, dict) and reply.body.get("errors"):
        return _first_problem(reply.body["errors"]).message
    return reply.message
