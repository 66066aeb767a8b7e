"""The log of measuring as pages and programs read it."""

from collections import Counter
from collections.abc import Collection, Mapping

from django.db.models import Count, Max, QuerySet, Sum

from sources.models import FetchState, MetricsRun, RepositoryFetch, RunKind


def metrics_runs() -> QuerySet[MetricsRun]:
    """Return every run, newest first."""
    return MetricsRun.objects.order_by("-started_at", "-pk")


def counts_so_far(run_ids: Collection[int]) -> dict[int, dict[str, int]]:
    """Return, for open runs, what a closed one keeps in its ``counts``, with "pending" for what waits; one query."""
    rows = RepositoryFetch.objects.filter(run__in=run_ids).order_by().values_list("run", "state", "problem")
    counts = {run: Counter(repositories=0, measured=0) for run in run_ids}
    for run, state, problem, number in rows.annotate(number=Count("pk")):
        counts[run]["repositories"] += number
        counts[run][problem if state == FetchState.PROBLEM else str(state)] += number
    return {run: dict(counter) for run, counter in counts.items()}


def log_version() -> str:
    """Return a text that changes with every step of a run; one query."""
    state = MetricsRun.objects.aggregate(
        newest=Max("pk"), closed_at=Max("finished_at"), requests=Sum("requests"), steps=Sum("step")
    )
    return "/".join(str(value) for value in state.values())


def newest_runs() -> list[MetricsRun]:
    """Return the newest run of each kind, open or closed; one query."""
    return list(MetricsRun.objects.order_by("kind", "-started_at", "-pk").distinct("kind"))


def last_closed_runs() -> list[MetricsRun]:
    """Return the last closed run of each kind that was of every repository; one query."""
    closed = MetricsRun.objects.filter(finished_at__isnull=False, is_partial=False)
    return list(closed.order_by("kind", "-finished_at", "-pk").distinct("kind"))


def last_nightly_run() -> MetricsRun | None:
    """Return the last closed reading of every repository; one query."""
    closed = MetricsRun.objects.filter(kind=RunKind.NIGHTLY, finished_at__isnull=False, is_partial=False)
    return closed.order_by("-finished_at", "-pk").first()


def runs_by_status() -> dict[tuple[str, str], int]:
    """Count all runs by kind and status; one query."""
    rows = MetricsRun.objects.order_by().values_list("kind", "status").annotate(number=Count("pk"))
    return {(kind, status): number for kind, status, number in rows}


def coverage(counts: Mapping[str, int]) -> float | None:
    """Return the share of a run's repositories that are measured, 0 to 1; None of none."""
    repositories = counts.get("repositories", 0)
    return counts.get("measured", 0) / repositories if repositories else None
