"""Whether the figures lack what a run has measured since they were computed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from metrics.indicators.recompute import recompute
from sources.models import MetricsRun, RunKind, RunStatus

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet


def day_to_compute() -> date | None:
    """Return the newest day of a nightly run if a run of any kind has closed that no figure knows of; two queries."""
    if not _unknown_runs().exists():
        return None
    nightly = MetricsRun.objects.filter(kind=RunKind.NIGHTLY, status=RunStatus.DONE)
    return nightly.order_by("-day").values_list("day", flat=True).first()


def compute_figures(day: date) -> None:
    """Compute the figures of a day, and note the runs that they know of; killed in between, it is done again."""
    runs = list(_unknown_runs().values_list("pk", flat=True))
    recompute(day)
    MetricsRun.objects.filter(pk__in=runs).update(is_computed=True)


def _unknown_runs() -> QuerySet[MetricsRun]:
    return MetricsRun.objects.filter(status=RunStatus.DONE, is_computed=False)
