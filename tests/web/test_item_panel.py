import pytest
from model_bakery import baker

from projects.models import ItemRepository, Organization, Repository
from tests.web.catalogue import FIRST, instant, item, landscape, period

pytestmark = pytest.mark.django_db

FRAGMENT = {"HX-Request": "true"}


@pytest.fixture
def rook():
    landscape()
    isovalent = baker.make(Organization, slug="isovalent", name="Isovalent", name_zh="艾索")
    found = item(
        "Rook",
        maturity="graduated",
        kind="project",
        organization=isovalent,
        homepage_url="https://www.rook.io",
        summary="Storage.",
        summary_zh="存储。",
    )
    period(found, FIRST, instant(2020, 1, 1), maturity="sandbox", name="Little Rook")
    period(found, instant(2020, 1, 1))
    return found


def add_repositories(found, count):
    for number in range(count):
        repository = baker.make(Repository, url=f"https://github.com/r/{number}", full_name=f"r/{number}")
        baker.make(ItemRepository, item=found, repository=repository, is_primary=number == 0)


@pytest.mark.parametrize("rows", [1, 3])
def test_panel_asks_as_often_for_many_repositories(client, django_assert_num_queries, rook, rows):
    add_repositories(rook, rows)
    with django_assert_num_queries(4):
        text = client.get("/items/rook/panel/", headers=FRAGMENT).content.decode()
    assert text.count("https://github.com/r/") == rows


def test_panel_shows_the_main_facts(client, rook):
    text = client.get("/items/rook/panel/", headers=FRAGMENT).content.decode()
    for expected in ('id="panel-title">Rook<', "graduated", "Storage.", "Isovalent", ">rook.io<", "1 March 2018"):
        assert expected in text
    assert "<html" not in text


def test_panel_is_a_page_of_its_own(client, rook):
    text = client.get("/zh-hans/items/rook/panel/").content.decode()
    for expected in ("<html", "存储。", "艾索", "毕业", "2018年3月1日", 'href="/zh-hans/items/rook/"'):
        assert expected in text


def test_panel_of_a_day_shows_what_was_said_then(client, rook):
    text = client.get("/items/rook/panel/?as_of=2019-05-05", headers=FRAGMENT).content.decode()
    assert 'id="panel-title">Little Rook<' in text
    assert 'href="/items/rook/?as_of=2019-05-05"' in text
    assert "not listed then" in client.get("/items/rook/panel/?as_of=2017-01-01", headers=FRAGMENT).content.decode()


def test_panel_makes_no_link_of_other_schemes(client, rook):
    rook.homepage_url = "javascript:alert(1)"
    rook.save()
    assert "javascript:" not in client.get("/items/rook/panel/").content.decode()


def test_panel_of_nothing_is_404(client):
    assert client.get("/items/nope/panel/").status_code == 404
