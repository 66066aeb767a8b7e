"""What one request found out about one repository of a run."""

from dataclasses import dataclass
from datetime import datetime

from metrics.models import SnapshotMethod
from projects.models import Repository
from sources.clients.github import ProblemKind, RepositoryAnswer, RepositoryProblem
from sources.importers.github.claims import MOST_ATTEMPTS
from sources.models import RepositoryFetch

# A figure missing for a passing reason is asked for as often as a repository; without a stated one, not: some never come.
MOST_GAP_ATTEMPTS = 3


@dataclass
class Finding:
    """An answer or a problem; ``is_unasked`` if neither came, e.g. because a limit was met first."""

    fetch: RepositoryFetch
    answer: RepositoryAnswer | None = None
    problem: RepositoryProblem | None = None
    method: SnapshotMethod = SnapshotMethod.GRAPHQL
    is_unasked: bool = False
    # Until when an unasked one is to be left alone; None: it may be asked at once.
    waits_until: datetime | None = None
    # What was asked for is no ``RepositoryAnswer``, and it came.
    is_settled: bool = False

    @property
    def repository(self) -> Repository:
        """The repository, loaded with its fetch."""
        return self.fetch.repository

    @property
    def is_asked_again(self) -> bool:
        """Whether asking again later in this run may help."""
        if self.problem is not None:
            is_limit = self.problem.kind == ProblemKind.RATE_LIMITED
            return is_limit or (self.problem.is_transient and self.fetch.attempts < MOST_ATTEMPTS)
        if self.answer is not None:
            return self.fetch.attempts < _most_attempts(self.answer)
        return not self.is_settled

    def take(self, found: RepositoryAnswer | RepositoryProblem) -> None:
        """Replace what was found."""
        if isinstance(found, RepositoryProblem):
            self.answer, self.problem = None, found
        else:
            self.answer, self.problem = found, None

    def forget(self, *, until: datetime | None = None) -> None:
        """Leave the repository for a later request, not before ``until``, as if it had not been asked."""
        self.answer, self.problem, self.is_unasked = None, None, True
        self.waits_until = until


def _most_attempts(answer: RepositoryAnswer) -> int:
    """Return how often to ask for an answer's missing figures; 0 if none may still come."""
    gaps = [gap for gap in answer.missing.values() if gap.is_transient]
    if not gaps:
        return 0
    return MOST_ATTEMPTS if any(gap.is_stated for gap in gaps) else MOST_GAP_ATTEMPTS
