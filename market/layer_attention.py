"""Stars and commits of each layer: sums over its repositories, each counted once, on one day for all of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db import connection

from market.layers import grouped_parameters, grouped_sql

if TYPE_CHECKING:
    from collections.abc import Mapping

    from market.layers import LayerTree
    from projects.as_of import AsOf

# Older measurements than this say nothing of the day asked about.
MOST_AGE = timedelta(days=45)
# With fewer repositories known than this share of those named, a concentration would be that of the known ones.
LEAST_KNOWN_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Growth:
    """How much a sum grew within a window (a fraction), over the ``repositories`` known at both ends."""

    value: float
    repositories: int


@dataclass(frozen=True, slots=True)
class Attention:
    """Counts of a group's repositories on the common day; ``known`` of ``repositories`` have their stars counted then.

    ``stars`` and ``commits_30d`` are None if none is known. ``items_without_repository`` name no repository, as closed
    products do. ``hhi`` (0 to 10,000) is that of stars between the known repositories, None if too few are known.
    """

    repositories: int
    known: int
    items_without_repository: int
    stars: int | None
    largest_share: float | None
    hhi: float | None
    growth_90: Growth | None
    growth_365: Growth | None
    commits_30d: int | None
    commits_known: int
    commit_growth_365: Growth | None

    @property
    def unknown(self) -> int:
        """Repositories whose stars are not known on that day."""
        return self.repositories - self.known


NO_ATTENTION = Attention(0, 0, 0, None, None, None, None, None, None, 0, None)


@dataclass(frozen=True, slots=True)
class CommonDay:
    """The newest day on which most of the cards' repositories were last measured; ``is_stale``: too old to be shown."""

    day: date
    repositories: int
    is_stale: bool


def common_day(tree: LayerTree, as_of: AsOf) -> CommonDay | None:
    """Return the day on which sums are taken, None if nothing was measured by then; one query."""
    with connection.cursor() as cursor:
        parameters = {**grouped_parameters(tree, as_of), "last": as_of.day}
        cursor.execute(grouped_sql(tree) + links_sql(as_of) + _COMMON_DAY, parameters)
        row = cursor.fetchone()
    return CommonDay(row[0], row[1], is_stale=as_of.day - row[0] > MOST_AGE) if row else None


_COMMON_DAY = """, repository AS (SELECT DISTINCT repository_id FROM link)
SELECT newest.day, count(*) FROM repository, LATERAL (
    SELECT day FROM metrics_repositorysnapshot snapshot
    WHERE snapshot.repository_id = repository.repository_id AND day <= %(last)s AND stars IS NOT NULL
    ORDER BY day DESC LIMIT 1
) newest
GROUP BY 1 ORDER BY 2 DESC, 1 DESC LIMIT 1
"""


def links_sql(as_of: AsOf) -> str:
    """Return the table ``link`` of cards and the repositories they name.

    Of a past day the card's own address decides; where it is none of the item's (it was renamed since), all of them do.
    """
    return _LINKS_NOW if as_of.is_now else _LINKS_THEN


_LINKS_NOW = """, link AS MATERIALIZED (
    SELECT placed.item_id, repository_id FROM placed
    JOIN projects_itemrepository named ON named.item_id = placed.item_id AND named.is_current
)"""
_LINKS_THEN = """, named AS (
    SELECT placed.item_id, repository_id, position(
        substr(lower(repository.url), 9) || '/' IN replace(lower(repository_url) || '/', '.git/', '/')) > 0 AS is_written
    FROM placed
    JOIN projects_itemrepository named ON named.item_id = placed.item_id
    JOIN projects_repository repository ON repository.id = named.repository_id
    WHERE repository_url <> ''
), link AS MATERIALIZED (
    SELECT item_id, repository_id FROM (
        SELECT *, bool_or(is_written) OVER (PARTITION BY item_id) AS any_written FROM named
    ) chosen WHERE is_written OR NOT any_written
)"""


def attention(tree: LayerTree, as_of: AsOf, day: date, *, by_section: bool = False) -> Mapping[str, Attention]:
    """Return the counts of each group on a day; one query. Growth compares with a day at most a week before the window."""
    parameters = {**grouped_parameters(tree, as_of), **_windows(day)}
    with connection.cursor() as cursor:
        cursor.execute(grouped_sql(tree, by_section=by_section) + links_sql(as_of) + _COUNTED + _SUMS, parameters)
        return {row[0]: _attention(row[1:]) for row in cursor.fetchall()}


def _windows(day: date) -> dict[str, Any]:
    ends = {f"end_{days}": day - timedelta(days=days) for days in (90, 365)}
    starts = {f"start_{days}": day - timedelta(days=days + 7) for days in (90, 365)}
    return {"day": day, **ends, **starts}


