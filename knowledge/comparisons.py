"""Comparisons, and a table as rows of cells beside their columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Prefetch

from knowledge.models import Comparison, ComparisonColumn, ComparisonRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet


@dataclass(frozen=True, slots=True)
class Cell:
    """What one column says to an aspect."""

    column: ComparisonColumn
    text: str
    text_zh: str


@dataclass(frozen=True, slots=True)
class Aspect:
    """A row: its name and a cell for each column; a cell that lacks is empty."""

    row: ComparisonRow
    cells: Sequence[Cell]


def comparisons() -> QuerySet[Comparison]:
    """Return all comparisons with their columns and concepts, by title; two queries."""
    columns = ComparisonColumn.objects.select_related("concept").order_by("position", "pk")
    return Comparison.objects.prefetch_related(Prefetch("columns", columns)).order_by("title", "pk")


def comparisons_with_tables() -> QuerySet[Comparison]:
    """Return all comparisons with their columns and rows, by title; three queries."""
    return comparisons().prefetch_related(Prefetch("rows", ComparisonRow.objects.order_by("position", "pk")))


def comparison_for_page(slug: str) -> Comparison | None:
    """Return a comparison with columns, rows, questions and sources; five queries, one if there is none."""
    return comparisons_with_tables().filter(slug=slug).prefetch_related("questions", "sources").first()


def aspects_of(comparison: Comparison) -> list[Aspect]:
    """Return the table of a comparison read by ``comparison_for_page``; no query."""
    columns = list(comparison.columns.all())
    return [Aspect(row, _cells(columns, row.cells)) for row in comparison.rows.all()]


def _cells(columns: Sequence[ComparisonColumn], cells: Sequence[dict[str, str]]) -> list[Cell]:
    padded = [*cells, *({} for _ in columns)]
    return [
        Cell(column, cell.get("text", ""), cell.get("text_zh", ""))
        for column, cell in zip(columns, padded, strict=False)
    ]
