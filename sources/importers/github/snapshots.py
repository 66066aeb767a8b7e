"""One snapshot a repository and UTC day, however often it is measured."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from metrics.models import RepositorySnapshot
from sources.clients.github import RepositoryAnswer
from sources.importers.github.findings import Finding

COUNTS = (
    "stars",
    "forks",
    "open_issues",
    "closed_issues",
    "open_pull_requests",
    "merged_pull_requests",
    "closed_pull_requests",
    "releases",
    "commits_30d",
)
# Counted by other requests, on a slower cadence.
SLOW_COUNTS = ("watchers", "contributors")
# A fall since an older snapshot is not sudden.
MEMORY = timedelta(days=35)

Snapshots = dict[int, RepositorySnapshot]


def latest_snapshots(repositories: Iterable[int], *, day: date) -> Snapshots:
    """Return each repository's newest snapshot up to ``day``, by repository; one query."""
    recent = RepositorySnapshot.objects.filter(
        repository_id__in=list(repositories), day__gte=day - MEMORY, day__lte=day
    )
    newest = recent.order_by("repository_id", "-day").distinct("repository_id")
    return {snapshot.repository_id: snapshot for snapshot in newest}


def store_snapshots(findings: Iterable[Finding], latest: Mapping[int, RepositorySnapshot], *, day: date) -> None:
    """Write the day's snapshots; a count that is unknown now does not displace one known earlier on the day."""
    rows = []
    for finding in findings:
        if finding.answer is not None:
            former = latest.get(finding.repository.pk)
            same_day = former if former is not None and former.day == day else None
            rows.append(_snapshot(finding, finding.answer, same_day, day))
    RepositorySnapshot.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["repository", "day"],
        update_fields=["observed_at", "method", *COUNTS, "missing"],
    )


def _snapshot(
    finding: Finding, answer: RepositoryAnswer, same_day: RepositorySnapshot | None, day: date
) -> RepositorySnapshot:
    counts = {name: _known(getattr(answer, name), getattr(same_day, name, None)) for name in COUNTS}
    reasons = {name: reason for name, reason in (same_day.missing if same_day else {}).items() if name in SLOW_COUNTS}
    for name, count in counts.items():
        if count is None:
            gap = answer.missing.get(name)
            reasons[name] = gap.kind.value if gap else "not_asked"
    return RepositorySnapshot(
        repository=finding.repository,
        day=day,
        observed_at=answer.observed_at,
        method=finding.method,
        missing=reasons,
        **counts,
    )


def _known(now: int | None, earlier: int | None) -> int | None:
    return earlier if now is None else now
