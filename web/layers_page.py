"""What the layer pages show beside the board: items by their keys, stages as bars, hosted projects of each layer."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from market.layer_files import STAGES
from market.layers import placed_periods
from projects.models import Item
from web.charts.areas import Layer, sparkline
from web.charts.scales import percent

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Mapping, Sequence

    from market.layer_board import Board, LayerRow
    from market.layer_shares import FrameworkShares
    from market.layers import LayerNode, LayerTree
    from projects.as_of import AsOf
    from projects.models import ItemPeriod

HUES = 6
# Frameworks that have a form of their own, by their slugs.
PRESENTATIONS = {"trail-map": "layers/_steps.html", "security-4c": "layers/_rings.html"}
HOSTED_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a bar, in percent of its length; ``key`` is its class."""

    x: str
    width: str
    key: str
    label: str
    count: int


def pieces(counts: Sequence[tuple[str, str, int]]) -> list[Piece]:
    """Lay (class, label, count) side by side over a whole bar; those of 0 are left out."""
    total = sum(count for *_rest, count in counts)
    laid: list[Piece] = []
    before = 0
    for key, label, count in counts:
        if count:
            laid.append(Piece(percent(before / total), percent(count / total), key, label, count))
            before += count
    return laid


@dataclass(frozen=True, slots=True)
class BoardLine:
    """A row of the board with its drawings and its first items."""

    row: LayerRow
    spark: Layer
    stages: Sequence[Piece]
    other_stages: int
    top: Sequence[tuple[Item, int | None]]


def board_lines(board: Board) -> list[BoardLine]:
    """Return the rows of the layers, then that of all of them; one query."""
    items = Item.objects.in_bulk(board.items)
    return [_line(row, items) for row in (*board.rows, board.total)]


def board_line(row: LayerRow) -> BoardLine:
    """Return one row; one query."""
    return _line(row, Item.objects.in_bulk([top.item_id for top in row.top]))


def _line(row: LayerRow, items: Mapping[int, Item]) -> BoardLine:
    known = [(stage, stage, row.maturities[stage]) for stage in STAGES]
    return BoardLine(
        row=row,
        spark=sparkline(row.sizes),
        stages=pieces(known),
        other_stages=row.hosted - sum(count for *_rest, count in known),
        top=[(items[top.item_id], top.stars) for top in row.top],
    )


def share_pieces(shares: FrameworkShares, names: Mapping[int, str]) -> list[Piece]:
    """Return a framework's outermost layers as parts of a bar, what stands in none at its end."""
    counts = [
        (f"series-{place % HUES + 1}", names[node.key], count) for place, (node, count) in enumerate(shares.layers)
    ]
    return pieces([*counts, ("rest", "", shares.unassigned)])


@dataclass(frozen=True, slots=True)
class HostedOfLayer:
    """A layer's row with its first hosted projects."""

    line: BoardLine
    cards: Sequence[ItemPeriod]
    number: int


def hosted_of_layers(lines: Iterable[BoardLine], tree: LayerTree, as_of: AsOf) -> list[HostedOfLayer]:
    """Return the layers with the hosted projects that came furthest; one query."""
    found: dict[int, list[Any]] = defaultdict(list)
    projects: set[tuple[int, int]] = set()
    hosted = placed_periods(tree.framework, as_of.instant).hosted().exclude(maturity="archived")
    for card in hosted.with_logos().hosted_first():
        placed: Any = card
        key = (placed.layer, card.project_id or -card.item_id)
        if key not in projects:
            projects.add(key)
            found[placed.layer].append(card)
    rows = [line for line in lines if line.row.node]
    return [
        HostedOfLayer(line, found[line.row.group][:HOSTED_SHOWN], number) for number, line in enumerate(rows, start=1)
    ]


def stage_counts(maturities: Counter[str]) -> list[tuple[str, int]]:
    """Return how many projects stand at each stage, up the ladder; another foundation's words last."""
    known = [(stage, maturities[stage]) for stage in STAGES if maturities[stage]]
    return known + sorted((word, count) for word, count in maturities.items() if word not in STAGES)


def ancestors(tree: LayerTree, node: LayerNode) -> list[LayerNode]:
    """Return the layers around one, the outermost first."""
    found: list[LayerNode] = []
    key = node.parent_key
    while key is not None:
        found.insert(0, tree.by_key[key])
        key = found[0].parent_key
    return found
