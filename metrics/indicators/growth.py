"""Growth over windows and the ROSS growth: the formulas of the same names over sets."""

from datetime import date
from typing import Any

from django.db.backends.utils import CursorWrapper

from metrics.formulas import ross_growth
from metrics.formulas.growth import GROWTH_VERSION
from metrics.models import Metric

SERIES = {Metric.STAR_GROWTH: "stars", Metric.CONTRIBUTOR_GROWTH: "contributors"}
QUARTER_MONTHS = 3


def store_growth(cursor: CursorWrapper, day: date) -> None:
    """Store the growth of stars and contributors over each window."""
    for metric, series in SERIES.items():
        parameters: dict[str, Any] = {"metric": metric, "series": series, "day": day, "version": GROWTH_VERSION}
        cursor.execute(_GROWTH, parameters)


def store_ross_growth(cursor: CursorWrapper, day: date) -> None:
    """Store the ROSS growth of the quarter so far."""
    cursor.execute(
        _ROSS,
        {
            "metric": Metric.ROSS_GROWTH,
            "day": day,
            "first_on": quarter_start(day),
            "window_days": ross_growth.WINDOW_DAYS,
            "floor": ross_growth.FLOOR,
            "version": ross_growth.VERSION,
        },
    )


def quarter_start(day: date) -> date:
    """Return the first day of the quarter that ``day`` lies in."""
    return date(day.year, (day.month - 1) // QUARTER_MONTHS * QUARTER_MONTHS + 1, 1)


_GROWTH = """
INSERT INTO metrics_indicator (item_id, metric, window_days, day, value, n, refusal, details, version)
WITH judged AS (
    SELECT *, CASE WHEN refusal = '' AND start_value = 0 THEN 'below_floor' ELSE refusal END AS verdict
    FROM span WHERE series = %(series)s
)
SELECT item_id, %(metric)s, window_days, %(day)s,
    CASE WHEN verdict = '' THEN end_value::float8 / start_value - 1 END,
    CASE WHEN refusal = '' THEN points ELSE known END, verdict,
    CASE WHEN refusal = ''
        THEN jsonb_build_object('start_on', start_on, 'end_on', end_on, 'start', start_value, 'end', end_value)
        ELSE '{}'
    END,
    %(version)s
FROM judged
"""

_ROSS = """
INSERT INTO metrics_indicator (item_id, metric, window_days, day, value, n, refusal, details, version)
WITH item AS (
    SELECT DISTINCT item_id FROM counted
), finish AS (
    SELECT item_id, day, stars FROM item_day WHERE day >= %(first_on)s AND stars IS NOT NULL
), measured AS (
    SELECT DISTINCT item_id FROM finish
), quarter AS (
    SELECT finish.item_id, finish.day AS end_on, finish.stars,
        finish.stars::float8 / greatest(start.stars, %(floor)s) AS growth,
        EXISTS (
            SELECT FROM item_break broken
            WHERE broken.item_id = finish.item_id AND broken.count = 'stars'
                AND broken.day > start.day AND broken.day <= finish.day
        ) AS is_broken
    FROM finish
    JOIN item_day start ON start.item_id = finish.item_id AND start.day = finish.day - %(window_days)s
    WHERE start.stars IS NOT NULL
), found AS (
    SELECT item_id, count(*) AS windows, count(*) FILTER (WHERE NOT is_broken) AS whole,
        count(*) FILTER (WHERE NOT is_broken AND stars >= %(floor)s) AS counting
    FROM quarter GROUP BY item_id
), best AS (
    SELECT DISTINCT ON (item_id) item_id, growth, end_on
    FROM quarter WHERE NOT is_broken AND stars >= %(floor)s
    ORDER BY item_id, growth DESC, end_on
), judged AS (
    SELECT item.item_id, best.growth, best.end_on, coalesce(windows, 0) AS windows, whole, counting,
        CASE
            WHEN measured.item_id IS NULL THEN 'not_measured'
            WHEN found.item_id IS NULL THEN 'too_short'
            WHEN whole = 0 THEN 'series_break'
            WHEN counting = 0 THEN 'below_floor'
            ELSE ''
        END AS refusal
    FROM item
    LEFT JOIN measured USING (item_id)
    LEFT JOIN found USING (item_id)
    LEFT JOIN best USING (item_id)
)
SELECT item_id, %(metric)s, %(window_days)s, %(day)s, growth,
    CASE refusal WHEN '' THEN counting WHEN 'below_floor' THEN whole ELSE windows END, refusal,
    CASE WHEN refusal = ''
        THEN jsonb_build_object('start_on', end_on - %(window_days)s, 'end_on', end_on) ELSE '{}'
    END,
    %(version)s
FROM judged
"""
