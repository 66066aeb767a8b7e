"""Where an item stands among the listed items of its subcategory: ``percentiles.percentiles`` over sets."""

from datetime import date

from django.db.backends.utils import CursorWrapper

from metrics.formulas.growth import WINDOWS_DAYS
from metrics.formulas.percentiles import LEAST_PEERS, VERSION
from metrics.models import Metric


def store_percentiles(cursor: CursorWrapper, day: date) -> None:
    """Store the percentiles of stars and of each window's growth, from the figures of the day stored before."""
    ranked = [(Metric.STAR_PERCENTILE, Metric.STARS, 0)]
    ranked += [(Metric.GROWTH_PERCENTILE, Metric.STAR_GROWTH, window) for window in WINDOWS_DAYS]
    for metric, of, window_days in ranked:
        cursor.execute(
            _PERCENTILES,
            {
                "metric": metric,
                "of": of,
                "window_days": window_days,
                "day": day,
                "least": LEAST_PEERS,
                "version": VERSION,
            },
        )


_PERCENTILES = """
INSERT INTO metrics_indicator (item_id, metric, window_days, day, value, n, refusal, details, version)
WITH peer AS (
    SELECT indicator.item_id, indicator.value,
        count(indicator.value) OVER subcategory AS n,
        rank() OVER (PARTITION BY item.subcategory_id ORDER BY indicator.value) - 1 AS lower,
        count(*) OVER (PARTITION BY item.subcategory_id, indicator.value) AS equal
    FROM metrics_indicator indicator JOIN projects_item item ON item.id = indicator.item_id
    WHERE indicator.metric = %(of)s AND indicator.window_days = %(window_days)s AND indicator.day = %(day)s
        AND item.subcategory_id IS NOT NULL
    WINDOW subcategory AS (PARTITION BY item.subcategory_id)
), judged AS (
    SELECT peer.*,
        CASE WHEN value IS NULL THEN 'not_measured' WHEN n < %(least)s THEN 'too_few_peers' ELSE '' END AS refusal
    FROM peer
)
SELECT item_id, %(metric)s, %(window_days)s, %(day)s,
    CASE WHEN refusal = '' THEN 50 * (lower + lower + equal)::float8 / n END, n, refusal, '{}', %(version)s
FROM judged
"""
