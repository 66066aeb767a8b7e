"""What GitHub says of one repository, and the answer to one batch."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, NamedTuple, TypeVar

from sources.clients.github.limits import Pause, RateLimits
from sources.clients.github.problems import TOO_HEAVY, RepositoryProblem

# What GitHub calls a licence it does not recognise; the empty text is no licence at all.
UNRECOGNISED_LICENSE = "NOASSERTION"

Key = TypeVar("Key", bound=Hashable)
Answer = TypeVar("Answer")


class FullName(NamedTuple):
    """A repository's name, whose case GitHub ignores."""

    owner: str
    name: str

    def __str__(self) -> str:
        return f"{self.owner}/{self.name}"


@dataclass(frozen=True)
class LatestRelease:
    """The newest release that is neither a draft nor a prerelease."""

    tag: str
    published_at: datetime | None


@dataclass(frozen=True)
class LanguageSize:
    """How much of a repository is in one language."""

    name: str
    size_bytes: int


@dataclass(frozen=True)
class RepositoryAnswer:
    """All figures of the core query; what GitHub did not give is None, with its reason in ``missing`` by field name.

    Instants are UTC. ``license_spdx`` is "" without a licence and "NOASSERTION" for an unrecognised one,
    ``latest_release`` None without a reason is no release, ``commits_30d`` counts commits on the default
    branch over the 30 days before the asked day's midnight, ``size_kb`` and ``pushed_at`` may be None.
    """

    node_id: str
    database_id: int | None
    full_name: str
    url: str
    observed_at: datetime
    created_at: datetime | None
    pushed_at: datetime | None
    updated_at: datetime | None
    archived_at: datetime | None
    is_archived: bool | None
    is_disabled: bool | None
    is_empty: bool | None
    is_fork: bool | None
    is_private: bool | None
    size_kb: int | None
    stars: int | None
    forks: int | None
    open_issues: int | None
    closed_issues: int | None
    open_pull_requests: int | None
    merged_pull_requests: int | None
    closed_pull_requests: int | None
    releases: int | None
    latest_release: LatestRelease | None
    license_spdx: str | None
    primary_language: str | None
    languages: tuple[LanguageSize, ...] | None
    topics: tuple[str, ...] | None
    default_branch: str | None
    head_committed_at: datetime | None
    commits_30d: int | None
    missing: Mapping[str, RepositoryProblem] = field(default_factory=dict)


@dataclass(frozen=True)
class Batch(Generic[Key, Answer]):
    """The answer to one batch: every key asked stands in ``answers`` or in ``problems``, never in both.

    ``cost``: points GitHub charged, None if it did not say. ``pause``: a limit refused the batch; send nothing until
    then. ``is_sent``: False if the limiter held the batch back. ``observed_at``: when the answer was there (UTC).
    """

    answers: Mapping[Key, Answer]
    problems: Mapping[Key, RepositoryProblem]
    observed_at: datetime
    cost: int | None = None
    limits: RateLimits | None = None
    pause: Pause | None = None
    is_sent: bool = True

    @property
    def is_too_heavy(self) -> bool:
        """Whether fewer repositories at a time may be answered: time or resources ran out for at least one."""
        gaps = (gap for answer in self.answers.values() for gap in getattr(answer, "missing", {}).values())
        return any(problem.kind in TOO_HEAVY for problem in (*self.problems.values(), *gaps))
