"""Why one repository was not answered."""

from dataclasses import dataclass
from enum import StrEnum


class ProblemKind(StrEnum):
    """What GitHub, or the way to it, said of one repository.

    ``NOT_FOUND`` means "gone" only after a REST look-up. ``EMPTY`` has no commits to count.
    """

    NOT_FOUND = "not_found"
    FORBIDDEN_SAML = "forbidden_saml"
    FORBIDDEN_POLICY = "forbidden_policy"
    FORBIDDEN = "forbidden"
    BLOCKED_DMCA = "blocked_dmca"
    BLOCKED_TOS = "blocked_tos"
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    QUERY_REFUSED = "query_refused"
    RATE_LIMITED = "rate_limited"
    TIMEOUT = "timeout"
    RESOURCE_LIMITS = "resource_limits"
    SERVER_ERROR = "server_error"
    UNREACHABLE = "unreachable"
    MALFORMED = "malformed"
    UNKNOWN = "unknown"


# Asking again later may help; a last good value stays until then.
TRANSIENT = frozenset(
    {
        ProblemKind.RATE_LIMITED,
        ProblemKind.TIMEOUT,
        ProblemKind.RESOURCE_LIMITS,
        ProblemKind.SERVER_ERROR,
        ProblemKind.UNREACHABLE,
        ProblemKind.MALFORMED,
        ProblemKind.UNKNOWN,
    }
)
# Asking for fewer at a time may help.
TOO_HEAVY = frozenset({ProblemKind.TIMEOUT, ProblemKind.RESOURCE_LIMITS})


@dataclass(frozen=True)
class RepositoryProblem:
    """One reason, with GitHub's own words; ``field`` names the figure that a refusal is about, if it is about one.

    ``is_stated``: False if something is missing and GitHub did not say why.
    """

    kind: ProblemKind
    message: str
    field: str = ""
    is_stated: bool = True

    @property
    def is_transient(self) -> bool:
        """Whether asking again later may help."""
        return self.kind in TRANSIENT
