"""One day's figures of all items, computed anew in one transaction."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import Count

from metrics.indicators.activity import store_closing, store_commits
from metrics.indicators.breaks import lay_out_breaks
from metrics.indicators.confidence import store_confidence
from metrics.indicators.counts import store_counts, store_recencies
from metrics.indicators.daily_series import lay_out
from metrics.indicators.growth import store_growth, store_ross_growth
from metrics.indicators.kept_days import drop_old_days
from metrics.indicators.maintainers import store_concentrations
from metrics.indicators.series_arrays import store_burstiness, store_robust_growth
from metrics.indicators.spans import lay_out_spans
from metrics.indicators.standing import store_percentiles
from metrics.models import Indicator

# Two recomputations at a time would write the same rows.
LOCK = 0x7374_7261_7461_6E64

# Percentiles read the figures stored before them.
STEPS: tuple[Callable[[CursorWrapper, date], None], ...] = (
    store_counts,
    store_growth,
    store_ross_growth,
    store_robust_growth,
    store_burstiness,
    store_commits,
    store_closing,
    store_recencies,
    store_concentrations,
    store_confidence,
    store_percentiles,
)


@dataclass(frozen=True, slots=True)
class IndicatorCounts:
    """What a recomputation stored: items with repositories, figures given and refused, and the days it dropped."""

    items: int
    values: int
    refusals: int
    dropped_days: int


def recompute(day: date) -> IndicatorCounts:
    """Replace the figures of ``day`` (UTC) for every item that names a repository on GitHub, and drop old days.

    All in one transaction, so the data version rises once, and readers see one day's figures or the other's. Items
    without such a repository have no rows (but for those whose maintainers are published).
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        # Each statement runs once: compiling it would cost more than it gains.
        cursor.execute("SET LOCAL jit = off")
        items = lay_out(cursor, day)
        lay_out_breaks(cursor, day)
        lay_out_spans(cursor, day)
        Indicator.objects.on(day).delete()
        for store in STEPS:
            store(cursor, day)
        dropped = drop_old_days(cursor, computed=day)
        cursor.execute("DROP TABLE counted, leading_repository, item_day, item_break, span")
        # The first figures are read at once, not after the next visit of autovacuum.
        cursor.execute("ANALYZE metrics_indicator")
        found = Indicator.objects.on(day).aggregate(rows=Count("pk"), values=Count("value"))
    return IndicatorCounts(items, found["values"], found["rows"] - found["values"], len(dropped))
