"""Which run is due: nightly counts by the hour; contributors and star history after them, in what budget is left."""

from datetime import datetime

from django.db.models import Q

from sources.importers.github.access import Access
from sources.importers.github.runs import is_nightly_due, nightly_repositories, open_run
from sources.importers.github.slow_counts import repositories_to_count
from sources.importers.github.star_weeks import repositories_to_read
from sources.models import MetricsRun, RunKind, RunStatus


def open_due_run(access: Access, *, now: datetime, is_hour_over: bool) -> MetricsRun | None:
    """Open the run that is due, None if none is or one is open; at most one of a slow kind a day."""
    if MetricsRun.objects.filter(status=RunStatus.RUNNING).exists():
        return None
    if is_nightly_due(access, now=now, is_hour_over=is_hour_over):
        return _opened(RunKind.NIGHTLY, nightly_repositories(), now)
    if not MetricsRun.objects.filter(kind=RunKind.NIGHTLY, status=RunStatus.DONE, day=now.date()).exists():
        return None
    # What failed with another token or address is as if it had not begun.
    failed_otherwise = Q(status=RunStatus.FAILED) & ~Q(failed_access=access.digest)
    begun = set(MetricsRun.objects.filter(day=now.date()).exclude(failed_otherwise).values_list("kind", flat=True))
    for kind, choose in ((RunKind.CONTRIBUTORS, repositories_to_count), (RunKind.STARS, repositories_to_read)):
        if kind not in begun:
            run = _opened(kind, choose(now=now, most=access.nightly_rest_requests), now)
            if run is not None:
                return run
    return None


def is_budget_spent(run: MetricsRun, access: Access) -> bool:
    """Tell whether a slow run has had its night's share; what is left comes first the next night."""
    return run.kind != RunKind.NIGHTLY and run.requests >= access.nightly_rest_requests


def _opened(kind: RunKind, repositories: list[int], now: datetime) -> MetricsRun | None:
    if not repositories:
        return None
    run, _ = open_run(kind=kind, repositories=repositories, now=now)
    return run
