"""Commits, and how far closing keeps up with opening: the formulas over sets."""

from datetime import date
from typing import Any

from django.db.backends.utils import CursorWrapper

from metrics.formulas.activity import TILE_DAYS
from metrics.formulas.activity import VERSION as COMMITS_VERSION
from metrics.formulas.closing import CLOSING_VERSION, MOST_LEFT_OUT
from metrics.formulas.series import FRESH_DAYS
from metrics.models import Metric

COMMIT_WINDOWS_DAYS = (30, 90, 360)
CLOSING = {Metric.ISSUE_CLOSING: "issues", Metric.PULL_REQUEST_CLOSING: "pull_requests"}


def store_commits(cursor: CursorWrapper, day: date) -> None:
    """Store the commits over each window: ``activity.commits`` over sets."""
    cursor.execute(
        _COMMITS,
        {
            "metric": Metric.COMMITS,
            "day": day,
            "windows": list(COMMIT_WINDOWS_DAYS),
            "tile_days": TILE_DAYS,
            "fresh_days": FRESH_DAYS,
            "version": COMMITS_VERSION,
        },
    )


def store_closing(cursor: CursorWrapper, day: date) -> None:
    """Store closed / opened of issues and of pull requests over each window: ``closing.closing_ratio`` over sets."""
    for metric, series in CLOSING.items():
        parameters: dict[str, Any] = {
            "metric": metric,
            "series": series,
            "day": day,
            "most_left_out": MOST_LEFT_OUT,
            "version": CLOSING_VERSION,
        }
        cursor.execute(_CLOSING.format(column=series, part=f"closed_{series}"), parameters)


# A day's count stands for the 30 days before it; ``age`` is how far the window's end lies before the day asked for.
_COMMITS = """
INSERT INTO metrics_indicator (item_id, metric, window_days, day, value, n, refusal, details, version)
WITH item AS (
    SELECT DISTINCT item_id FROM counted
), known AS (
    SELECT item_id, count(*) AS known, min(day) AS first_on, max(day) AS last_on
    FROM item_day WHERE commits IS NOT NULL GROUP BY item_id
), tile AS (
    SELECT item_id, mod(%(day)s - day, %(tile_days)s) AS age, (%(day)s - day) / %(tile_days)s AS tile, commits
    FROM item_day
    WHERE mod(%(day)s - day, %(tile_days)s) <= %(fresh_days)s AND commits IS NOT NULL
), added AS (
    SELECT item_id, window_days, age, sum(commits) AS commits
    FROM tile JOIN unnest(%(windows)s::integer[]) AS window_days ON tile < window_days / %(tile_days)s
    GROUP BY item_id, window_days, age
    HAVING count(*) = window_days / %(tile_days)s
), newest AS (
    SELECT DISTINCT ON (item_id, window_days) item_id, window_days, commits, %(day)s - age AS end_on
    FROM added ORDER BY item_id, window_days, age
), judged AS (
    SELECT item.item_id, window_days, coalesce(known, 0) AS known, newest.commits, newest.end_on,
        CASE
            WHEN newest.end_on IS NOT NULL THEN CASE WHEN EXISTS (
                SELECT FROM item_break broken
                WHERE broken.item_id = item.item_id AND broken.count = 'commits'
                    AND broken.day > newest.end_on - window_days AND broken.day <= newest.end_on
            ) THEN 'series_break' ELSE '' END
            WHEN known IS NULL THEN 'not_measured'
            WHEN last_on < %(day)s - %(fresh_days)s THEN 'stale'
            WHEN first_on > last_on - (window_days - %(tile_days)s) THEN 'too_short'
            ELSE 'too_few_points'
        END AS refusal
    FROM item
    CROSS JOIN unnest(%(windows)s::integer[]) AS window_days
    LEFT JOIN known USING (item_id)
    LEFT JOIN newest USING (item_id, window_days)
)
SELECT item_id, %(metric)s, window_days, %(day)s, CASE WHEN refusal = '' THEN commits END,
    CASE WHEN refusal = '' THEN window_days / %(tile_days)s ELSE known END, refusal,
    CASE WHEN refusal = ''
        THEN jsonb_build_object('start_on', end_on - window_days, 'end_on', end_on) ELSE '{}'
    END,
    %(version)s
FROM judged
"""

_CLOSING = """
INSERT INTO metrics_indicator (item_id, metric, window_days, day, value, n, refusal, details, version)
WITH step AS (
    SELECT item_id, lag(day) OVER item AS start_on, day AS end_on, {column} - lag({column}) OVER item AS rise,
        {part} - lag({part}) OVER item AS part_rise
    FROM item_day WHERE {column} IS NOT NULL
    WINDOW item AS (PARTITION BY item_id ORDER BY day)
), fall AS (
    SELECT * FROM step WHERE rise < 0
), fallen AS (
    SELECT item_id, window_days, sum(fall.end_on - fall.start_on) AS days, sum(rise) AS rise, sum(part_rise) AS part_rise
    FROM span JOIN fall USING (item_id)
    WHERE series = %(series)s AND fall.start_on >= span.start_on AND fall.end_on <= span.end_on
    GROUP BY item_id, window_days
), rest AS (
    SELECT span.*, coalesce(days, 0) AS days_left_out,
        (end_value - start_value - coalesce(rise, 0))::bigint AS opened,
        (end_part - start_part - coalesce(part_rise, 0))::bigint AS closed
    FROM span LEFT JOIN fallen USING (item_id, window_days) WHERE series = %(series)s
), judged AS (
    SELECT rest.*,
        CASE
            WHEN refusal <> '' THEN refusal
            WHEN closed < 0 OR days_left_out > (end_on - start_on) * %(most_left_out)s::float8 THEN 'negative'
            WHEN opened = 0 THEN 'below_floor'
            ELSE ''
        END AS verdict
    FROM rest
)
SELECT item_id, %(metric)s, window_days, %(day)s,
    CASE WHEN verdict = '' THEN closed::float8 / opened END,
    CASE
        WHEN verdict IN ('', 'below_floor') THEN opened WHEN verdict IN ('series_break', 'negative') THEN points ELSE known
    END,
    verdict,
    CASE WHEN verdict = ''
        THEN jsonb_build_object('start_on', start_on, 'end_on', end_on, 'opened', opened, 'closed', closed,
            'days_left_out', days_left_out)
        ELSE '{{}}'
    END,
    %(version)s
FROM judged
"""
