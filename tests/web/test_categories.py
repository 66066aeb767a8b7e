import re

import pytest

from projects.models import Category
from tests.web.catalogue import FIRST, change, instant, item, landscape, period, shelf, version

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _landscape():
    landscape()
    version()


@pytest.fixture
def runtime():
    network = shelf("Runtime", "Network")
    for name, maturity, home in (
        ("containerd", "graduated", network),
        ("Calico", "", network),
        ("Rook", "sandbox", shelf("Runtime", "Storage")),
    ):
        period(item(name, maturity=maturity, subcategory=home))
    item("Gone", subcategory=network, delisted_at=instant(2020, 1, 1))
    shelf("Runtime", "Former", position=None)
    version(instant(2020, 6, 1))
    return network.category


def test_category_shows_its_sections_in_order_with_hosted_items_first(client, runtime):
    sections = client.get("/categories/runtime/").context["sections"]
    assert [(each.subcategory.name, [card.name for card in each.items], each.hosted) for each in sections] == [
        ("Network", ["containerd", "Calico"], 1),
        ("Storage", ["Rook"], 1),
    ]


def test_category_counts_by_maturity(client, runtime):
    context = client.get("/categories/runtime/").context
    assert (context["total"], context["maturities"]) == (3, [("graduated", 1), ("sandbox", 1)])


def test_category_cuts_long_sections_and_links_the_rest(client, runtime, monkeypatch):
    monkeypatch.setattr("web.views.categories.CARDS_OF_A_SECTION", 1)
    response = client.get("/categories/runtime/")
    assert [len(each.items) for each in response.context["sections"]] == [1, 1]
    assert '<a href="/table/?category=runtime&amp;subcategory=network">All 2</a>' in response.content.decode()


def test_category_shows_the_changes_of_twelve_months(client, runtime):
    rook = item("Old")
    change(rook, "moved", instant(2019, 1, 1), category=runtime)
    change(rook, "renamed", instant(2020, 5, 1), category=runtime)
    context = client.get("/categories/runtime/").context
    assert [each.kind for each in context["changes"]] == ["renamed"]
    assert context["change_counts"] == [("renamed", 1)]


def test_category_draws_its_growth(client, runtime):
    readings = client.get("/categories/runtime/").context["chart"].readings
    assert (len(readings), readings[-1].values) == (28, (3,))


def test_category_that_is_gone_says_so(client):
    gone = shelf("Bygone", "Things").category
    gone.position = None
    gone.save()
    assert "no longer has this category" in client.get("/categories/bygone/").content.decode()


def test_unknown_category_is_404_with_suggestions(client, runtime):
    response = client.get("/categories/runtimes/")
    assert response.status_code == 404
    assert "There is nothing at this address" in response.content.decode()


def test_categories_stand_in_the_order_of_the_map(client, runtime):
    shelf("Anything", "Else")
    content = client.get("/categories/").content.decode()
    assert re.findall(r'<th scope="row"><a href="/categories/([^/]+)/">', content) == ["runtime", "anything"]


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("path", "queries"), [("/categories/", 7), ("/categories/runtime/", 11)])
def test_category_queries_do_not_grow(client, django_assert_num_queries, rows, path, queries):
    for number in range(rows):
        home = shelf("Runtime", f"Section {number}")
        card = item(f"Item {number}", subcategory=home, maturity="sandbox")
        period(card, FIRST)
        change(card, "moved", FIRST, before="A", after="B")
        shelf(f"Category {number}", "Section")
    with django_assert_num_queries(queries):
        client.get(path)


@pytest.mark.parametrize(
    ("path", "heading"), [("/zh-hans/categories/", "类别"), ("/zh-hans/categories/runtime/", "运行时")]
)
def test_categories_speak_chinese(client, runtime, path, heading):
    Category.objects.filter(slug="runtime").update(name_zh="运行时")
    assert f"<h1>{heading}</h1>" in client.get(path).content.decode()
