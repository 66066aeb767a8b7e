"""The graph of investors and companies: two columns of names and a curve for each tie, always laid the same way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import get_language

from projects.localized import localized
from projects.picture_scene import text_width

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from market.investors import Tie
    from projects.models import Organization

# Pixels.
ROW = 26
TOP = 20
TEXT_SIZE = 13
# From a dot to the outer end of its name, beside the name itself.
BESIDE = 16
# Between the columns: enough for curves to part, little enough for a phone while the names are few.
NARROWEST_GAP, WIDEST_GAP, GAP_A_ROW = 110, 260, 10
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
    x_left = _widest(named[key] for key in left)
    x_right = x_left + min(max(GAP_A_ROW * rows, NARROWEST_GAP), WIDEST_GAP)
    investors = {key: _node(named[key], x_left, y, "end") for key, y in _places(left, rows).items()}
    companies = {key: _node(named[key], x_right, y, "start") for key, y in _places(right, rows).items()}
    return Graph(
        investors=list(investors.values()),
        companies=list(companies.values()),
        edges=[_edge(tie, investors[tie.investor.pk], companies[tie.company.pk]) for tie in ties],
        width=x_right + _widest(named[key] for key in right),
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


def _label(organization: Organization) -> str:
    return localized(organization, "name", language=get_language())


def _widest(column: Iterable[Organization]) -> int:
    return BESIDE + round(max((text_width(_label(each), TEXT_SIZE) for each in column), default=0))


def _node(organization: Organization, x: int, y: int, anchor: str) -> Node:
    return Node(organization, _label(organization), x, y, anchor)


def _edge(tie: Tie, investor: Node, company: Node) -> Edge:
    first, last, middle = investor.x + 8, company.x - 8, (investor.x + company.x) // 2
    path = f"M{first} {investor.y}C{middle} {investor.y} {middle} {company.y} {last} {company.y}"
    return Edge(tie, path, min(2 * tie.rounds, WIDEST))
