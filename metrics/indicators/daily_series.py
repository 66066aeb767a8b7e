"""The daily counts of every item, laid out for one transaction in temporary tables.

``counted``: the repositories that count for an item: those its card declares now, each once, and never an
organization's others. Two addresses of one repository count once; a repository that is gone counts only if all
of the item's are. ``item_day``: the item's counts on each day, the sum over its repositories. It is unknown on a day on
which one of them is unknown, but a repository that was not created yet had nothing. Contributors are those of the one
repository that has most of them, since a person who works in several cannot be recognised.

Of issues and pull requests it holds how many there have been and how many of them are closed (merged or declined).

The days are those the longest window can reach, and the newest day measured before them, which tells a series that
ended from one that never began.
"""

from datetime import date, timedelta

from django.db.backends.utils import CursorWrapper

from metrics.formulas.growth import WINDOWS_DAYS
from metrics.formulas.series import FRESH_DAYS, tolerance_days

# Contributors are counted weekly; the newest count may be this old after two nights without one.
CONTRIBUTORS_FRESH_DAYS = 16
LOOKBACK_DAYS = max(WINDOWS_DAYS) + tolerance_days(max(WINDOWS_DAYS)) + max(FRESH_DAYS, CONTRIBUTORS_FRESH_DAYS)


def lay_out(cursor: CursorWrapper, day: date) -> int:
    """Make both tables as of ``day`` until the transaction ends; return how many items have repositories to count."""
    # The sort by item, without which every look at one item's days would visit as many pages as days.
    cursor.execute("SET LOCAL work_mem = '192MB'")
    cursor.execute(_COUNTED)
    cursor.execute("CREATE INDEX ON counted (item_id)")
    cursor.execute("ANALYZE counted")
    first_on = day - timedelta(days=LOOKBACK_DAYS)
    days = {
        "day": day,
        "first_on": first_on,
        "contributors_since": day - timedelta(days=CONTRIBUTORS_FRESH_DAYS),
    }
    cursor.execute(_LEADING, days)
    cursor.execute(_ITEM_DAY, days)
    cursor.execute("CREATE UNIQUE INDEX ON item_day (item_id, day)")
    cursor.execute("ANALYZE item_day")
    cursor.execute("SELECT count(DISTINCT item_id) FROM counted")
    return int(cursor.fetchone()[0])


_COUNTED = """
CREATE TEMPORARY TABLE counted ON COMMIT DROP AS
WITH declared AS (
    SELECT link.item_id, link.repository_id, link.is_primary,
        (facts.created_at AT TIME ZONE 'UTC')::date AS created_on,
        repository.availability IN ('missing', 'blocked', 'refused') AS is_gone,
        row_number() OVER (
            PARTITION BY link.item_id, coalesce(nullif(repository.node_id, ''), repository.id::text)
            ORDER BY link.is_primary DESC, repository.github_id NULLS LAST, repository.id
        ) AS address
    FROM projects_itemrepository link
    JOIN projects_repository repository ON repository.id = link.repository_id
    LEFT JOIN metrics_repositoryfacts facts ON facts.repository_id = repository.id
    WHERE link.is_current AND repository.host = 'github.com' AND repository.full_name <> ''
), once AS (
    SELECT declared.*, bool_and(is_gone) OVER item AS all_gone, count(*) OVER item AS declared
    FROM declared WHERE address = 1
    WINDOW item AS (PARTITION BY item_id)
)
SELECT item_id, repository_id, is_primary, created_on, declared, count(*) OVER (PARTITION BY item_id) AS repositories
FROM once WHERE all_gone OR NOT is_gone
"""

# The repository whose newest count of contributors is the largest; the primary one where none is known.
_LEADING = """
CREATE TEMPORARY TABLE leading_repository ON COMMIT DROP AS
WITH newest AS (
    SELECT DISTINCT ON (repository_id) repository_id, contributors
    FROM metrics_repositorysnapshot
    WHERE day BETWEEN %(contributors_since)s AND %(day)s AND contributors IS NOT NULL
    ORDER BY repository_id, day DESC
)
SELECT DISTINCT ON (item_id) item_id, repository_id,
    sum(contributors) OVER (PARTITION BY item_id) AS at_most
FROM counted LEFT JOIN newest USING (repository_id)
ORDER BY item_id, contributors DESC NULLS LAST, is_primary DESC, repository_id
"""

# Items with one repository, which is nearly all of them, are spared the grouping.
_ITEM_DAY = """
CREATE TEMPORARY TABLE item_day ON COMMIT DROP AS
WITH seen AS NOT MATERIALIZED (
    SELECT repository_id, day, stars, forks, commits_30d AS commits, contributors,
        open_issues::bigint + closed_issues AS issues,
        CASE WHEN open_issues IS NOT NULL THEN closed_issues END AS closed_issues,
        open_pull_requests::bigint + merged_pull_requests + closed_pull_requests AS pull_requests,
        CASE WHEN open_pull_requests IS NOT NULL THEN merged_pull_requests::bigint + closed_pull_requests END
            AS closed_pull_requests
    FROM (
        SELECT * FROM metrics_repositorysnapshot WHERE day BETWEEN %(first_on)s AND %(day)s
        UNION ALL
        SELECT older.*
        FROM (SELECT DISTINCT repository_id FROM counted) wanted
        CROSS JOIN LATERAL (
            SELECT * FROM metrics_repositorysnapshot snapshot
            WHERE snapshot.repository_id = wanted.repository_id AND day < %(first_on)s
            ORDER BY day DESC LIMIT 1
        ) older
    ) snapshot
), added AS (
    SELECT counted.item_id, seen.day,
        CASE WHEN count(stars) = required.repositories THEN sum(stars) END AS stars,
        CASE WHEN count(forks) = required.repositories THEN sum(forks) END AS forks,
        CASE WHEN count(commits) = required.repositories THEN sum(commits) END AS commits,
        CASE WHEN count(issues) = required.repositories THEN sum(issues) END AS issues,
        CASE WHEN count(issues) = required.repositories THEN sum(closed_issues) END AS closed_issues,
        CASE WHEN count(pull_requests) = required.repositories THEN sum(pull_requests) END AS pull_requests,
        CASE WHEN count(pull_requests) = required.repositories THEN sum(closed_pull_requests) END
            AS closed_pull_requests,
        sum(contributors) FILTER (WHERE most.item_id IS NOT NULL) AS contributors
    FROM counted
    JOIN seen USING (repository_id)
    LEFT JOIN leading_repository most USING (item_id, repository_id)
    CROSS JOIN LATERAL (
        SELECT count(*) AS repositories FROM counted other
        WHERE other.item_id = counted.item_id AND coalesce(other.created_on <= seen.day, true)
    ) required
    WHERE counted.repositories > 1 AND coalesce(counted.created_on <= seen.day, true)
    GROUP BY counted.item_id, seen.day, required.repositories
)
SELECT counted.item_id, day, stars::bigint, forks::bigint, commits::bigint, issues::bigint, closed_issues::bigint,
    pull_requests::bigint, closed_pull_requests::bigint, contributors::bigint
FROM counted JOIN seen USING (repository_id)
WHERE counted.repositories = 1
UNION ALL
SELECT item_id, day, stars::bigint, forks::bigint, commits::bigint, issues::bigint, closed_issues::bigint,
    pull_requests::bigint, closed_pull_requests::bigint, contributors::bigint
FROM added
ORDER BY item_id, day
"""
