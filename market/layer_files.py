"""Boards, sections and heat maps as rows of plain values, for files and the API; what is unknown is None."""

from __future__ import annotations

from typing import TYPE_CHECKING

from market.layer_sections import layer_sections

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from market.layer_attention import Attention, Growth
    from market.layer_board import Board, LayerRow
    from market.layer_heat import Heat

STAGES = ("graduated", "incubating", "sandbox", "archived")
ATTENTION = (
    "measured_on", "repositories", "repositories_known", "items_without_repository", "stars", "star_growth_90",
    "star_growth_365", "commits_30d", "largest_star_share", "star_hhi",
)  # fmt: skip
MONEY = (
    "organizations", "organizations_funded", "rounds", "rounds_amount_unknown", "raised_usd", "acquisitions",
    "acquisitions_price_unknown", "acquired_usd", "listings",
)  # fmt: skip
BOARD_COLUMNS = (
    "as_of", "layer", "code", "name", "name_zh", "part_of", "items", "hosted", *STAGES,
    "added_4_quarters", "removed_4_quarters", "moved_in_4_quarters", "moved_out_4_quarters", *ATTENTION, *MONEY,
)  # fmt: skip
SECTION_COLUMNS = ("as_of", "layer", "category", "subcategory", "items", "hosted", *ATTENTION)
HEAT_COLUMNS = (
    "bin_from", "bin_to", "layer", "added", "removed", "moved_in", "moved_out", "stars_gained", "repositories_counted",
    "rounds", "rounds_amount_unknown", "raised_usd",
)  # fmt: skip
Cells = tuple[object, ...]


def board_cells(board: Board) -> Iterator[Cells]:
    """Give a line for each layer, then one for all of them (``layer`` "total") and one for what stands in none."""
    for row in (*board.rows, board.total, board.unassigned):
        flow = row.year
        yield (
            board.as_of.day.isoformat(),
            *_names(board, row),
            row.cards,
            row.hosted,
            *(row.maturities[stage] for stage in STAGES),
            *(flow.added, flow.removed, flow.moved_in, flow.moved_out),
            *_attention(row.attention, board.measured.day if board.measured else None),
            *_money(row, board),
        )


def _names(board: Board, row: LayerRow) -> Cells:
    if row.node is None:
        return ("total" if row is board.total else "unassigned", "", "", "", "")
    parent = board.tree.by_key.get(row.node.parent_key or 0)
    return row.node.slug, row.node.code, row.node.name, row.node.name_zh, parent.slug if parent else ""


def _attention(counts: Attention, day: date | None) -> Cells:
    return (
        day.isoformat() if day and counts.known else None,
        counts.repositories,
        counts.known,
        counts.items_without_repository,
        counts.stars,
        _growth(counts.growth_90),
        _growth(counts.growth_365),
        counts.commits_30d,
        counts.largest_share,
        counts.hhi,
    )


def _growth(growth: Growth | None) -> float | None:
    return growth.value if growth else None


def _money(row: LayerRow, board: Board) -> Cells:
    if row is board.unassigned:
        return (None,) * len(MONEY)
    money = row.capital
    return (
        money.organizations,
        money.funded,
        money.rounds,
        money.unpriced_rounds,
        money.raised_usd,
        money.acquisitions,
        money.unpriced_acquisitions,
        money.acquired_usd,
        money.listings,
    )


def section_cells(board: Board, day: date | None) -> Iterator[Cells]:
    """Give a line for each section of each layer."""
    for each in layer_sections(board.tree, board.as_of, day):
        places = (each.node.slug, each.section.category.name, each.section.name)
        yield (board.as_of.day.isoformat(), *places, each.cards, each.hosted, *_attention(each.attention, day))


def heat_cells(heat: Heat | None) -> Iterator[Cells]:
    """Give a line for each layer and bin."""
    if heat is None:
        return
    for start, end in zip(heat.axis.starts, heat.axis.days, strict=True):
        for node in heat.nodes:
            flow = heat.flows.get(node.key, start)
            stars = heat.stars.get((str(node.key), start))
            raised = heat.capital.get((str(node.key), start))
            yield (
                *(start.isoformat(), end.isoformat(), node.slug, flow.added, flow.removed, flow.moved_in),
                *(flow.moved_out, stars.stars if stars else None, stars.repositories if stars else 0),
                *((raised.rounds, raised.unpriced, raised.usd) if raised else (0, 0, None)),
            )
