"""The layer pages: frameworks, the board, a layer, what stands in none, and their files."""

import csv
from datetime import date
from decimal import Decimal

import pytest

from tests.market.layers import DAY, NOW, company, framework, layer, put, raised, repository
from tests.market.surveys import answer, survey, wave
from tests.web.catalogue import instant, item, landscape, period, shelf, version
from web.charts.treemap import Rectangle, squarified
from web.layers_page import pieces

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _landscape(time_machine):
    time_machine.move_to(NOW, tick=False)
    landscape()
    version()


@pytest.fixture
def tech():
    own = framework("tech", name="Tech", name_zh="技术", claimed_layers=8)
    outer = layer(own, "outer", name="Outer", name_zh="外层", code="1")
    put(layer(own, "inner", parent=outer, name="Inner"), subcategory=shelf(), reason="It stores.", reason_zh="它存储。")
    return own


def listed(name, section=None, **values):
    made = item(name, subcategory=section or shelf(), **values)
    period(made)
    return made


def rows(client, path):
    response = client.get(path)
    return list(csv.DictReader(b"".join(response.streaming_content).decode().splitlines()))


PAGES = ("/layers/", "/layers/tech/", "/layers/tech/outer/", "/layers/tech/inner/", "/layers/tech/unassigned/")


@pytest.mark.parametrize("number", [0, 1, 3])
@pytest.mark.parametrize("path", PAGES)
def test_pages_stand_with_none_one_and_three_items_in_both_languages(client, tech, path, number):
    for place in range(number):
        repository(f"a/{place}", listed(f"Item {place}", maturity="sandbox", kind="project"), stars=10 + place)
        listed(f"Other {place}", shelf(name="Elsewhere"))
    for prefix in ("", "/zh-hans"):
        assert client.get(f"{prefix}{path}").status_code == 200
        assert client.get(f"{prefix}{path}?as_of=2017-01-01").status_code == 200


def test_list_names_each_framework_with_what_it_places(client, tech):
    listed("One")
    listed("Other", shelf(name="Elsewhere"))
    content = client.get("/layers/").content.decode()
    assert "1 of 2 items stand in a layer." in content
    assert "Its author claims 8 layers and names 2." in content
    assert "技术" in client.get("/zh-hans/layers/").content.decode()


def test_list_without_frameworks_says_so(client):
    assert "No framework is loaded yet" in client.get("/layers/").content.decode()


def test_board_shows_stars_money_and_what_is_unassigned(client, tech):
    one = listed("One")
    repository("a/one", one, stars=1500)
    raised(company("Maker", one), Decimal(2_000_000))
    raised(company("Else"), Decimal(5))
    listed("Other", shelf(name="Elsewhere"))
    response = client.get("/layers/tech/")
    content = response.content.decode()
    assert "US$2M" in content
    assert "1.5K" in content
    assert f'datetime="{DAY}"' in content
    assert "The ledger also names 1 organizations that stand in no layer" in content
    assert response.context["board"].unassigned.cards == 1
    (branch,) = response.context["treemap"].wide
    assert (branch.name, [leaf.name for leaf in branch.leaves]) == ("Inner", ["Storage"])
    assert branch.leaves[0].url == "/layers/tech/inner/#runtime-storage"


def test_board_without_measurements_says_why(client, tech):
    listed("One")
    assert "No repository had been measured by then" in client.get("/layers/tech/").content.decode()
    response = client.get("/layers/tech/?area=stars")
    assert "No stars are known near that day." in response.content.decode()


def test_layer_tells_why_and_who(client, tech):
    listed("One")
    content = client.get("/layers/tech/inner/").content.decode()
    assert "It stores." in content
    assert "Strata, " in content
    assert "它存储。" in client.get("/zh-hans/layers/tech/inner/").content.decode()


def test_layer_leads_to_its_money_its_use_and_its_screen(client):
    technology = layer(framework("investment-layers"), "technology")
    put(layer(technology.framework, "substitutes", parent=technology), subcategory=shelf())
    used, unused = listed("Used"), listed("Unused", section=shelf("Elsewhere", "Other"))
    raised(company("Maker", used), Decimal(5))
    asked = wave(2025, survey())
    answer(asked, "Used", 300, item=used)
    answer(asked, "Unused", 900, item=unused)
    response = client.get("/layers/investment-layers/technology/")
    [rank] = response.context["adopted"].ranks
    assert (rank.curve.name, rank.place, response.context["adopted"].asked) == ("Used", 2, 2)
    ways = response.context["ways"]
    rounds = client.get(ways.rounds)
    assert [row.organization.name for row in rounds.context["page"]] == ["Maker"]
    for way in (ways.screen, ways.in_production):
        assert [row.name for row in client.get(way).context["rows"]] == ["Used"], way


def test_layer_of_the_landscapes_own_categories_is_screened_by_category(client):
    framework("categories", mirrors_categories=True)
    listed("Here")
    ways = client.get("/layers/categories/runtime/").context["ways"]
    assert (ways.screen, ways.rounds) == ("/screener/?category=runtime", "")


def test_layer_without_a_survey_says_so(client, tech):
    assert "No survey had asked about projects by then." in client.get("/layers/tech/outer/").content.decode()
    wave(2025, survey())
    assert "No survey had asked about projects by then." in client.get("/layers/tech/outer/").content.decode()


