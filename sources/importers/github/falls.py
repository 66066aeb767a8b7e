"""Falls too large and sudden to be believed at once."""

from metrics.models import RepositorySnapshot
from sources.clients.github import RepositoryAnswer
from sources.importers.github.snapshots import COUNTS

# Batches have come back with smaller counts and no error: github_api.md §3, "silent shrinking".
LEAST_COUNT = 50
LARGEST_BELIEVED_FALL = 0.2
# A count over moving 30 days may well halve.
LARGEST_BELIEVED_FALL_OF_COMMITS = 0.5
# What leaves the open ones turns up among these; a fall that they make good for half at least is closing.
CLOSED_INTO = {
    "open_issues": ("closed_issues",),
    "open_pull_requests": ("merged_pull_requests", "closed_pull_requests"),
}


def unbelieved_falls(
    answer: RepositoryAnswer, former: RepositorySnapshot | None, *, least_count: int = LEAST_COUNT
) -> list[str]:
    """Return the counts that fell by more than a fifth (commits: a half) of more than ``least_count`` since ``former``."""
    if former is None:
        return []
    return [
        name for name in COUNTS if _is_fall(name, answer, former, least_count) and not _is_closing(name, answer, former)
    ]


def _is_fall(name: str, answer: RepositoryAnswer, former: RepositorySnapshot, least_count: int) -> bool:
    before, now = getattr(former, name), getattr(answer, name)
    if before is None or now is None or before <= least_count:
        return False
    believed = LARGEST_BELIEVED_FALL_OF_COMMITS if name == "commits_30d" else LARGEST_BELIEVED_FALL
    return bool((before - now) / before > believed)


def _is_closing(name: str, answer: RepositoryAnswer, former: RepositorySnapshot) -> bool:
    fall = (getattr(former, name) or 0) - (getattr(answer, name) or 0)
    closed = sum((getattr(answer, into) or 0) - (getattr(former, into) or 0) for into in CLOSED_INTO.get(name, ()))
    return name in CLOSED_INTO and closed * 2 >= fall
