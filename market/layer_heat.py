"""The heat map: what came, went, drew stars and raised money in each layer, bin by bin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection

from market.layer_attention import links_sql
from market.layer_board import cut_axis
from market.layer_capital import RaisedInBin, capital_by_bin
from market.layer_counts import flows
from market.layers import grouped_parameters, grouped_sql
from projects.taxonomy_breaks import notable_breaks
from projects.trends import data_span, time_axis

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from market.layer_counts import Flows
    from market.layers import LayerNode, LayerTree
    from projects.as_of import AsOf
    from projects.taxonomy_breaks import BreakDay
    from projects.trends import Resolution, TimeAxis


@dataclass(frozen=True, slots=True)
class StarsInBin:
    """Stars that a group's repositories gained in a bin, and how many of them could be counted."""

    stars: int
    repositories: int


@dataclass(frozen=True, slots=True)
class Heat:
    """Figures of each layer in each bin of the axis; a figure that is not there is unknown or nothing (see each)."""

    axis: TimeAxis
    nodes: Sequence[LayerNode]
    flows: Flows
    stars: Mapping[tuple[str, date], StarsInBin]
    capital: Mapping[tuple[str, date], RaisedInBin]
    breaks: Sequence[BreakDay]


def layer_heat(tree: LayerTree, as_of: AsOf, resolution: Resolution, *, most: int) -> Heat | None:
    """Return the figures of the last ``most`` bins; None in an empty catalogue; five queries."""
    span = data_span()
    if span is None:
        return None
    axis = cut_axis(time_axis(span, resolution), as_of)
    axis = axis.cut(slice(max(0, len(axis) - most), len(axis)))
    first, last = axis.starts[0], axis.days[-1]
    return Heat(
        axis=axis,
        nodes=tree.nodes,
        flows=flows(tree, as_of, resolution),
        stars=stars_by_bin(tree, as_of, axis),
        capital=capital_by_bin(tree, as_of, resolution),
        breaks=[each for each in notable_breaks() if first <= each.day <= last],
    )


def stars_by_bin(tree: LayerTree, as_of: AsOf, axis: TimeAxis) -> Mapping[tuple[str, date], StarsInBin]:
    """Return the stars gained by the repositories that stand in each group at the instant, in each bin; one query.

    From GitHub's own weeks where a repository has any in the bin, else the difference between its last counts in this
    bin and in the one before. A repository of which neither is known is left out.
    """
    parameters = {
        **grouped_parameters(tree, as_of),
        "starts": list(axis.starts),
        "ends": list(axis.days),
        "resolution": axis.resolution,
    }
    with connection.cursor() as cursor:
        cursor.execute(grouped_sql(tree) + links_sql(as_of) + _STARS, parameters)
        return {(group, bin_on): StarsInBin(int(stars), number) for group, bin_on, stars, number in cursor.fetchall()}


_STARS = """, held AS (
    SELECT DISTINCT group_key, repository_id FROM grouped JOIN link USING (item_id)
), repository AS (SELECT DISTINCT repository_id FROM held
), bin AS (
    SELECT start, stop, lag(start) OVER (ORDER BY start) AS before
    FROM unnest(%(starts)s::date[], %(ends)s::date[]) AS bin(start, stop)
), week AS (
    SELECT repository_id, date_trunc(%(resolution)s, week_on::timestamp)::date AS start, sum(total) AS stars
    FROM metrics_starweek JOIN repository USING (repository_id)
    WHERE week_on >= (SELECT min(start) FROM bin) AND week_on <= (SELECT max(stop) FROM bin)
    GROUP BY 1, 2
), last_count AS (
    SELECT repository_id, bin.start, bin.before, newest.stars FROM repository CROSS JOIN bin, LATERAL (
        SELECT stars FROM metrics_repositorysnapshot snapshot
        WHERE snapshot.repository_id = repository.repository_id AND stars IS NOT NULL
            AND day BETWEEN bin.start AND bin.stop ORDER BY day DESC LIMIT 1
    ) newest
), difference AS (
    SELECT later.repository_id, later.start, later.stars - earlier.stars AS stars
    FROM last_count later JOIN last_count earlier
        ON earlier.repository_id = later.repository_id AND earlier.start = later.before
), gained AS (
    SELECT repository_id, start, coalesce(week.stars, difference.stars) AS stars
    FROM week FULL JOIN difference USING (repository_id, start)
)
SELECT group_key, start, sum(stars), count(*) FROM held JOIN gained USING (repository_id) GROUP BY 1, 2
"""
