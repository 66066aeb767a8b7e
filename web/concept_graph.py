"""The map of a concept's relations: columns by steps, always laid the same way, and curves between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import get_language

from knowledge.models import ConceptRelation
from projects.localized import is_chinese, localized

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from knowledge.models import Concept
    from knowledge.relations import Neighbourhood, Relation

# Pixels.
ROW = 28
TOP = 20
NODE_WIDTH, NODE_HEIGHT = 178, 22
GAP = 56
SWEEPS = 4
# Letters that fit into a node; a Chinese one is two Latin ones wide.
MOST_LATIN, MOST_CHINESE = 28, 13
# What a concept rests on stands to its left, all else to its right.
LEFTWARDS = {ConceptRelation.Kind.PART_OF, ConceptRelation.Kind.KIND_OF, ConceptRelation.Kind.NEEDS}


@dataclass(frozen=True, slots=True)
class Node:
    """A concept in its column; ``x`` and ``y`` are its box's corner, ``label`` may be cut short."""

    concept: Concept
    title: str
    label: str
    x: int
    y: int
    step: int

    @property
    def center_x(self) -> int:
        """Where its label stands."""
        return self.x + NODE_WIDTH // 2

    @property
    def center_y(self) -> int:
        """Where its label's middle is."""
        return self.y + NODE_HEIGHT // 2


@dataclass(frozen=True, slots=True)
class Edge:
    """A relation as a path; ``is_direct`` if it is one of the page's concept."""

    relation: Relation
    path: str
    is_direct: bool


@dataclass(frozen=True, slots=True)
class Graph:
    """The whole drawing, ``kinds`` the sorts of relation in it."""

    nodes: Sequence[Node]
    edges: Sequence[Edge]
    kinds: Sequence[tuple[str, str]]
    width: int
    height: int
    node_width: int = NODE_WIDTH
    node_height: int = NODE_HEIGHT


def lay_concepts(around: Neighbourhood) -> Graph:
    """Lay a neighbourhood: the concept in the middle, steps outwards; what it rests on to the left.

    Columns start from titles and are swept to and fro by the mean place of the neighbours, so equal data give equal
    drawings.
    """
    columns = _ordered(_columns(around), around)
    longest = max(len(column) for column in columns)
    places: dict[int, Node] = {}
    for number, column in enumerate(columns):
        offset = ROW * (longest - len(column)) // 2
        for row, key in enumerate(column):
            x, y = number * (NODE_WIDTH + GAP), TOP // 2 + offset + ROW * row
            places[key] = _node(around.concepts[key], x, y, around.steps[key])
    found = {one.kind for one in around.relations}
    return Graph(
        nodes=[*places.values()],
        edges=[_edge(one, places) for one in around.relations],
        kinds=[(value, str(label)) for value, label in ConceptRelation.Kind.choices if value in found],
        width=len(columns) * (NODE_WIDTH + GAP) - GAP,
        height=TOP + ROW * longest,
    )


def _columns(around: Neighbourhood) -> list[list[int]]:
    """Give each concept its column: two steps to the left, one, itself, one to the right, two."""
    sides = {around.concept.pk: 0}
    for step in (1, 2):
        for one in around.relations:
            for near, far, side in (
                (one.concept.pk, one.other.pk, -1 if one.kind in LEFTWARDS else 1),
                (one.other.pk, one.concept.pk, 1),
            ):
                if far not in sides and around.steps[far] == step and near in sides and around.steps[near] == step - 1:
                    sides[far] = step * (_sign(sides[near]) or side)
    titles = {key: (row.title.lower(), key) for key, row in around.concepts.items()}
    columns = [
        sorted((key for key, own in sides.items() if own == side), key=titles.__getitem__) for side in range(-2, 3)
    ]
    return [column for column in columns if column]


def _sign(side: int) -> int:
    return (side > 0) - (side < 0)


def _ordered(columns: list[list[int]], around: Neighbourhood) -> list[list[int]]:
    ties: dict[int, set[int]] = {}
    for one in around.relations:
        ties.setdefault(one.concept.pk, set()).add(one.other.pk)
        ties.setdefault(one.other.pk, set()).add(one.concept.pk)
    for sweep in range(SWEEPS):
        numbers = range(1, len(columns)) if sweep % 2 == 0 else range(len(columns) - 2, -1, -1)
        before = -1 if sweep % 2 == 0 else 1
        for number in numbers:
            columns[number] = _swept(columns[number], columns[number + before], ties)
    return columns


def _swept(column: Sequence[int], beside: Sequence[int], ties: Mapping[int, set[int]]) -> list[int]:
    places = {key: place / max(len(beside), 1) for place, key in enumerate(beside)}
    own = {key: place / max(len(column), 1) for place, key in enumerate(column)}

    def mean(key: int) -> tuple[float, float]:
        found = [places[other] for other in ties.get(key, ()) if other in places]
        return (sum(found) / len(found) if found else own[key], own[key])

    return sorted(column, key=mean)


def _node(concept: Concept, x: int, y: int, step: int) -> Node:
    language = get_language()
    title = localized(concept, "title", language=language)
    most = MOST_CHINESE if is_chinese(language) and not title.isascii() else MOST_LATIN
    label = title if len(title) <= most else f"{title[: most - 1].rstrip()}…"
    return Node(concept, title, label, x, y, step)


def _edge(relation: Relation, places: Mapping[int, Node]) -> Edge:
    one, other = places[relation.concept.pk], places[relation.other.pk]
    left, right = sorted((one, other), key=lambda node: node.x)
    is_direct = 0 in {one.step, other.step}
    if left.x == right.x:
        # Within a column the curve bows out to its right.
        x, bow = left.x + NODE_WIDTH, left.x + NODE_WIDTH + GAP // 2
        return Edge(
            relation, f"M{x} {one.center_y}C{bow} {one.center_y} {bow} {other.center_y} {x} {other.center_y}", is_direct
        )
    start, end = left.x + NODE_WIDTH, right.x
    middle = (start + end) // 2
    path = f"M{start} {left.center_y}C{middle} {left.center_y} {middle} {right.center_y} {end} {right.center_y}"
    return Edge(relation, path, is_direct)
