"""Opening a run, finding it again, closing it."""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Count

from projects.data_version import raise_data_version
from projects.models import Repository
from sources.importers.github.access import Access
from sources.importers.github.reasons import NO_TOKEN, Why
from sources.models import FetchState, MetricsRun, RepositoryFetch, RunKind, RunStatus

logger = logging.getLogger(__name__)

BATCH = 2000
# The fate of every repository is kept for a quarter of a year; the counts of a run for ever.
FETCHES_KEPT = timedelta(days=92)
# After a run that failed as a whole, e.g. in an outage, the next one with the same access is opened not before this.
PAUSE_AFTER_FAILURE = timedelta(hours=1)

CLOSING = (
    "counts",
    "status",
    "finished_at",
    "due_at",
    "paused_until",
    "token_expires_at",
    "failed_access",
    "reason",
    "reason_details",
    "message",
)


def open_run(
    *, kind: RunKind, repositories: Iterable[int], now: datetime, is_partial: bool = False
) -> tuple[MetricsRun, bool]:
    """Return the open run of this kind with these repositories in it, and whether it is new; one transaction.

    A run that is open already is joined: what it has measured stays measured.
    """
    with transaction.atomic():
        ensure_partitions(now.year)
        run, is_new = MetricsRun.objects.get_or_create(
            kind=kind,
            status=RunStatus.RUNNING,
            defaults={"day": now.date(), "started_at": now, "due_at": now, "is_partial": is_partial},
        )
        if run.is_partial and not is_partial:
            run.is_partial = False
            run.save(update_fields=["is_partial"])
        rows = (RepositoryFetch(run=run, repository_id=pk) for pk in repositories)
        RepositoryFetch.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    return run, is_new


def ensure_partitions(year: int) -> None:
    """Make the partitions of snapshots for ``year`` and the next one if they are missing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT metrics_ensure_partition(%s), metrics_ensure_partition(%s)", [year, year + 1])


def nightly_repositories() -> list[int]:
    """Return the repositories that some card names and GitHub can be asked about, each once."""
    return list(Repository.objects.on_github().current().order_by("pk").values_list("pk", flat=True))


def is_nightly_due(access: Access, *, now: datetime, is_hour_over: bool) -> bool:
    """Tell whether today's whole reading is yet to be begun.

    The first one ever does not wait for its hour; one that failed as a whole is tried again after a while, with
    another token or address at once.
    """
    whole = MetricsRun.objects.filter(kind=RunKind.NIGHTLY, is_partial=False)
    latest = whole.order_by("-started_at", "-pk").first()
    if latest is None:
        return True
    if latest.status == RunStatus.RUNNING:
        return False
    if latest.status == RunStatus.FAILED and latest.finished_at is not None:
        return access.digest != latest.failed_access or now >= latest.finished_at + PAUSE_AFTER_FAILURE
    return is_hour_over and latest.day < now.date()


def fail_run(run: MetricsRun, access: Access | None, *, now: datetime, why: Why) -> None:
    """Close a run that cannot go on with this access, or for want of one."""
    run.failed_access = access.digest if access else ""
    close_run(run, now=now, status=RunStatus.FAILED, why=why)


def close_run(run: MetricsRun, *, now: datetime, status: RunStatus = RunStatus.DONE, why: Why | None = None) -> None:
    """Store the run's counts; what still waits is recorded as not asked. The data version moves once."""
    if why is not None:
        why.note(run)
    with transaction.atomic():
        run.fetches.filter(state=FetchState.PENDING).update(
            state=FetchState.PROBLEM,
            problem="not_asked",
            message=run.message[:500],
            finished_at=now,
            claimed_until=None,
        )
        run.counts = run.counts | counts_of(run)
        run.status, run.finished_at, run.due_at, run.paused_until = status, now, None, None
        run.save(update_fields=CLOSING)
        if run.kind == RunKind.NIGHTLY:
            RepositoryFetch.objects.filter(run__finished_at__lt=now - FETCHES_KEPT).delete()
        raise_data_version()
    logger.info("Metrics run %s closed: %s", run.pk, run.counts)


def counts_of(run: MetricsRun) -> dict[str, int]:
    """Return how many repositories the run has, how many are measured, and how many met each problem; one query."""
    rows = run.fetches.order_by().values_list("state", "problem").annotate(n=Count("pk"))
    counts = {"repositories": 0, "measured": 0}
    for state, problem, n in rows:
        counts["repositories"] += n
        name = problem if state == FetchState.PROBLEM else str(state)
        counts[name] = counts.get(name, 0) + n
    return counts


def close_without_token(*, now: datetime) -> None:
    """Close what is open when the token has been taken away."""
    for run in MetricsRun.objects.filter(status=RunStatus.RUNNING):
        fail_run(run, None, now=now, why=NO_TOKEN)
