"""What a run keeps of why it ended, or of what its operator should know."""

from dataclasses import dataclass, field

from django.utils.translation import override

from sources.clients.github import ApiAddressError, TokenRefusedError, TokenUnusableError
from sources.importers.github.errors import GithubSilentError
from sources.models import MetricsRun, RunReason

# What keeps a connection from being made at all.
UNUSABLE = (TokenUnusableError, ApiAddressError)
# What ends a run: the token, the address or the network is to blame, not a repository.
ENDINGS = (TokenRefusedError, ApiAddressError, GithubSilentError)
_OF_ERROR = {
    TokenUnusableError: RunReason.TOKEN_UNUSABLE,
    TokenRefusedError: RunReason.TOKEN_REFUSED,
    ApiAddressError: RunReason.WRONG_ADDRESS,
    GithubSilentError: RunReason.SILENT,
}


@dataclass(frozen=True)
class Why:
    """A reason, and what its sentence says besides."""

    reason: RunReason
    details: dict[str, str] = field(default_factory=dict)

    def note(self, run: MetricsRun) -> None:
        """Set the reason of a run, and its sentence in English; the caller saves."""
        run.reason, run.reason_details = self.reason, self.details
        with override("en"):
            run.message = run.sentence


NO_TOKEN = Why(RunReason.NO_TOKEN)


def why_ended(error: TokenUnusableError | TokenRefusedError | ApiAddressError | GithubSilentError) -> Why:
    """Return what an error of ``UNUSABLE`` or ``ENDINGS`` says of the run that it ends."""
    said = error.said if isinstance(error, TokenRefusedError | GithubSilentError) else str(error)
    return Why(_OF_ERROR[type(error)], {"said": said.rstrip(".")})