# What was counted of each repository on the day, and a window before it.
_COUNTED = """, repository AS (SELECT DISTINCT repository_id FROM link
), counted AS MATERIALIZED (
    SELECT repository.repository_id, present.stars, present.commits_30d,
        quarter.stars AS stars_90, year.stars AS stars_365, year.commits_30d AS commits_365
    FROM repository
    LEFT JOIN metrics_repositorysnapshot present
        ON present.repository_id = repository.repository_id AND present.day = %(day)s
    LEFT JOIN LATERAL (
        SELECT stars FROM metrics_repositorysnapshot before
        WHERE before.repository_id = repository.repository_id AND stars IS NOT NULL
            AND day BETWEEN %(start_90)s AND %(end_90)s ORDER BY day DESC LIMIT 1
    ) quarter ON true
    LEFT JOIN LATERAL (
        SELECT stars, commits_30d FROM metrics_repositorysnapshot before
        WHERE before.repository_id = repository.repository_id AND stars IS NOT NULL
            AND day BETWEEN %(start_365)s AND %(end_365)s ORDER BY day DESC LIMIT 1
    ) year ON true
)"""
_SUMS = """, held AS (
    SELECT DISTINCT group_key, repository_id FROM grouped JOIN link USING (item_id)
), bare AS (
    SELECT group_key, count(*) AS items FROM grouped
    WHERE item_id NOT IN (SELECT item_id FROM link) GROUP BY 1
), summed AS (
    SELECT group_key, count(*) AS repositories, count(stars) AS known, sum(stars) AS stars, max(stars) AS largest,
        sum(stars::numeric * stars) AS squares,
        sum(stars) FILTER (WHERE stars_90 IS NOT NULL) AS after_90,
        sum(stars_90) FILTER (WHERE stars IS NOT NULL) AS before_90,
        count(*) FILTER (WHERE stars IS NOT NULL AND stars_90 IS NOT NULL) AS both_90,
        sum(stars) FILTER (WHERE stars_365 IS NOT NULL) AS after_365,
        sum(stars_365) FILTER (WHERE stars IS NOT NULL) AS before_365,
        count(*) FILTER (WHERE stars IS NOT NULL AND stars_365 IS NOT NULL) AS both_365,
        sum(commits_30d) AS commits, count(commits_30d) AS commits_known,
        sum(commits_30d) FILTER (WHERE commits_365 IS NOT NULL) AS commits_after,
        sum(commits_365) FILTER (WHERE commits_30d IS NOT NULL) AS commits_before,
        count(*) FILTER (WHERE commits_30d IS NOT NULL AND commits_365 IS NOT NULL) AS commits_both
    FROM held JOIN counted USING (repository_id) GROUP BY 1
)
SELECT group_key, coalesce(repositories, 0), coalesce(known, 0), coalesce(bare.items, 0), stars, largest, squares,
    after_90, before_90, both_90, after_365, before_365, both_365,
    commits, coalesce(commits_known, 0), commits_after, commits_before, commits_both
FROM summed FULL JOIN bare USING (group_key)
"""


def _attention(row: tuple[Any, ...]) -> Attention:
    repositories, known, bare, stars, largest, squares, *rest = row
    is_enough = bool(stars) and known >= LEAST_KNOWN_SHARE * repositories
    return Attention(
        repositories=repositories,
        known=known,
        items_without_repository=bare,
        stars=None if stars is None else int(stars),
        largest_share=float(largest / stars) if is_enough else None,
        hhi=float(10_000 * squares / (stars * stars)) if is_enough else None,
        growth_90=_growth(*rest[0:3]),
        growth_365=_growth(*rest[3:6]),
        commits_30d=None if rest[6] is None else int(rest[6]),
        commits_known=rest[7],
        commit_growth_365=_growth(*rest[8:11]),
    )


def _growth(after: int | None, before: int | None, repositories: int | None) -> Growth | None:
    """Return the growth; None where nothing is known at both ends or there was nothing to grow from."""
    if after is None or not before:
        return None
    return Growth(float((after - before) / before), repositories or 0)


@dataclass(frozen=True, slots=True)
class TopItem:
    """A card of a group and its stars, summed over its repositories; None if none is known."""

    item_id: int
    stars: int | None


def top_items(tree: LayerTree, as_of: AsOf, day: date | None, *, most: int) -> Mapping[str, list[TopItem]]:
    """Return the first items of each group: by stars, those without by how far they came; one query.

    Of the cards of one project the first stands for all.
    """
    found: dict[str, list[TopItem]] = {}
    parameters = {**grouped_parameters(tree, as_of), **_windows(day or as_of.day), "most": most}
    with connection.cursor() as cursor:
        cursor.execute(grouped_sql(tree) + links_sql(as_of) + _COUNTED + _TOP, parameters)
        for group, item, stars in cursor.fetchall():
            found.setdefault(group, []).append(TopItem(item, None if stars is None else int(stars)))
    return found


_TOP = """, starred AS (
    SELECT item_id, sum(stars) AS stars FROM link JOIN counted USING (repository_id) GROUP BY 1
), single AS (
    SELECT DISTINCT ON (group_key, coalesce(project_id, -item_id)) group_key, item_id, stars,
        array_position(ARRAY['graduated', 'incubating', 'sandbox']::text[], maturity::text) AS rung
    FROM grouped LEFT JOIN starred USING (item_id)
    ORDER BY group_key, coalesce(project_id, -item_id), stars DESC NULLS LAST, item_id
), ranked AS (
    SELECT *, row_number() OVER (
        PARTITION BY group_key ORDER BY stars DESC NULLS LAST, rung NULLS LAST, item_id
    ) AS place FROM single
)
SELECT group_key, item_id, stars FROM ranked WHERE place <= %(most)s ORDER BY group_key, place
"""
