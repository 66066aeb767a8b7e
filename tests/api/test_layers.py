"""Frameworks and layers in the API."""

import csv

import pytest

from tests.market.layers import NOW, framework, layer, put, repository
from tests.web.catalogue import item, landscape, period, shelf, version

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _landscape(time_machine):
    time_machine.move_to(NOW, tick=False)
    landscape()
    version()


@pytest.fixture
def tech():
    own = framework("tech", claimed_layers=8)
    outer = layer(own, "outer", code="1")
    put(layer(own, "inner", parent=outer), subcategory=shelf())
    return own


def listed(number):
    for place in range(number):
        one = item(f"Item {place}")
        period(one)
        repository(f"a/{place}", one, stars=5)


def test_frameworks_and_their_layers(get, tech):
    body = get("frameworks/").json()
    assert [(row["slug"], row["claimed_layers"], row["author"]) for row in body["results"]] == [("tech", 8, "Strata")]
    detail = get("frameworks/tech/").json()
    assert [(row["slug"], row["code"], row["part_of"]) for row in detail["layers"]] == [
        ("outer", "1", None), ("inner", None, "outer")
    ]  # fmt: skip
    assert detail["as_of"].startswith("2026-11-22")
    get("frameworks/x/", status=404)


def test_layers_of_the_first_framework_or_the_one_asked_for(get, tech):
    framework("other", position=3)
    listed(3)
    body = get("layers/").json()
    assert [(row["slug"], row["framework"], row["items"], row["stars"]) for row in body["results"]] == [
        ("outer", "tech", 3, 15), ("inner", "tech", 3, 15), ("unassigned", "tech", 0, None)
    ]  # fmt: skip
    assert [row["slug"] for row in get("layers/?framework=other").json()["results"]] == ["unassigned"]
    assert get("layers/?framework=tech&page_size=1&page=2").json()["results"][0]["slug"] == "inner"


def test_layers_without_a_framework_are_none(get):
    assert get("layers/").json()["results"] == []


def test_layer_with_what_was_put_into_it(get, tech):
    body = get("layers/tech/inner/").json()
    assert body["url"] == "http://testserver/api/v1/layers/tech/inner/"
    assert [(row["kind"], row["name"], row["reason"]) for row in body["assignments"]] == [
        ("section", "Runtime / Storage", "Because.")
    ]
    assert get("layers/tech/unassigned/").json()["assignments"] == []
    get("layers/tech/x/", status=404)
    get("layers/x/inner/", status=404)


def test_layers_as_csv(get, tech):
    listed(1)
    rows = list(csv.DictReader(get("layers/?format=csv").content.decode().splitlines()))
    assert [(row["slug"], row["items"], row["raised_usd"]) for row in rows] == [
        ("outer", "1", ""), ("inner", "1", ""), ("unassigned", "0", "")
    ]  # fmt: skip


@pytest.mark.parametrize("path", ["layers/?framework=x", "layers/?x=1", "layers/?ordering=slug", "frameworks/?x=1"])
def test_unknown_values_and_names_are_400(get, tech, path):
    get(path, status=400)


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(("path", "queries"), [("frameworks/", 5), ("layers/", 13), ("layers/tech/inner/", 14)])
def test_end_points_cost_the_same_however_many_rows(get, tech, path, queries, number, django_assert_num_queries):
    listed(number)
    with django_assert_num_queries(queries):
        get(path)
