"""How many cards and hosted projects stand in each layer, and how many came and went."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import connection

from market.layers import grouped_parameters, grouped_sql, layer_sql, placed_sql

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from market.layers import LayerTree
    from projects.as_of import AsOf
    from projects.trends import Resolution


def card_counts(tree: LayerTree, as_of: AsOf, *, by_section: bool = False) -> Mapping[str, Counter[str]]:
    """Count the cards of each group by kind; one query."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    with connection.cursor() as cursor:
        cursor.execute(grouped_sql(tree, by_section=by_section) + _CARDS, grouped_parameters(tree, as_of))
        for group, kind, number in cursor.fetchall():
            counts[group][kind] = number
    return counts


_CARDS = """
SELECT group_key, kind, count(*) FROM grouped GROUP BY 1, 2
"""


def hosted_counts(tree: LayerTree, as_of: AsOf, *, by_section: bool = False) -> Mapping[str, Counter[str]]:
    """Count the hosted projects of each group by maturity; one query.

    A project counts once in a group, whatever the number of its cards there: at its commonest stage among them, of
    equally common ones at that of the card listed longest.
    """
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    with connection.cursor() as cursor:
        cursor.execute(grouped_sql(tree, by_section=by_section) + _HOSTED, grouped_parameters(tree, as_of))
        for group, maturity, number in cursor.fetchall():
            counts[group][maturity] = number
    return counts


_HOSTED = """, card AS (
    SELECT group_key, coalesce(grouped.project_id, -item_id) AS project, grouped.maturity, listed_at, item_id,
        count(*) OVER (PARTITION BY group_key, coalesce(grouped.project_id, -item_id), grouped.maturity) AS twins
    FROM grouped JOIN projects_item item ON item.id = item_id WHERE grouped.maturity <> ''
), project AS (
    SELECT DISTINCT ON (group_key, project) group_key, maturity
    FROM card ORDER BY group_key, project, twins DESC, listed_at, item_id
)
SELECT group_key, maturity, count(*) FROM project GROUP BY 1, 2
"""


@dataclass(slots=True)
class Flow:
    """Cards that entered the landscape, left it, or moved between layers within one bin of time."""

    added: int = 0
    removed: int = 0
    moved_in: int = 0
    moved_out: int = 0

    @property
    def net(self) -> int:
        """By how many cards the group grew."""
        return self.added - self.removed + self.moved_in - self.moved_out


@dataclass(slots=True)
class Flows:
    """The flows of each group (by its number) in each bin (by its first day); ``get`` gives an empty one for none."""

    by_group: dict[int, dict[date, Flow]] = field(default_factory=lambda: defaultdict(dict))

    def get(self, group: int, bin_on: date) -> Flow:
        """Return the flow of a group in a bin."""
        return self.by_group.get(group, {}).get(bin_on) or Flow()

    def of(self, group: int, bin_on: date) -> Flow:
        """Return the flow to add to."""
        return self.by_group[group].setdefault(bin_on, Flow())

    def sizes(self, group: int, bins: Iterable[date], *, now: int) -> list[int]:
        """Return how many cards the group held at the end of each bin (ascending), from how many it holds at the last."""
        sizes = []
        for bin_on in sorted(bins, reverse=True):
            sizes.append(now)
            now -= self.get(group, bin_on).net
        return sizes[::-1]


def flows(tree: LayerTree, as_of: AsOf, resolution: Resolution) -> Flows:
    """Count what came, went and moved in each bin up to the instant; one query.

    What the first version listed is no entry. A card whose section was renamed, split or merged into another layer's
    counts as moved; between layers that are parts of one, it does not move in that one.
    """
    found = Flows()
    sql = _FLOWS.format(joined=placed_sql(tree), layer=layer_sql(tree))
    with connection.cursor() as cursor:
        cursor.execute(sql, {"framework": tree.framework.pk, "at": as_of.instant, "resolution": resolution})
        for bin_on, came_from, went_to, number in cursor.fetchall():
            _count(found, tree, bin_on, (came_from, went_to, number))
    return found


def _count(found: Flows, tree: LayerTree, bin_on: date, step: tuple[int | None, int | None, int]) -> None:
    came_from, went_to, number = step
    before, after = _groups(tree, came_from), _groups(tree, went_to)
    for group in after - before:
        flow = found.of(group, bin_on)
        if came_from is None:
            flow.added += number
        else:
            flow.moved_in += number
    for group in before - after:
        flow = found.of(group, bin_on)
        if went_to is None:
            flow.removed += number
        else:
            flow.moved_out += number


def _groups(tree: LayerTree, layer: int | None) -> frozenset[int]:
    """Return the groups of a layer; of None, and of a category that is no more, there are none."""
    return frozenset() if layer is None else tree.groups_of.get(layer, frozenset())


# Neighbouring periods of a card join where one ends as the next begins; the rest are entries and exits.
_STEPS = """
WITH placed AS (
    SELECT period.item_id, lower(during) AS since, upper(during) AS until, period.subcategory_id, {layer} AS layer
    FROM {joined} WHERE lower(during) <= %(at)s::timestamptz
), beside AS (
    SELECT *, lag(until) OVER card AS last_until, lag(layer) OVER card AS last_layer, lead(since) OVER card AS next_since
    FROM placed WINDOW card AS (PARTITION BY item_id ORDER BY since)
), step AS (
    SELECT item_id, since AS at, CASE WHEN last_until = since THEN last_layer END AS came_from, layer AS went_to
    FROM beside
    UNION ALL
    SELECT item_id, until, layer, NULL FROM beside
    WHERE until <= %(at)s::timestamptz AND next_since IS DISTINCT FROM until
), real AS (
    SELECT * FROM step WHERE came_from IS DISTINCT FROM went_to
        AND at > (SELECT min(effective_at) FROM projects_landscapeversion WHERE status = 'read')
)
"""
_FLOWS = (
    _STEPS
    + """SELECT date_trunc(%(resolution)s, at AT TIME ZONE 'UTC')::date, came_from, went_to, count(*)
FROM real GROUP BY 1, 2, 3
"""
)


@dataclass(frozen=True, slots=True)
class Step:
    """A card that entered, left or moved: ``came_from`` and ``went_to`` are layers' keys, None outside the landscape."""

    item_id: int
    on: date
    came_from: int | None
    went_to: int | None


def steps_of(tree: LayerTree, as_of: AsOf, *, group: int, since: date, until: date, most: int) -> list[Step]:
    """Return the cards that came to a group or left it between two days, both included, newest first; one query."""
    sql = _LISTED_STEPS.format(joined=placed_sql(tree), layer=layer_sql(tree))
    parameters: dict[str, Any] = {"framework": tree.framework.pk, "at": as_of.instant, "inside": tree.within(group)}
    with connection.cursor() as cursor:
        cursor.execute(sql, {**parameters, "since": since, "until": until, "most": most})
        return list(_steps(cursor.fetchall()))


def _steps(rows: Iterable[tuple[int, date, int | None, int | None]]) -> Iterator[Step]:
    for row in rows:
        yield Step(*row)


_LISTED_STEPS = (
    _STEPS
    + """
SELECT item_id, (at AT TIME ZONE 'UTC')::date AS day, came_from, went_to FROM real
WHERE (at AT TIME ZONE 'UTC')::date BETWEEN %(since)s AND %(until)s
    AND coalesce(came_from = ANY(%(inside)s), false) <> coalesce(went_to = ANY(%(inside)s), false)
ORDER BY at DESC, item_id LIMIT %(most)s
"""
)
