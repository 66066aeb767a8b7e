"""Falls too large and sudden to be believed at once."""

from metrics.models import RepositorySnapshot
from sources.clients.github import RepositoryAnswer
from sources.importers.github.snapshots import COUNTS

# Batches have come back with smaller counts and no error: github_api.md §3, "silent shrinking".
LEAST_COUNT = 50
LARGEST_BELIEVED_FALL = 0.2
# A count over moving 30 days may well halve.
LARGEST_BELIEVED_FALL_OF_COMMITS = 0.5


def unbelieved_falls(answer: RepositoryAnswer, former: RepositorySnapshot | None) -> list[str]:
    """Return the counts that fell by more than a fifth (commits: a half) of more than 50 since the last snapshot."""
    if former is None:
        return []
    return [name for name in COUNTS if _is_unbelieved(name, getattr(former, name), getattr(answer, name))]


def _is_unbelieved(name: str, before: int | None, now: int | None) -> bool:
    if before is None or now is None or before <= LEAST_COUNT:
        return False
    believed = LARGEST_BELIEVED_FALL_OF_COMMITS if name == "commits_30d" else LARGEST_BELIEVED_FALL
    return (before - now) / before > believed
