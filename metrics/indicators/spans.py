"""Which two points each window of each item's series reaches between: ``metrics.formulas.series.span`` over sets."""

from dataclasses import dataclass
from datetime import date

from django.db.backends.utils import CursorWrapper

from metrics.formulas.growth import WINDOWS_DAYS
from metrics.formulas.series import FRESH_DAYS, tolerance_days
from metrics.indicators.daily_series import CONTRIBUTORS_FRESH_DAYS


@dataclass(frozen=True, slots=True)
class SpannedSeries:
    """A column of ``item_day`` that spans are wanted of, and a second one (``part``) to be read on the same days."""

    column: str
    part: str = "0"
    fresh_days: int = FRESH_DAYS


SERIES = (
    SpannedSeries("stars"),
    SpannedSeries("contributors", fresh_days=CONTRIBUTORS_FRESH_DAYS),
    SpannedSeries("issues", part="closed_issues"),
    SpannedSeries("pull_requests", part="closed_pull_requests"),
)


def lay_out_spans(cursor: CursorWrapper, day: date) -> None:
    """Make the temporary table ``span``, a row for each item, series and window; ``refusal`` is empty where there is one.

    ``known`` counts the points of the series, ``points`` those of the span, its ends included.
    """
    cursor.execute(_SPAN_TABLE)
    for series in SERIES:
        sql = _SPANS.format(column=series.column, part=series.part)
        cursor.execute(
            sql,
            {
                "day": day,
                "series": series.column,
                "fresh_days": series.fresh_days,
                "windows": list(WINDOWS_DAYS),
                "tolerances": [tolerance_days(window) for window in WINDOWS_DAYS],
            },
        )
    cursor.execute("CREATE INDEX ON span (series, item_id)")
    cursor.execute("ANALYZE span")


_SPAN_TABLE = """
CREATE TEMPORARY TABLE span (
    item_id bigint, series text, window_days integer, known bigint, points bigint, refusal text,
    start_on date, end_on date, start_value bigint, end_value bigint, start_part bigint, end_part bigint
) ON COMMIT DROP
"""

_SPANS = """
INSERT INTO span
WITH item AS (
    SELECT DISTINCT item_id FROM counted
), known AS (
    SELECT item_id, count(*) AS known, min(day) AS first_on, max(day) AS end_on
    FROM item_day WHERE {column} IS NOT NULL GROUP BY item_id
), reached AS (
    SELECT item.item_id, window_days, known, first_on, known.end_on, finish.{column} AS end_value, finish.part AS end_part,
        start.day AS start_on, start.{column} AS start_value, start.part AS start_part,
        known.end_on - window_days AS target
    FROM item
    CROSS JOIN unnest(%(windows)s::integer[], %(tolerances)s::integer[]) AS wanted (window_days, tolerance)
    LEFT JOIN known USING (item_id)
    LEFT JOIN LATERAL (
        SELECT {column}, {part} AS part FROM item_day
        WHERE item_day.item_id = item.item_id AND day = known.end_on
    ) finish ON true
    LEFT JOIN LATERAL (
        SELECT day, {column}, {part} AS part FROM item_day
        WHERE item_day.item_id = item.item_id AND {column} IS NOT NULL AND day < known.end_on
            AND day BETWEEN known.end_on - window_days - tolerance AND known.end_on - window_days + tolerance
        ORDER BY abs(day - (known.end_on - window_days)), day
        LIMIT 1
    ) start ON true
)
SELECT reached.item_id, %(series)s, window_days, coalesce(known, 0), inside.points,
    CASE
        WHEN known IS NULL THEN 'not_measured'
        WHEN end_on < %(day)s - %(fresh_days)s THEN 'stale'
        WHEN start_on IS NULL AND first_on > target THEN 'too_short'
        WHEN start_on IS NULL THEN 'too_few_points'
        WHEN EXISTS (
            SELECT FROM item_break broken
            WHERE broken.item_id = reached.item_id AND broken.count = %(series)s
                AND broken.day > start_on AND broken.day <= end_on
        ) THEN 'series_break'
        ELSE ''
    END,
    start_on, end_on, start_value, end_value, start_part, end_part
FROM reached
LEFT JOIN LATERAL (
    SELECT count(*) AS points FROM item_day
    WHERE item_day.item_id = reached.item_id AND {column} IS NOT NULL AND day BETWEEN start_on AND end_on
) inside ON true
"""
