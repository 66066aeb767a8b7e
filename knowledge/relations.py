"""How a concept stands to others, read from both ends, and the neighbourhood of two steps around it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from knowledge.models import Concept, ConceptRelation

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django_stubs_ext import StrOrPromise

Kind = ConceptRelation.Kind
STEPS = 2
# A kind, and whether it is read from its other end: what it is called, in the order in which a page shows them.
WORDS: Mapping[tuple[str, bool], StrOrPromise] = {
    (Kind.KIND_OF, False): _("is a kind of"),
    (Kind.PART_OF, False): _("is part of"),
    (Kind.NEEDS, False): _("needs"),
    (Kind.SUCCEEDS, False): _("succeeds"),
    (Kind.CONTRASTS_WITH, False): _("contrasts with"),
    (Kind.SUCCEEDS, True): _("is succeeded by"),
    (Kind.KIND_OF, True): _("has as its kinds"),
    (Kind.PART_OF, True): _("has as its parts"),
    (Kind.NEEDS, True): _("is needed by"),
}
ORDER = list(WORDS)


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation as stored: ``concept`` is what ``kind`` says to ``other``."""

    concept: Concept
    other: Concept
    kind: str

    @property
    def words(self) -> StrOrPromise:
        """What the first is to the second."""
        return WORDS[self.kind, False]


@dataclass(frozen=True, slots=True)
class RelationGroup:
    """The concepts that stand in one way to the concept of a page; ``is_reverse``: they name it, not it them."""

    kind: str
    is_reverse: bool
    concepts: tuple[Concept, ...]

    @property
    def words(self) -> StrOrPromise:
        """What the page's concept is to these."""
        return WORDS[self.kind, self.is_reverse]


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """What lies at most two steps from a concept; ``steps`` says how far each lies, by its key.

    ``relations`` are those of the concept and of its neighbours; between two that lie two steps away none is kept.
    """

    concept: Concept
    steps: Mapping[int, int]
    concepts: Mapping[int, Concept]
    relations: tuple[Relation, ...]

    @property
    def groups(self) -> list[RelationGroup]:
        """The direct relations by how they are read."""
        return groups_around(self.concept, self.relations)

    @property
    def further(self) -> list[tuple[Concept, list[RelationGroup]]]:
        """Each neighbour that has relations beyond the concept, with these; by title."""
        beyond = [one for one in self.relations if self.concept not in {one.concept, one.other}]
        near = [row for key, row in self.concepts.items() if self.steps[key] == 1]
        found = [(row, groups_around(row, beyond)) for row in sorted(near, key=_by_title)]
        return [(row, groups) for row, groups in found if groups]


def groups_around(concept: Concept, relations: Sequence[Relation]) -> list[RelationGroup]:
    """Group the relations of one concept by how they are read from it; contrasts are the same from both ends."""
    found: dict[tuple[str, bool], set[Concept]] = {}
    for one in relations:
        if one.concept == concept:
            found.setdefault((one.kind, False), set()).add(one.other)
        elif one.other == concept:
            is_reverse = one.kind != Kind.CONTRASTS_WITH
            found.setdefault((one.kind, is_reverse), set()).add(one.concept)
    return [RelationGroup(*key, tuple(sorted(found[key], key=_by_title))) for key in ORDER if key in found]


def neighbourhood(concept: Concept) -> Neighbourhood:
    """Read what lies within two steps of a concept; two queries over all relations and concepts, some hundreds."""
    ties = list(ConceptRelation.objects.order_by("pk").values_list("concept_id", "other_id", "kind"))
    steps = _steps_from(concept.pk, [(one, other) for one, other, _kind in ties])
    shown = ("pk", "slug", "title", "title_zh", "kind")
    concepts = {row.pk: row for row in Concept.objects.filter(pk__in=steps).only(*shown)}
    relations = [
        Relation(concepts[one], concepts[other], kind)
        for one, other, kind in ties
        if one in steps and other in steps and min(steps[one], steps[other]) < STEPS
    ]
    return Neighbourhood(concept, steps, concepts, tuple(relations))


def _steps_from(start: int, ties: Sequence[tuple[int, int]]) -> dict[int, int]:
    steps = {start: 0}
    for step in range(1, STEPS + 1):
        reached = {b for a, b in ties if a in steps} | {a for a, b in ties if b in steps}
        steps |= dict.fromkeys(sorted(reached - steps.keys()), step)
    return steps


def _by_title(concept: Concept) -> tuple[str, int]:
    return (concept.title.lower(), concept.pk)
