"""How far each item's data can be trusted: ``confidence.confidence`` over sets."""

from datetime import date

from django.db.backends.utils import CursorWrapper

from metrics.formulas.confidence import (
    FRESHNESS,
    FULL_COVERAGE,
    GRADES,
    OLD_FRESHNESS,
    ONE_SOURCE_INDEPENDENCE,
    VERSION,
    Grade,
    Shortfall,
)
from metrics.models import Metric

# Measured nightly, so that a month says how it goes; older gaps show in the figures they touch.
WINDOW_DAYS = 30


def store_confidence(cursor: CursorWrapper, day: date) -> None:
    """Store the score of each item's star series over 30 days, with grade and reasons in ``details``.

    GitHub is its only source: the figures the landscape kept are copies of GitHub's.
    """
    cursor.execute(
        _CONFIDENCE,
        {
            "metric": Metric.CONFIDENCE,
            "day": day,
            "window_days": WINDOW_DAYS,
            "ages": [age for age, _ in FRESHNESS],
            "freshness": [freshness for _, freshness in FRESHNESS],
            "old": OLD_FRESHNESS,
            "independence": ONE_SOURCE_INDEPENDENCE,
            "full": FULL_COVERAGE,
            "scores": [score for score, _ in GRADES],
            "grades": [grade.value for _, grade in GRADES],
            "lowest": Grade.D,
            "never": Shortfall.NEVER_MEASURED,
            "gaps": Shortfall.GAPS,
            "stale": Shortfall.STALE,
            "one_source": Shortfall.ONE_SOURCE,
            "version": VERSION,
        },
    )


_CONFIDENCE = """
INSERT INTO metrics_indicator (item_id, metric, window_days, day, value, n, refusal, details, version)
WITH measured AS (
    SELECT item.item_id, %(day)s - max(day) AS age,
        count(day) FILTER (WHERE day > %(day)s - %(window_days)s) AS n
    FROM (SELECT DISTINCT item_id FROM counted) item
    LEFT JOIN item_day ON item_day.item_id = item.item_id AND stars IS NOT NULL
    GROUP BY item.item_id
), factor AS (
    SELECT item_id, n, age, n::float8 / %(window_days)s AS coverage, coalesce((
        SELECT freshness FROM unnest(%(ages)s::integer[], %(freshness)s::float8[]) AS step (up_to, freshness)
        WHERE age <= up_to ORDER BY up_to LIMIT 1
    ), %(old)s::float8) AS freshness
    FROM measured
), scored AS (
    SELECT factor.*, coverage * freshness * %(independence)s::float8 AS score FROM factor
)
SELECT item_id, %(metric)s, %(window_days)s, %(day)s, score, n, '',
    jsonb_build_object(
        'grade', coalesce((
            SELECT grade FROM unnest(%(scores)s::float8[], %(grades)s::text[]) AS step (at_least, grade)
            WHERE score >= at_least ORDER BY at_least DESC LIMIT 1
        ), %(lowest)s),
        'reasons', CASE WHEN age IS NULL THEN jsonb_build_array(%(never)s::text)
            WHEN n = 0 THEN jsonb_build_array(%(stale)s::text) ELSE to_jsonb(array_remove(ARRAY[
            CASE WHEN coverage < %(full)s::float8 THEN %(gaps)s END,
            CASE WHEN freshness < 1 THEN %(stale)s END,
            CASE WHEN %(independence)s::float8 < 1 THEN %(one_source)s END
        ]::text[], NULL)) END
    ),
    %(version)s
FROM scored
"""