def test_of_a_day_before_any_computed_figure_the_items_show_the_counted_stars(client, tech):
    one = listed("One", repository_url="https://github.com/a/one")
    repository("a/one", one, stars=4321, day=date(2020, 10, 24))
    day = "2020-10-24"
    page = client.get(f"/layers/tech/inner/?as_of={day}").content.decode()
    assert page.count("4,321") == 1
    (row,) = rows(client, f"/layers/tech/inner/items.csv?as_of={day}")
    assert (row["stars"], row["figures_on"], row["growth_365"]) == ("4321", day, "")
    (row,) = rows(client, "/layers/tech/inner/items.csv")
    assert (row["stars"], row["figures_on"]) == ("", "")


def test_heat_leads_to_what_came_and_went(client, tech):
    came = item("Came", listed_at=instant(2020, 2, 1))
    period(came, instant(2020, 2, 1))
    heat = client.get("/layers/tech/").context["heat"]
    (inner,) = [row for row in heat.rows if row.name == "Inner"]
    (cell,) = [cell for cell in inner.cells if cell.value]
    assert cell.url == "/layers/tech/inner/?since=2020-01-01&until=2020-02-01#flows"
    response = client.get(cell.url)
    assert [(move.item, move.has_come) for move in response.context["movements"]] == [(came, True)]
    assert client.get("/layers/tech/inner/?since=2021-01-01&until=2021-12-31").context["movements"] == []


def test_unassigned_lists_sections_and_items(client, tech):
    listed("Other", shelf(name="Elsewhere"))
    response = client.get("/layers/tech/unassigned/")
    assert "Runtime › Elsewhere" in response.content.decode()
    assert [card.name for card, _figures in response.context["cards"]] == ["Other"]


def test_trail_map_and_4c_have_their_own_forms(client):
    for slug, mark in (("trail-map", "trail-number"), ("security-4c", "ring-1")):
        own = framework(slug)
        put(layer(own, "first"), item=listed(f"Item {slug}", maturity="graduated", kind="project"))
        assert mark in client.get(f"/layers/{slug}/").content.decode()


def test_categories_are_a_board_and_pages(client):
    framework("mirror", mirrors_categories=True)
    listed("One")
    assert [row.node.slug for row in client.get("/layers/mirror/").context["board"].rows] == ["runtime"]
    assert client.get("/layers/mirror/runtime/").context["page"].paginator.count == 1


def test_files_hold_the_board_sections_heat_and_items(client, tech):
    repository("a/one", listed("One"), stars=7)
    board = rows(client, "/layers/tech/board.csv")
    assert [(row["layer"], row["items"], row["stars"], row["part_of"]) for row in board] == [
        ("outer", "1", "7", ""), ("inner", "1", "7", "outer"), ("total", "1", "7", ""), ("unassigned", "0", "", "")
    ]  # fmt: skip
    (section,) = rows(client, "/layers/tech/sections.csv")
    assert (section["layer"], section["subcategory"], section["stars"]) == ("inner", "Storage", "7")
    assert {row["layer"] for row in rows(client, "/layers/tech/heat.csv")} == {"outer", "inner"}
    (card,) = rows(client, "/layers/tech/inner/items.csv")
    assert (card["slug"], card["layer"], card["stars"]) == ("one", "inner", "7")


def test_pages_take_no_nonsense(client, tech):
    listed("One")
    response = client.get("/layers/tech/?as_of=x&area=x&colour=x&heat=x&by=x")
    assert response.status_code == 200
    assert response.context["form"].errors
    assert client.get("/layers/tech/inner/?as_of=2999-01-01&since=x&until=y&page=z").status_code == 200
    for path in (
        "/layers/x/",
        "/layers/tech/x/",
        "/layers/tech/x.csv",
        "/layers/x/board.csv",
        "/layers/tech/x/items.csv",
    ):
        assert client.get(path).status_code == 404, path


def test_board_answers_htmx_with_its_results_alone(client, tech):
    content = client.get("/layers/tech/", headers={"HX-Request": "true"}).content.decode()
    assert content.strip().startswith('<div id="layer-board"')


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(("path", "queries"), [("/layers/", 6), ("/layers/tech/", 23), ("/layers/tech/inner/", 31)])
def test_pages_cost_the_same_however_many_rows(client, tech, path, queries, number, django_assert_num_queries):
    asked = wave(2025)
    for place in range(number):
        one = listed(f"Item {place}", maturity="sandbox", kind="project")
        repository(f"a/{place}", one, stars=10 + place)
        raised(company(f"Maker {place}", one), Decimal(5))
        answer(asked, one.name, 300, item=one)
    with django_assert_num_queries(queries):
        client.get(path)


def test_treemap_fills_its_box_in_proportion():
    box = Rectangle(0, 0, 600, 400)
    weights = [6, 6, 4, 3, 2, 2, 1]
    laid = squarified(weights, box)
    assert [round(each.width * each.height) for each in laid] == [
        60_000,
        60_000,
        40_000,
        30_000,
        20_000,
        20_000,
        10_000,
    ]
    # The example of Bruls, Huizing and van Wijk: no area is far from a square.
    assert max(each.ratio for each in laid) < 3
    assert all(each.x + each.width <= 600.001 and each.y + each.height <= 400.001 for each in laid)
    assert squarified([], box) == []


def test_pieces_fill_a_bar_and_leave_out_nothing_of_nothing():
    assert [(each.x, each.width) for each in pieces([("a", "A", 1), ("b", "B", 0), ("c", "C", 3)])] == [
        ("0.00%", "25.00%"),
        ("25.00%", "75.00%"),
    ]
    assert pieces([]) == []
