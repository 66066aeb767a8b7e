"""How GitHub is reached, and the connection that one step of a run speaks through."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.crypto import salted_hmac

from sources.clients.github import PUBLIC_API_URL, GithubClient
from sources.importers.github.shared_limiter import SharedLimiter, identity_of

Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Access:
    """What the operator configured: ``budget_left`` points an hour stay for others with the same token.

    ``nightly_rest_requests`` is what contributor counts and star history may each cost a night.
    """

    token: str = field(repr=False)
    api_url: str = PUBLIC_API_URL
    budget_left: int = 0
    nightly_rest_requests: int = 2000

    @property
    def digest(self) -> str:
        """Tell one access from another, in 64 letters, without giving the token away."""
        return salted_hmac("github access", f"{self.api_url}\n{self.token}", algorithm="sha256").hexdigest()


@dataclass
class Github:
    """An open connection with the limits it keeps to and the clock it goes by; ``points`` counts what it spent."""

    client: GithubClient
    limiter: SharedLimiter
    clock: Clock
    access: Access
    points: int = 0


@contextmanager
def connected(access: Access, *, clock: Clock, sleep: Callable[[float], None] = time.sleep) -> Iterator[Github]:
    """Give a connection; raises ``TokenUnusableError`` and ``ApiAddressError``."""
    identity = identity_of(token=access.token, api_url=access.api_url)
    limiter = SharedLimiter(identity=identity, reserve=access.budget_left, clock=clock, sleep=sleep)
    with GithubClient(token=access.token, api_url=access.api_url, limiter=limiter, clock=clock, sleep=sleep) as client:
        yield Github(client, limiter, clock, access)
