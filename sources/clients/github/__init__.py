"""GitHub's API: figures of repositories by GraphQL, contributors and star history by REST."""

from sources.clients.github.addresses import PUBLIC_API_URL
from sources.clients.github.answers import Batch, FullName, LanguageSize, LatestRelease, RepositoryAnswer
from sources.clients.github.batch_size import BatchSize
from sources.clients.github.client import GithubClient
from sources.clients.github.contributors import ContributorCount
from sources.clients.github.errors import (
    ApiAddressError,
    GithubError,
    NoAnswerError,
    RateLimitedError,
    TokenRefusedError,
    TokenUnusableError,
)
from sources.clients.github.limiter import Limiter, ProcessLimiter
from sources.clients.github.limits import Pause, PauseKind, RateLimits, Resource, lengthened, pause_when_spent
from sources.clients.github.lookups import RepositoryIdentity
from sources.clients.github.problems import ProblemKind, RepositoryProblem
from sources.clients.github.star_history import StarHistoryPage, WeekOfStars

__all__ = [
    "PUBLIC_API_URL",
    "ApiAddressError",
    "Batch",
    "BatchSize",
    "ContributorCount",
    "FullName",
    "GithubClient",
    "GithubError",
    "LanguageSize",
    "LatestRelease",
    "Limiter",
    "NoAnswerError",
    "Pause",
    "PauseKind",
    "ProblemKind",
    "ProcessLimiter",
    "RateLimitedError",
    "RateLimits",
    "RepositoryAnswer",
    "RepositoryIdentity",
    "RepositoryProblem",
    "Resource",
    "StarHistoryPage",
    "TokenRefusedError",
    "TokenUnusableError",
    "WeekOfStars",
    "lengthened",
    "pause_when_spent",
]
