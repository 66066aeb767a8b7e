"""Counts as they stand, and how long ago something happened: one statement each for all items."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.backends.utils import CursorWrapper

from metrics.formulas.releases import RECENCY_VERSION
from metrics.formulas.series import FRESH_DAYS
from metrics.indicators.daily_series import CONTRIBUTORS_FRESH_DAYS
from metrics.models import Metric

VERSION = "count/1"


@dataclass(frozen=True, slots=True)
class Count:
    """A figure that is the newest point of a column of ``item_day``."""

    metric: Metric
    column: str
    fresh_days: int = FRESH_DAYS


SUMS = (Count(Metric.STARS, "stars"), Count(Metric.FORKS, "forks"))
CONTRIBUTORS = Count(Metric.CONTRIBUTORS, "contributors", CONTRIBUTORS_FRESH_DAYS)
RECENCIES = {Metric.DAYS_SINCE_RELEASE: "latest_release_at", Metric.DAYS_SINCE_PUSH: "pushed_at"}


def store_counts(cursor: CursorWrapper, day: date) -> None:
    """Store stars, forks and contributors; ``n`` is the number of repositories added.

    Contributors are the leading repository's: ``high`` is their sum over all repositories, which counts a person once
    in each. Refused: not measured, stale (not in the last 3 days; contributors 16).
    """
    for count in (*SUMS, CONTRIBUTORS):
        is_sum = count in SUMS
        sql = _COUNTS.format(
            column=count.column,
            low="NULL" if is_sum else "newest.value",
            high="NULL" if is_sum else "greatest(at_most, newest.value)",
            n="item.repositories" if is_sum else "1",
        )
        cursor.execute(sql, {"metric": count.metric, "day": day, "fresh_days": count.fresh_days, "version": VERSION})


def store_recencies(cursor: CursorWrapper, day: date) -> None:
    """Store the days since the latest release and push of all repositories: ``releases.days_since`` over sets.

    Only the newest facts are kept, so a day before them, or one more than 3 days after, has none: not measured, stale.
    """
    for metric, column in RECENCIES.items():
        parameters: dict[str, Any] = {
            "metric": metric,
            "day": day,
            "fresh_days": FRESH_DAYS,
            "version": RECENCY_VERSION,
        }
        cursor.execute(_RECENCIES.format(column=column), parameters)


_COUNTS = """
INSERT INTO metrics_indicator (item_id, metric, window_days, day, value, low, high, n, refusal, details, version)
SELECT item.item_id, %(metric)s, 0, %(day)s, newest.value, {low}, {high},
    CASE WHEN newest.value IS NULL THEN 0 ELSE {n} END,
    CASE WHEN newest.value IS NOT NULL THEN '' WHEN known.item_id IS NULL THEN 'not_measured' ELSE 'stale' END,
    jsonb_strip_nulls(jsonb_build_object(
        'end_on', known.end_on, 'repositories', item.repositories, 'declared', item.declared
    )),
    %(version)s
FROM (SELECT item_id, max(repositories) AS repositories, max(declared) AS declared FROM counted GROUP BY item_id) item
LEFT JOIN (SELECT item_id, max(day) AS end_on FROM item_day WHERE {column} IS NOT NULL GROUP BY item_id) known
    USING (item_id)
LEFT JOIN leading_repository USING (item_id)
LEFT JOIN LATERAL (
    SELECT {column}::float8 AS value FROM item_day
    WHERE item_day.item_id = item.item_id AND day = known.end_on AND day >= %(day)s - %(fresh_days)s
) newest ON true
"""

_RECENCIES = """
INSERT INTO metrics_indicator (item_id, metric, window_days, day, value, n, refusal, details, version)
WITH latest AS (
    SELECT item_id, max((facts.{column} AT TIME ZONE 'UTC')::date) AS day, count(facts.{column}) AS n,
        bool_and(coalesce((facts.observed_at AT TIME ZONE 'UTC')::date <= %(day)s, false)) AS is_known,
        bool_or((facts.observed_at AT TIME ZONE 'UTC')::date < %(day)s - %(fresh_days)s) AS is_stale
    FROM counted LEFT JOIN metrics_repositoryfacts facts USING (repository_id)
    GROUP BY item_id
), judged AS (
    SELECT latest.*, CASE
        WHEN NOT is_known THEN 'not_measured' WHEN is_stale THEN 'stale' WHEN day IS NULL THEN 'below_floor' ELSE ''
    END AS refusal
    FROM latest
)
SELECT item_id, %(metric)s, 0, %(day)s, CASE WHEN refusal = '' THEN %(day)s - day END,
    CASE WHEN refusal = '' THEN n ELSE 0 END, refusal,
    CASE WHEN refusal = '' THEN jsonb_build_object('start_on', day) ELSE '{{}}' END, %(version)s
FROM judged
"""
