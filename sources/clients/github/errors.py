"""What stops a conversation with GitHub; what concerns one repository is a ``RepositoryProblem`` instead."""

from sources.clients.github.limits import Pause


class GithubError(Exception):
    """The root of everything that the GitHub client raises; no message holds the token."""


class ApiAddressError(GithubError):
    """The configured address is none of GitHub's API."""


class TokenUnusableError(GithubError):
    """There is no token, or it has characters that no token has."""


class TokenRefusedError(GithubError):
    """GitHub does not accept the token and ``said`` why; asking again with it is no use."""

    def __init__(self, said: str) -> None:
        self.said = said
        super().__init__(f"GitHub does not accept the token: {said.rstrip('.')}.")


class RateLimitedError(GithubError):
    """Nothing may be sent before ``pause.until``."""

    def __init__(self, pause: Pause) -> None:
        self.pause = pause
        super().__init__(
            f"GitHub's {pause.kind} rate limit is reached; nothing is sent before {pause.until:%H:%M:%S} UTC."
        )


class NoAnswerError(GithubError):
    """The server did not answer: the connection failed, or was lost again and again."""


class AnswerTimeoutError(NoAnswerError):
    """The server took longer than is waited for."""
