"""What the page of one layer shows: its sections with reasons, its charts, its cards, what came and went."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from market.layer_counts import steps_of
from market.layer_sections import layer_sections
from market.layers import UNASSIGNED, periods_in, placed_periods
from market.models import LayerAssignment
from market.screen.layer_screen import layer_screen
from metrics.models import Indicator, Metric
from metrics.stars_by_item import stars_by_item
from metrics.table_figures import figures_day, figures_of_items
from projects.models import Item
from web.trend_charts import Column, area_chart, turnover_chart

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from django.db.models import QuerySet

    from market.layer_board import Board
    from market.layer_counts import Step
    from market.layer_sections import SectionFigures
    from market.layers import LayerNode, LayerTree
    from projects.as_of import AsOf
    from projects.models import ItemPeriod
    from projects.querysets.periods import ItemPeriodQuerySet
    from web.trend_charts import TrendChart

FIGURES = ("stars", "growth_365", "commits_30")
MOST_STEPS = 100
YEAR = timedelta(days=365)


def layer_cards(tree: LayerTree, as_of: AsOf, group: int) -> ItemPeriodQuerySet:
    """Return the cards that stand in a group, those that came furthest first."""
    return periods_in(tree, as_of, group=group).with_taxonomy().with_logos().hosted_first()


def with_figures(
    cards: Iterable[ItemPeriod], as_of: AsOf, *, measured_on: date | None
) -> tuple[list[tuple[ItemPeriod, list[Any]]], date | None]:
    """Give each card its computed figures, and the day they are of; where none were yet, the stars that were counted.

    ``measured_on`` is the day of the layer's own sums, None where it has none. At most three queries.
    """
    rows = list(cards)
    items = [row.item_id for row in rows]
    day = figures_day(last=as_of.day)
    found: Mapping[int, Mapping[str, Indicator]] = figures_of_items(items, FIGURES, day=day)
    if day is None and measured_on is not None:
        day, found = measured_on, _counted_stars(items, measured_on)
    return [(row, [found.get(row.item_id, {}).get(key) for key in FIGURES]) for row in rows], day


def _counted_stars(items: Sequence[int], day: date) -> Mapping[int, Mapping[str, Indicator]]:
    counts = stars_by_item(items, first=day, last=day)
    return {item: {"stars": Indicator(metric=Metric.STARS, value=count.stars)} for item, count in counts.items()}


@dataclass(frozen=True, slots=True)
class PlacedSection:
    """A section that stands in the layer, with its figures of the day (None: no card then) and who put it there."""

    figures: SectionFigures | None
    assignment: LayerAssignment | None


@dataclass(frozen=True, slots=True)
class Placed:
    """All that was put into a layer: sections with cards on the day, those without, single items, organizations."""

    sections: Sequence[PlacedSection]
    empty: Sequence[PlacedSection]
    items: Sequence[LayerAssignment]
    organizations: Sequence[LayerAssignment]


def placed(board: Board, group: int, day: date | None) -> Placed:
    """Return what was put into a group, and why; five queries."""
    keys = board.tree.within(group)
    rows = list(
        LayerAssignment.objects.filter(framework=board.tree.framework, layer__in=keys)
        .select_related("subcategory__category", "item", "organization", "source", "layer")
        .order_by("layer__position", "subcategory__category__position", "subcategory__position", "pk")
    )
    shown = {each.section.pk: each for each in layer_sections(board.tree, board.as_of, day) if each.node.key in keys}
    assigned = {row.subcategory_id: row for row in rows if row.subcategory_id}
    sections = [PlacedSection(shown.get(key or 0), row) for key, row in assigned.items()]
    # Sections of which single items stand here, or the sections of a category.
    sections += [PlacedSection(each, None) for key, each in shown.items() if key not in assigned]
    full = [each for each in sections if each.figures]
    full.sort(key=lambda each: -(each.figures.cards if each.figures else 0))
    empty = [each for each in sections if not each.figures]
    return Placed(full, empty, [row for row in rows if row.item], [row for row in rows if row.organization])


@dataclass(frozen=True, slots=True)
class LayerWays:
    """Where one goes on from a layer; "" where no page can be asked for it."""

    screen: str
    in_production: str
    rounds: str


def layer_ways(tree: LayerTree, node: LayerNode, as_of: AsOf) -> LayerWays:
    """Return the addresses of a layer's screen, of the surveyed part of it, and of its rounds of funding."""
    day = [("as_of", as_of.text)] if as_of.text else []
    kept = layer_screen(tree, node)
    used = [("set", "adoption"), ("production_share_has", "yes"), ("sort", "-production_share")]
    place = [("framework", tree.framework.slug), ("layer", node.slug)]
    return LayerWays(
        screen=f"{reverse('screener')}?{urlencode([*kept, *day])}" if kept else "",
        in_production=f"{reverse('screener')}?{urlencode([*kept, *used, *day])}" if kept else "",
        rounds="" if tree.framework.mirrors_categories else f"{reverse('funding')}?{urlencode(place)}",
    )


def unassigned_sections(tree: LayerTree, as_of: AsOf) -> QuerySet[ItemPeriod, Any]:
    """Return (category, its Chinese name, section, its Chinese name, cards) of what stands in no layer."""
    cards = placed_periods(tree.framework, as_of.instant).filter(Q(("layer", UNASSIGNED))).order_by()
    names = [f"subcategory__{path}" for path in ("category__name", "category__name_zh", "name", "name_zh")]
    rows: QuerySet[ItemPeriod, Any] = cards.values_list(*names).annotate(n=Count("pk")).order_by("-n", *names)
    return rows


@dataclass(frozen=True, slots=True)
class LayerCharts:
    """How many cards stood in the layer, and how many came and went, by quarter."""

    sizes: TrendChart
    turnover: TrendChart


def layer_charts(board: Board, group: int) -> LayerCharts | None:
    """Draw a group's history from its board; no query."""
    axis = board.axis
    if axis is None:
        return None
    row = next(row for row in (*board.rows, board.total, board.unassigned) if row.group == group)
    flows = [board.flows.get(group, start) for start in axis.starts]
    return LayerCharts(
        sizes=area_chart(axis, [Column("items", _("items"), row.sizes)]),
        turnover=turnover_chart(
            axis,
            Column("added", _("added"), [flow.added + flow.moved_in for flow in flows]),
            Column("removed", _("removed"), [flow.removed + flow.moved_out for flow in flows]),
        ),
    )


@dataclass(frozen=True, slots=True)
class Movement:
    """A card that came or went; ``other`` is the layer that it came from or went to, None outside the landscape."""

    item: Item
    on: date
    has_come: bool
    other: LayerNode | None
    is_move: bool


def movements(tree: LayerTree, as_of: AsOf, group: int, span: tuple[date, date]) -> list[Movement]:
    """Return the cards that came to a group or left it within a span of days, newest first; two queries."""
    steps = steps_of(tree, as_of, group=group, since=span[0], until=span[1], most=MOST_STEPS)
    items = Item.objects.in_bulk([step.item_id for step in steps])
    inside = set(tree.within(group))
    return [_movement(step, tree, items[step.item_id], inside) for step in steps]


def _movement(step: Step, tree: LayerTree, item: Item, inside: set[int]) -> Movement:
    has_come = step.went_to in inside
    other = step.came_from if has_come else step.went_to
    return Movement(item, step.on, has_come, tree.by_key.get(other or 0), is_move=other is not None)
