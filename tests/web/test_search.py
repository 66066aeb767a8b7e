import re

import pytest
from model_bakery import baker

from knowledge.models import Concept
from knowledge.search_index import rebuild_search_texts
from projects.models import Category, ItemAlias, Organization
from tests.web.catalogue import item, landscape, shelf

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _landscape():
    landscape()


@pytest.fixture
def catalogue():
    kuma = item("Kuma", maturity="sandbox", subcategory=shelf("Orchestration", "Service Mesh", name_zh="服务网格"))
    ItemAlias.objects.create(item=kuma, name="Bearish", slug="bearish")
    baker.make(Organization, name="Kuma Labs", slug="kuma-labs")


def titles(response):
    return re.findall(r"<a href=[^>]*><strong>([^<]+)</strong>", response.content.decode())


def test_search_groups_hits_by_kind(client, catalogue):
    groups = client.get("/search/?q=kuma").context["groups"]
    assert [(label, [hit.title for hit in hits]) for label, hits in groups] == [
        ("Items", ["Kuma"]),
        ("Organizations", ["Kuma Labs"]),
    ]


def test_search_says_by_which_former_name_it_found(client, catalogue):
    assert "formerly Bearish" in client.get("/search/?q=bearish").content.decode()


def test_search_finds_chinese_and_shows_chinese(client, catalogue):
    response = client.get("/zh-hans/search/?q=服务网格")
    assert "服务网格" in titles(response)


@pytest.mark.parametrize("query", ["", "q=", "q=%00", "q=" + "x" * 5000, "q=%25%5C_", "q=%27%3B--", "q=%F0%9F%A4%B7"])
def test_search_survives_anything(client, catalogue, query):
    assert client.get(f"/search/?{query}").status_code == 200
    assert client.get(f"/search/suggest/?{query}").status_code == 200


def test_search_shows_what_was_asked_and_escapes_it(client, catalogue):
    content = client.get("/search/?q=<b>zzzz</b>").content.decode()
    assert "&lt;b&gt;zzzz&lt;/b&gt;" in content
    assert "<b>zzzz" not in content


def test_suggestions_are_a_list_of_links_without_a_page(client, catalogue):
    content = client.get("/search/suggest/?q=kum", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in content
    assert re.findall(r'<a href="([^"]+)"', content) == ["/items/kuma/", "/organizations/kuma-labs/", "/search/?q=kum"]


def test_suggestions_of_nothing_are_nothing(client, catalogue):
    assert client.get("/search/suggest/?q=").content.decode().strip() == ""


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("path", "queries"), [("/search/", 8), ("/search/suggest/", 7)])
def test_search_queries_do_not_grow(client, django_assert_num_queries, rows, path, queries):
    for number in range(rows):
        item(f"Kuma {number}", subcategory=shelf(f"Kuma {number}", f"Kuma {number}"))
        baker.make(Organization, name=f"Kuma {number}", slug=f"kuma-{number}")
    assert Category.objects.count() == rows
    with django_assert_num_queries(queries):
        client.get(f"{path}?q=kuma")


@pytest.fixture
def mesh(db):
    baker.make(
        Concept, slug="service-mesh", title="Service mesh", title_zh="服务网格", kind="technology",
        definition="A layer that steers traffic.", definition_zh="控制流量的一层。",
    )  # fmt: skip
    rebuild_search_texts()


def test_search_shows_concepts_beside_items(client, mesh):
    text = client.get("/search/?q=servicemesh").content.decode()
    assert re.search(r"<h2>Concepts <span", text)
    assert "A layer that steers traffic." in text
    assert "left" not in text.split('id="search-results"')[1].split("</main>")[0]


def test_suggestions_tell_a_concept_in_chinese(client, mesh):
    text = client.get("/zh-hans/search/suggest/?q=服务网格").content.decode()
    assert "<strong>服务网格</strong>" in text
    assert "概念" in text
