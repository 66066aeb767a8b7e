"""The graph of investors and companies: two columns of names and a curve for each tie, always laid the same way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import get_language

from projects.localized import localized

if TYPE_CHECKING:
    from collections.abc import Sequence

    from market.investors import Tie
    from projects.models import Organization

# Pixels.
ROW = 26
TOP = 20
WIDTH = 760
LEFT, RIGHT = 250, 510
WIDEST = 6
SWEEPS = 4


@dataclass(frozen=True, slots=True)
class Node:
    """A name in its column; ``x`` and ``y`` in pixels of the drawing."""

    organization: Organization
    label: str
    x: int
    y: int
    anchor: str


@dataclass(frozen=True, slots=True)
class Edge:
    """A tie as a path; ``width`` grows with the rounds shared."""

    tie: Tie
    path: str
    width: int


@dataclass(frozen=True, slots=True)
class Graph:
    """The whole drawing."""

    investors: Sequence[Node]
    companies: Sequence[Node]
    edges: Sequence[Edge]
    width: int
    height: int


def lay_graph(ties: Sequence[Tie]) -> Graph:
    """Lay investors on the left and companies on the right, each beside those it is tied to; empty without ties.

    An organization that is both stands in both columns. The order starts from names and is swept to and fro by the
    mean place of the neighbours, so equal data give equal drawings.
    """
    named = {tie.investor.pk: tie.investor for tie in ties} | {tie.company.pk: tie.company for tie in ties}
    pairs = [(tie.investor.pk, tie.company.pk) for tie in ties]
    left, right = _ordered(pairs, {key: row.name for key, row in named.items()})
    rows = max(len(left), len(right))
    places_left = _places(left, rows)
    places_right = _places(right, rows)
    return Graph(
        investors=[_node(named[key], LEFT, y, "end") for key, y in places_left.items()],
        companies=[_node(named[key], RIGHT, y, "start") for key, y in places_right.items()],
        edges=[_edge(tie, places_left[tie.investor.pk], places_right[tie.company.pk]) for tie in ties],
        width=WIDTH,
        height=2 * TOP + ROW * max(rows - 1, 0),
    )


def _ordered(pairs: Sequence[tuple[int, int]], names: dict[int, str]) -> tuple[list[int], list[int]]:
    left = sorted({a for a, _ in pairs}, key=lambda key: (names[key], key))
    right = sorted({b for _, b in pairs}, key=lambda key: (names[key], key))
    for _ in range(SWEEPS):
        right = _swept(right, [(b, left.index(a)) for a, b in pairs])
        left = _swept(left, [(a, right.index(b)) for a, b in pairs])
    return left, right


def _swept(column: Sequence[int], neighbours: Sequence[tuple[int, int]]) -> list[int]:
    places: dict[int, list[int]] = {}
    for key, place in neighbours:
        places.setdefault(key, []).append(place)
    means = {key: sum(found) / len(found) for key, found in places.items()}
    return sorted(column, key=lambda key: (means[key], column.index(key)))


def _places(column: Sequence[int], rows: int) -> dict[int, int]:
    offset = ROW * (rows - len(column)) // 2
    return {key: TOP + offset + ROW * index for index, key in enumerate(column)}


def _node(organization: Organization, x: int, y: int, anchor: str) -> Node:
    return Node(organization, localized(organization, "name", language=get_language()), x, y, anchor)


def _edge(tie: Tie, y1: int, y2: int) -> Edge:
    first, last, middle = LEFT + 8, RIGHT - 8, (LEFT + RIGHT) // 2
    path = f"M{first} {y1}C{middle} {y1} {middle} {y2} {last} {y2}"
    return Edge(tie, path, min(2 * tie.rounds, WIDEST))
