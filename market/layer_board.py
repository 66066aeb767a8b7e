"""The layer board: what stands in each layer of a framework on a day, what it draws, and what it raised."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from market.layer_attention import (
    NO_ATTENTION,
    Attention,
    CommonDay,
    TopItem,
    attention,
    common_day,
    top_items,
)
from market.layer_capital import NO_CAPITAL, OUTSIDE, Capital, capital
from market.layer_counts import Flow, Flows, card_counts, flows, hosted_counts
from market.layers import TOTAL, UNASSIGNED, LayerNode, LayerTree, layer_tree
from projects.trends import TimeAxis, data_span, time_axis

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from market.models import Framework
    from projects.as_of import AsOf

TOP_ITEMS = 5
YEAR = 4  # quarters


@dataclass(frozen=True, slots=True)
class LayerRow:
    """One group of the board: a layer, all layers together (``node`` None), or what stands in none.

    ``sizes`` are its cards at the end of each quarter of the board's axis; ``year`` is what came and went in the last
    four of them; ``attention`` is empty where nothing was measured near the day.
    """

    group: int
    node: LayerNode | None
    cards: int
    kinds: Counter[str]
    maturities: Counter[str]
    sizes: Sequence[int]
    year: Flow
    attention: Attention
    capital: Capital
    top: Sequence[TopItem]

    @property
    def hosted(self) -> int:
        """Hosted projects, archived ones among them."""
        return self.maturities.total()


@dataclass(frozen=True, slots=True)
class Board:
    """A framework on a day: its layers in order, all of them together, and what stands in none.

    ``measured`` is the day of stars and commits, None before the first measurement; ``outside`` is the money of
    organizations that stand in no layer; ``axis`` is None in an empty catalogue.
    """

    tree: LayerTree
    as_of: AsOf
    axis: TimeAxis | None
    flows: Flows
    measured: CommonDay | None
    rows: Sequence[LayerRow]
    total: LayerRow
    unassigned: LayerRow
    outside: Capital

    @property
    def cards(self) -> int:
        """All cards of the day."""
        return self.total.cards + self.unassigned.cards

    def row(self, node: LayerNode) -> LayerRow:
        """Return the row of a layer."""
        return next(row for row in self.rows if row.node == node)

    @property
    def items(self) -> set[int]:
        """The items named anywhere on the board."""
        return {top.item_id for row in (*self.rows, self.total) for top in row.top}


def layer_board(framework: Framework, as_of: AsOf, *, tree: LayerTree | None = None) -> Board:
    """Return the board of a framework; nine queries, whatever the number of layers."""
    tree = tree or layer_tree(framework, as_of.instant)
    span = data_span()
    axis = cut_axis(time_axis(span, "quarter"), as_of) if span else None
    reading = _Reading(tree, as_of, axis)
    rows = [reading.row(node.key, node) for node in tree.nodes]
    return Board(
        tree=tree,
        as_of=as_of,
        axis=axis,
        flows=reading.flows,
        measured=reading.measured,
        rows=rows,
        total=reading.row(TOTAL),
        unassigned=reading.row(UNASSIGNED),
        outside=reading.capital.get(OUTSIDE, NO_CAPITAL),
    )


class _Reading:
    """Everything that a board's rows are made of, read once."""

    def __init__(self, tree: LayerTree, as_of: AsOf, axis: TimeAxis | None) -> None:
        self.tree = tree
        self.axis = axis
        self.cards = card_counts(tree, as_of)
        self.hosted = hosted_counts(tree, as_of)
        self.flows = flows(tree, as_of, "quarter")
        self.measured = common_day(tree, as_of)
        day = self.measured.day if self.measured and not self.measured.is_stale else None
        self.attention: Mapping[str, Attention] = attention(tree, as_of, day) if day else {}
        self.top = top_items(tree, as_of, day, most=TOP_ITEMS)
        self.capital = capital(tree, as_of)

    def row(self, group: int, node: LayerNode | None = None) -> LayerRow:
        key = str(group)
        kinds = self.cards.get(key, Counter())
        bins = self.axis.starts if self.axis else ()
        return LayerRow(
            group=group,
            node=node,
            cards=kinds.total(),
            kinds=kinds,
            maturities=self.hosted.get(key, Counter()),
            sizes=self.flows.sizes(group, bins, now=kinds.total()),
            year=self._year(group, bins[-YEAR:]),
            attention=self.attention.get(key, NO_ATTENTION),
            capital=self.capital.get(key, NO_CAPITAL),
            top=self.top.get(key, ()),
        )

    def _year(self, group: int, bins: Sequence[date]) -> Flow:
        flow = Flow()
        for each in (self.flows.get(group, bin_on) for bin_on in bins):
            flow.added += each.added
            flow.removed += each.removed
            flow.moved_in += each.moved_in
            flow.moved_out += each.moved_out
        return flow


def cut_axis(axis: TimeAxis, as_of: AsOf) -> TimeAxis:
    """Return the axis up to the bin that holds the day asked about; at least its first bin."""
    ends = [datetime.combine(start, time(), UTC) for start in axis.starts]
    kept = max(1, sum(end <= as_of.instant for end in ends))
    shown = axis.cut(slice(0, kept))
    last = min(shown.days[-1], max(as_of.day, shown.starts[-1]))
    return TimeAxis(shown.resolution, shown.starts, (*shown.days[:-1], last))
