"""What the organizations behind each layer raised, and how they were sold or listed.

An organization stands where it was put itself, else in every layer that holds an item which it sells or began (never
one that it only hosts); in one group it counts once. The card of a certified partner or member says nothing of what a maker of
products raised. Roles are those of today, whatever the date asked about. Rounds are those that sold new shares; a bound
("less than 0.3 million") is no summand.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection

from market.layers import grouped_parameters, grouped_sql, layer_sql, placed_sql
from market.ledger_columns import SUMMABLE, UNPRICED_SERIES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal

    from market.layers import LayerTree
    from projects.as_of import AsOf
    from projects.trends import Resolution

# The group of organizations with money that stand in no layer.
OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class Capital:
    """Money of a group's organizations up to a day; sums are of what is disclosed, None if nothing is.

    ``unpriced_rounds`` and ``unpriced_acquisitions`` are those without an amount in USD that can be summed.
    """

    organizations: int = 0
    funded: int = 0
    rounds: int = 0
    unpriced_rounds: int = 0
    raised_usd: Decimal | None = None
    acquisitions: int = 0
    unpriced_acquisitions: int = 0
    acquired_usd: Decimal | None = None
    listings: int = 0

    @property
    def exits(self) -> int:
        """Acquisitions and listings."""
        return self.acquisitions + self.listings


NO_CAPITAL = Capital()


def capital(tree: LayerTree, as_of: AsOf) -> Mapping[str, Capital]:
    """Return the money of each group, and of ``OUTSIDE``; one query."""
    with connection.cursor() as cursor:
        cursor.execute(grouped_sql(tree) + held_sql(tree) + _ROUNDS + _CAPITAL, _money_parameters(tree, as_of))
        return {group: Capital(*figures) for group, *figures in cursor.fetchall()}


def _money_parameters(tree: LayerTree, as_of: AsOf) -> dict[str, Any]:
    words = {"summable": list(SUMMABLE), "unpriced_series": list(UNPRICED_SERIES)}
    return {**grouped_parameters(tree, as_of), **words, "day": as_of.day}


def held_sql(tree: LayerTree) -> str:
    """Return the table ``holder``: each group with its organizations.

    What they made counts where it stood last, also once it has left the landscape, or if the landscape never listed it:
    their money does not go with it.
    """
    return f""", placed_organization AS (
    SELECT organization_id, layer_id FROM market_layerassignment
    WHERE framework_id = %(framework)s AND organization_id IS NOT NULL
), last_place AS (
    (SELECT DISTINCT ON (item_id) item_id, kind, subcategory_id FROM projects_itemperiod
    WHERE lower(during) <= %(at)s::timestamptz ORDER BY item_id, lower(during) DESC)
    UNION ALL
    SELECT id, kind, subcategory_id FROM projects_item WHERE id NOT IN (SELECT item_id FROM projects_itemperiod)
), part AS (
    SELECT made.organization_id, kind IN ('member', 'partner') AS is_attended, {layer_sql(tree)} AS layer
    FROM {placed_sql(tree, places="last_place")}
    JOIN projects_itemorganization made ON made.item_id = period.item_id
    WHERE role IN ('vendor', 'origin')
        AND made.organization_id NOT IN (SELECT organization_id FROM placed_organization)
), place AS (
    SELECT organization_id, layer FROM part
    WHERE NOT is_attended OR organization_id NOT IN (SELECT organization_id FROM part WHERE NOT is_attended)
    UNION
    SELECT organization_id, layer_id FROM placed_organization
), holder AS MATERIALIZED (
    SELECT DISTINCT pair.group_key::text, organization_id FROM place
    JOIN unnest(%(layers)s::bigint[], %(groups)s::bigint[]) AS pair(layer, group_key) USING (layer)
)"""  # noqa: S608  (names of ours)


# ``usd`` is NULL where the amount is not told or only a bound of it is: what counts and sums leave out.
_ROUNDS = """, priced_round AS (
    SELECT organization_id, announced_on, CASE WHEN amount_qualifier = ANY(%(summable)s) THEN amount_usd END AS usd
    FROM market_fundinground WHERE announced_on <= %(day)s AND series <> ALL(%(unpriced_series)s)
)"""
_CAPITAL = """, raised AS (
    SELECT organization_id, count(*) AS rounds, count(usd) AS priced, sum(usd) AS usd FROM priced_round GROUP BY 1
), deal AS (
    SELECT target_id AS organization_id, CASE WHEN amount_qualifier = ANY(%(summable)s) THEN amount_usd END AS usd
    FROM market_acquisition WHERE announced_on <= %(day)s
), sold AS (
    SELECT organization_id, count(*) AS deals, count(usd) AS priced, sum(usd) AS usd FROM deal GROUP BY 1
), listed AS (
    SELECT organization_id, count(*) AS listings FROM market_listing WHERE listed_on <= %(day)s GROUP BY 1
), money AS (
    SELECT organization_id, raised.rounds, raised.priced, raised.usd, sold.deals, sold.priced AS sold_priced,
        sold.usd AS sold_usd, listed.listings
    FROM raised FULL JOIN sold USING (organization_id) FULL JOIN listed USING (organization_id)
), everyone AS (
    SELECT group_key, organization_id FROM holder
    UNION ALL
    SELECT 'outside', organization_id FROM money
    WHERE organization_id NOT IN (SELECT organization_id FROM holder WHERE group_key = '0')
)
SELECT group_key, count(*), count(rounds), coalesce(sum(rounds), 0)::int, coalesce(sum(rounds - priced), 0)::int, sum(usd),
    coalesce(sum(deals), 0)::int, coalesce(sum(deals - sold_priced), 0)::int, sum(sold_usd),
    coalesce(sum(listings), 0)::int
FROM everyone LEFT JOIN money USING (organization_id) GROUP BY 1
"""


@dataclass(frozen=True, slots=True)
class RaisedInBin:
    """Rounds of a group in one bin of time, and what the disclosed ones brought; None if none is disclosed."""

    rounds: int
    unpriced: int
    usd: Decimal | None


def capital_by_bin(tree: LayerTree, as_of: AsOf, resolution: Resolution) -> Mapping[tuple[str, date], RaisedInBin]:
    """Return the rounds of each group in each bin (by its first day); one query."""
    parameters = {**_money_parameters(tree, as_of), "resolution": resolution}
    with connection.cursor() as cursor:
        cursor.execute(grouped_sql(tree) + held_sql(tree) + _ROUNDS + _BINS, parameters)
        return {(group, bin_on): RaisedInBin(*figures) for group, bin_on, *figures in cursor.fetchall()}


_BINS = """
SELECT group_key, date_trunc(%(resolution)s, announced_on::timestamp)::date, count(*), count(*) - count(usd), sum(usd)
FROM holder JOIN priced_round USING (organization_id) GROUP BY 1, 2
"""


def organizations_of(tree: LayerTree, as_of: AsOf, *, group: int) -> list[int]:
    """Return the organizations that stand in a group; one query."""
    with connection.cursor() as cursor:
        parameters = {**grouped_parameters(tree, as_of), "group": str(group)}
        cursor.execute(grouped_sql(tree) + held_sql(tree) + _MEMBERS, parameters)
        return [organization for (organization,) in cursor.fetchall()]


_MEMBERS = """
SELECT organization_id FROM holder WHERE group_key = %(group)s ORDER BY 1
"""
