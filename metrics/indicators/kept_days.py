"""Which days' figures are kept: every one for a month, then the last of each month."""

from datetime import date, timedelta

from django.db.backends.utils import CursorWrapper

from metrics.indicators.confidence import WINDOW_DAYS
from metrics.models import Indicator, Metric

KEPT_DAYS = 30


def drop_old_days(cursor: CursorWrapper, *, computed: date) -> list[date]:
    """Delete the figures of days over 30 days older than the newest, but for the last computed day of each month.

    The day computed just now is kept too, however old. Returns the days dropped.
    """
    days = computed_days(cursor)
    month_ends = {(day.year, day.month): day for day in days}
    oldest = max(days, default=computed) - timedelta(days=KEPT_DAYS)
    dropped = [day for day in days if day < oldest and day != computed and day not in month_ends.values()]
    for day in dropped:
        Indicator.objects.on(day).delete()
    return dropped


def computed_days(cursor: CursorWrapper) -> list[date]:
    """Return the days that figures are stored for, oldest first."""
    cursor.execute(_COMPUTED_DAYS, {"metric": Metric.CONFIDENCE, "window_days": WINDOW_DAYS})
    return [day for (day,) in cursor.fetchall()]


# Each step finds the next day in the index; DISTINCT would read every row. Confidence is never left out.
_COMPUTED_DAYS = """
WITH RECURSIVE computed AS (
    SELECT min(day) AS day FROM metrics_indicator WHERE metric = %(metric)s AND window_days = %(window_days)s
    UNION ALL
    SELECT (
        SELECT min(next.day) FROM metrics_indicator next
        WHERE next.metric = %(metric)s AND next.window_days = %(window_days)s AND next.day > computed.day
    )
    FROM computed WHERE computed.day IS NOT NULL
)
SELECT day FROM computed WHERE day IS NOT NULL ORDER BY day
"""
