"""Figures whose formulas need a series as a whole: one query loads the arrays of all items, thinned to weeks."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.backends.utils import CursorWrapper

from metrics.formulas import robust_growth
from metrics.formulas.burstiness import burst_share, burstiness
from metrics.formulas.results import Value
from metrics.indicators.rows import Figure, copy_figures
from metrics.models import Metric

WEEK_DAYS = 7
# A year of whole weeks.
WEEKS = 52


def store_robust_growth(cursor: CursorWrapper, day: date) -> None:
    """Store the robust growth of stars a year."""
    copy_figures(cursor, day, list(_robust_growths(cursor, day)))


def store_burstiness(cursor: CursorWrapper, day: date) -> None:
    """Store the burstiness of the stars added in the last 52 whole weeks, GitHub's own from Sunday on.

    A week is known if each repository that was there has been read after it ended.
    """
    copy_figures(cursor, day, list(_burstinesses(cursor, day)))


def last_whole_week(day: date) -> date:
    """Return the Sunday that began the last week which was over by ``day``."""
    newest = day - timedelta(days=WEEK_DAYS)
    return newest - timedelta(days=newest.isoweekday() % WEEK_DAYS)


def _robust_growths(cursor: CursorWrapper, day: date) -> Iterator[Figure]:
    parameters: dict[str, Any] = {
        "day": day,
        "points": robust_growth.POINTS,
        "tolerance": robust_growth.WEEKLY_TOLERANCE_DAYS,
    }
    cursor.execute(_WEEKLY_STARS, parameters)
    for item_id, days, stars, breaks in cursor.fetchall():
        points = list(zip(days, stars, strict=True))
        yield Figure(item_id, Metric.ROBUST_GROWTH, robust_growth.robust_growth(points, as_of=day, breaks=breaks))


def _burstinesses(cursor: CursorWrapper, day: date) -> Iterator[Figure]:
    last_on = last_whole_week(day)
    cursor.execute(_STAR_WEEKS, {"first_on": last_on - timedelta(weeks=WEEKS - 1), "last_on": last_on})
    for item_id, amounts in cursor.fetchall():
        result = burstiness(amounts, period_days=WEEK_DAYS)
        share = burst_share(amounts, period_days=WEEK_DAYS)
        details: dict[str, Any] = {"end_on": (last_on + timedelta(days=WEEK_DAYS - 1)).isoformat()}
        if isinstance(share, Value):
            details["largest_share"] = share.value
        yield Figure(item_id, Metric.BURSTINESS, result, details)


# For each week counted back from the day its newest point of the last 3 days; and the newest point of all, which
# tells a series that ended.
_WEEKLY_STARS = """
WITH weekly AS (
    SELECT DISTINCT ON (item_id, week) item_id, (%(day)s - day) / 7 AS week, day, stars
    FROM item_day
    WHERE stars IS NOT NULL AND mod(%(day)s - day, 7) <= %(tolerance)s AND (%(day)s - day) / 7 < %(points)s
    ORDER BY item_id, week, day DESC
), newest AS (
    SELECT item_id, max(day) AS day FROM item_day WHERE stars IS NOT NULL GROUP BY item_id
), kept AS (
    SELECT item_id, day, stars FROM weekly
    UNION
    SELECT item_id, day, stars FROM newest JOIN item_day USING (item_id, day)
)
SELECT item.item_id, coalesce(array_agg(day ORDER BY day) FILTER (WHERE day IS NOT NULL), '{}'),
    coalesce(array_agg(stars ORDER BY day) FILTER (WHERE day IS NOT NULL), '{}'),
    coalesce((SELECT array_agg(broken.day) FROM item_break broken
        WHERE broken.item_id = item.item_id AND broken.count = 'stars'), '{}')
FROM (SELECT DISTINCT item_id FROM counted) item LEFT JOIN kept USING (item_id)
GROUP BY item.item_id
"""

_STAR_WEEKS = """
WITH week AS (
    SELECT generate_series(%(first_on)s::date, %(last_on)s, interval '7 days')::date AS week_on
), wanted AS (
    SELECT item_id, repository_id, week_on
    FROM counted CROSS JOIN week
    WHERE coalesce(created_on < week_on + 7, true)
), added AS (
    SELECT wanted.item_id, wanted.week_on,
        CASE WHEN count(star_week.total) = count(*) THEN sum(star_week.total)::bigint END AS total
    FROM wanted
    LEFT JOIN metrics_starweek star_week ON star_week.repository_id = wanted.repository_id
        AND star_week.week_on = wanted.week_on
        AND (star_week.observed_at AT TIME ZONE 'UTC')::date >= wanted.week_on + 7
    GROUP BY wanted.item_id, wanted.week_on
)
SELECT item.item_id, array_agg(added.total ORDER BY week.week_on)
FROM (SELECT DISTINCT item_id FROM counted) item
CROSS JOIN week
LEFT JOIN added USING (item_id, week_on)
GROUP BY item.item_id
"""
