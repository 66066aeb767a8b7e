"""Where the series of items break: found by the formula, in the few series that hold a step at all."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.backends.utils import CursorWrapper

from metrics.formulas.series_breaks import LEAST_FALL, LEAST_FALL_SHARE, Observation, find_breaks
from metrics.indicators.daily_series import LOOKBACK_DAYS

# What breaks are looked for in; the other counts break only where an event says so.
COUNTS = ("stars", "contributors")


def lay_out_breaks(cursor: CursorWrapper, day: date) -> None:
    """Make the temporary table ``item_break``: the days on which an item's series of a count begins anew.

    A break of one repository breaks its item's series; another repository under the same name breaks every count.
    """
    days = {"day": day, "first_on": day - timedelta(days=LOOKBACK_DAYS)}
    cursor.execute(_EVENTS, days)
    for count in COUNTS:
        found = list(_breaks(cursor, count, days))
        cursor.execute(
            _STORE, {"repositories": [pk for pk, _ in found], "days": [on for _, on in found], "count": count}
        )
    cursor.execute("CREATE INDEX ON item_break (item_id, count)")
    cursor.execute("ANALYZE item_break")


def _breaks(cursor: CursorWrapper, count: str, days: dict[str, date]) -> Iterator[tuple[int, date]]:
    """Give the breaks of one count, by repository and day."""
    steps: dict[str, Any] = {"share": 1 - LEAST_FALL_SHARE, "least": LEAST_FALL, "count": count}
    cursor.execute(_SUSPECTS.format(count=count), steps | days)
    observations: dict[int, list[Observation]] = defaultdict(list)
    changes: dict[int, list[date]] = {}
    for repository, on, value, counted_anew in cursor.fetchall():
        observations[repository].append(Observation(on, value, repository))
        changes[repository] = counted_anew
    for repository, series in observations.items():
        for found in find_breaks(series, counting_changes=changes[repository]):
            yield repository, found.day


_EVENTS = """
CREATE TEMPORARY TABLE item_break ON COMMIT DROP AS
SELECT DISTINCT counted.item_id, events.before::text AS count, (events.at AT TIME ZONE 'UTC')::date AS day
FROM metrics_repositoryevent events JOIN counted USING (repository_id)
WHERE events.kind = 'break' AND events.before NOT IN ('stars', 'contributors')
UNION
SELECT counted.item_id, count, (events.at AT TIME ZONE 'UTC')::date
FROM metrics_repositoryevent events JOIN counted USING (repository_id)
CROSS JOIN unnest(ARRAY['stars', 'contributors', 'forks', 'commits', 'issues', 'pull_requests']) AS count
WHERE events.kind = 'recreated'
"""

# The series of every repository with a fall or a change of counting among the days laid out. Those of
# items with several repositories are all loaded: their own steps do not show in the sum.
_SUSPECTS = """
WITH anew AS (
    SELECT repository_id, array_agg((at AT TIME ZONE 'UTC')::date ORDER BY at) AS days
    FROM metrics_repositoryevent WHERE kind = 'break' AND before = %(count)s
    GROUP BY repository_id
), step AS (
    SELECT item_id, {count} AS value, lag({count}) OVER (PARTITION BY item_id ORDER BY day) AS before
    FROM item_day WHERE {count} IS NOT NULL
), suspect AS (
    SELECT repository_id FROM counted WHERE repositories > 1
    UNION
    SELECT repository_id FROM anew
    UNION
    SELECT counted.repository_id
    FROM (
        SELECT DISTINCT item_id FROM step
        WHERE before - value >= %(least)s AND value <= before * %(share)s::float8 + 1
    ) stepped
    JOIN counted USING (item_id)
    WHERE counted.repositories = 1
)
SELECT snapshot.repository_id, day, {count}, coalesce(anew.days, '{{}}')
FROM metrics_repositorysnapshot snapshot JOIN suspect USING (repository_id) LEFT JOIN anew USING (repository_id)
WHERE day BETWEEN %(first_on)s AND %(day)s AND {count} IS NOT NULL
ORDER BY snapshot.repository_id, day
"""

_STORE = """
INSERT INTO item_break (item_id, count, day)
SELECT DISTINCT counted.item_id, %(count)s, found.day
FROM unnest(%(repositories)s::bigint[], %(days)s::date[]) AS found (repository_id, day)
JOIN counted USING (repository_id)
"""
