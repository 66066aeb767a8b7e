"""The log of measuring as pages and programs read it."""

from collections import Counter
from collections.abc import Collection

from django.db.models import Count, Max, QuerySet, Sum

from sources.models import FetchState, MetricsRun, RepositoryFetch


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
