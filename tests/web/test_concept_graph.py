"""The map of a concept's relations."""

import pytest

from knowledge.relations import neighbourhood
from tests.knowledge.entries import mesh_and_neighbours
from web.concept_graph import lay_concepts

pytestmark = pytest.mark.django_db


@pytest.fixture
def mesh():
    return mesh_and_neighbours()


def test_the_list_says_what_the_drawing_shows(mesh):
    around = neighbourhood(mesh["mesh"])
    graph = lay_concepts(around)
    listed = {one.slug for group in around.groups for one in group.concepts}
    listed |= {one.slug for _near, groups in around.further for group in groups for one in group.concepts}
    assert {node.concept.slug for node in graph.nodes} == listed | {"mesh"}
    assert len(graph.edges) == len(around.relations) == 5


def test_equal_data_give_equal_drawings_and_no_two_nodes_share_a_place(mesh):
    first, again = lay_concepts(neighbourhood(mesh["mesh"])), lay_concepts(neighbourhood(mesh["mesh"]))
    assert first == again
    places = [(node.x, node.y) for node in first.nodes]
    assert len(places) == len(set(places))
    assert all(0 <= node.x <= first.width and 0 <= node.y <= first.height for node in first.nodes)


def test_what_a_concept_rests_on_stands_to_its_left(mesh):
    x = {node.concept.slug: node.x for node in lay_concepts(neighbourhood(mesh["mesh"])).nodes}
    assert x["monolith"] < x["microservices"] < x["mesh"] < x["sidecar"] < x["pod"]
