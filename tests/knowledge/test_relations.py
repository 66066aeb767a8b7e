import pytest

from knowledge.relations import neighbourhood
from tests.knowledge.entries import concept, relation

pytestmark = pytest.mark.django_db


def words(groups):
    return [(str(group.words), [one.slug for one in group.concepts]) for group in groups]


def test_relations_are_read_from_both_ends(mesh):
    assert words(neighbourhood(mesh["mesh"]).groups) == [
        ("needs", ["microservices"]),
        ("succeeds", ["bus"]),
        ("has as its parts", ["sidecar"]),
    ]
    assert words(neighbourhood(mesh["microservices"]).groups) == [
        ("contrasts with", ["monolith"]),
        ("is needed by", ["mesh"]),
    ]
    assert words(neighbourhood(mesh["monolith"]).groups) == [("contrasts with", ["microservices"])]


def test_the_neighbourhood_ends_after_two_steps(mesh):
    around = neighbourhood(mesh["mesh"])
    assert {around.concepts[key].slug: step for key, step in around.steps.items()} == {
        "mesh": 0, "microservices": 1, "sidecar": 1, "bus": 1, "monolith": 2, "pod": 2,
    }  # fmt: skip
    assert [(near.slug, words(groups)) for near, groups in around.further] == [
        ("microservices", [("contrasts with", ["monolith"])]),
        ("sidecar", [("needs", ["pod"])]),
    ]


def test_a_concept_without_relations_stands_alone():
    around = neighbourhood(concept("alone"))
    assert (around.groups, around.further, around.relations) == ([], [], ())


@pytest.mark.parametrize("others", [1, 3])
def test_a_neighbourhood_takes_two_queries(others, django_assert_num_queries):
    center = concept("center")
    for number in range(others):
        relation(concept(f"other-{number}"), "part_of", center)
    with django_assert_num_queries(2):
        assert len(neighbourhood(center).relations) == others
