"""Whether the indicators still speak of an older day than the newest measurements."""

from datetime import date

from metrics.table_figures import figures_day
from sources.models import MetricsRun, RunKind, RunStatus


def day_to_compute() -> date | None:
    """Return the day of the newest closed nightly run if its indicators are not computed yet; two queries."""
    runs = MetricsRun.objects.filter(kind=RunKind.NIGHTLY, status=RunStatus.DONE)
    measured: date | None = runs.order_by("-day").values_list("day", flat=True).first()
    computed = figures_day()
    if measured is None or (computed is not None and computed >= measured):
        return None
    return measured
