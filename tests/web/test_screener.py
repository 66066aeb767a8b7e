"""The screener's page, its definitions and its files."""

import csv
import io
import json
import re
import zipfile
from datetime import date
from xml.etree import ElementTree

import pytest

from market.screen.columns import COLUMNS
from tests.market.screens import NOW, accepted, figure, funded, listed, maker, starred
from tests.web.catalogue import instant, landscape, shelf, version

pytestmark = pytest.mark.django_db

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture(autouse=True)
def _landscape(time_machine):
    time_machine.move_to(NOW, tick=False)
    landscape()
    version()


@pytest.fixture
def three():
    """Mesh, graduated and funded; Store, in the sandbox; Bare, of which nothing is measured."""
    mesh = starred("Mesh", 4000, maturity="graduated", kind="project", subcategory=shelf("Networking", "Mesh"))
    figure(mesh, "star_growth", 0.125, window_days=90)
    accepted(mesh, date(2020, 1, 2))
    funded(maker(mesh), 62_000_000)
    starred("Store", 1000, maturity="sandbox", kind="project")
    listed("Bare", repository_url="=cmd()")


def content(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def names(client, query=""):
    return [row.name for row in client.get(f"/screener/{query}").context["rows"]]


def body(response):
    return b"".join(response.streaming_content).decode() if response.streaming else response.content.decode()


def test_page_lists_items_by_stars_and_says_why_a_value_is_unknown(client, three):
    page = content(client, "/screener/")
    assert names(client) == ["Mesh", "Store", "Bare"]
    assert "US$62M" in page
    assert "+12.5 %" in page
    assert "The item names no repository that can be measured." in page
    assert "<strong>3 items</strong>" in page


def test_filters_are_chips_that_can_be_removed(client, three):
    response = client.get("/screener/?maturity=graduated&maturity=sandbox&stars_min=2000&page=1")
    assert [row.name for row in response.context["rows"]] == ["Mesh"]
    assert [(chip.text, chip.url) for chip in response.context["chips"]] == [
        ("Maturity: graduated", "/screener/?maturity=sandbox&stars_min=2000"),
        ("Maturity: sandbox", "/screener/?maturity=graduated&stars_min=2000"),
        ("Stars: at least 2,000", "/screener/?maturity=graduated&maturity=sandbox"),
    ]


def test_bar_keeps_what_is_asked_for(client, three):
    page = content(client, "/screener/?stars_min=5&maturity=graduated&accepted_on_has=yes&sort=name")
    assert re.search(r'name="stars_min"[^>]* value="5"', page)
    assert 'name="maturity" value="graduated" checked' in page
    assert '<input type="hidden" name="sort" value="name" form="screener-form">' in page


def test_every_filter_stands_in_the_bar_with_its_definition(client):
    page = content(client, "/screener/")
    for key, column in COLUMNS.items():
        assert f'name="{key}_has"' in page
        assert f"/screener/definitions/#{key}" in page
        assert (f'name="{key}_min"' in page) == column.kind.is_bounded


def test_definitions_define_every_column(client):
    page = content(client, "/screener/definitions/")
    assert [key for key in COLUMNS if f'id="{key}"' not in page] == []
    assert "percentile/1" in page


def test_heads_sort_numbers_from_the_largest_and_then_reversed(client, three):
    heads = {head.label: head for head in client.get("/screener/").context["heads"]}
    assert (heads["Stars"].direction, heads["Stars"].url) == ("descending", "/screener/?sort=stars")
    assert heads["Commits, 30 days"].url == "/screener/?sort=-commits_30"
    assert heads["Item"].url == "/screener/?sort=name"
    assert names(client, "?sort=stars") == ["Store", "Mesh", "Bare"]


def test_percentiles_show_when_asked_for(client):
    for number in range(5):
        starred(f"Item {number}", number)
    assert 'class="rank"' not in content(client, "/screener/?set=attention")
    rows = client.get("/screener/?set=attention&show=percentiles").context["rows"]
    assert [row.cells[1].rank for row in rows] == ["90", "70", "50", "30", "10"]


def test_own_columns_follow_the_set(client, three):
    response = client.get("/screener/?column=raised_usd&column=stars")
    assert [head.label for head in response.context["heads"]] == ["Item", "Stars", "Capital raised, disclosed"]
    response = client.get("/screener/?set=adoption&column=layer")
    assert response.context["heads"][-1].label == "Investment layer"


def test_a_past_day_shows_what_was_known_then(client, three):
    starred("Late", 9, since=instant(2024, 1, 1))
    response = client.get("/screener/?as_of=2021-01-01&set=stage")
    assert [row.name for row in response.context["rows"]] == ["Mesh", "Store", "Bare"]
    assert "There are no figures up to this day." in response.content.decode()
    assert "Late" in names(client)


def test_nonsense_is_named_and_ignored(client, three):
    response = client.get("/screener/?stars_min=x&set=y&column=z&sort=q&page=w&as_of=never&maturity=odd&per=3")
    assert response.status_code == 200
    assert [name for name, _ in response.context["errors"]] == ["Stars", "Maturity", "Order"]
    assert len(response.context["rows"]) == 3
    assert client.get("/screener/?q=%00").status_code == 200


def test_pages_go_on(client):
    for number in range(51):
        listed(f"Item {number:02d}")
    assert len(names(client)) == 50
    assert names(client, "?page=2") == ["Item 50"]
    assert len(names(client, "?per=100")) == 51


def test_nothing_found_leads_back(client):
    assert "No item fits these filters." in content(client, "/screener/?stars_min=1")


def test_htmx_gets_the_results_alone(client, three):
    page = client.get("/screener/", headers={"HX-Request": "true"}).content.decode()
    assert page.strip().startswith('<div id="screener-results">')
    assert "screener-form" not in page


def test_rows_can_be_ticked_to_be_compared(client, three):
    page = content(client, "/screener/")
    assert '<form method="get" action="/compare/"' in page
    assert '<input type="checkbox" name="items" value="mesh" aria-label="Mesh">' in page


def test_presets_lead_to_their_screens(client, three):
    page = client.get("/screener/")
    for _label, _reason, url in page.context["presets"]:
        assert client.get(url).context["errors"] == []


def test_csv_is_headed_by_day_filters_and_number(client, three):
    text = body(client.get("/screener/export.csv?maturity=graduated&set=money&show=percentiles"))
    lines = list(csv.reader(text.splitlines()))
    about = [line for line in lines if line[0].startswith("#")]
    assert about[:5] == [
        ["# As of", "2026-11-22"], ["# Figures of", "2026-11-21"], ["# Filter", "Maturity: graduated"],
        ["# Order", "Stars, descending"], ["# Rows", "1"],
    ]  # fmt: skip
    assert ["# Source", "CNCF Landscape, CC BY 4.0, 2018-03-01"] in about
    (row,) = csv.DictReader(text.splitlines()[len(about) :])
    assert (row["slug"], row["raised_usd"], row["last_series"], row["acquired_on"]) == ("mesh", "62000000", "A", "")
    assert row["raised_usd_percentile"] == ""


def test_csv_holds_all_pages_and_lets_no_formula_run(client, three):
    for number in range(60):
        listed(f"Item {number}")
    text = body(client.get("/screener/export.csv?column=repository&page=2"))
    assert text.count("\n") > 63
    assert "bare,Bare,'=cmd()" in text


def test_json_has_the_view_and_its_definitions(client, three):
    answer = json.loads(body(client.get("/screener/export.json?stars_has=yes&column=stars&column=growth_90&sort=name")))
    assert (answer["as_of"], answer["figures_on"], answer["count"]) == ("2026-11-22", "2026-11-21", 2)
    assert answer["filters"] == ["Stars: known"]
    assert answer["order"] == "Name, ascending"
    assert [column["key"] for column in answer["columns"]] == ["stars", "growth_90"]
    assert answer["rows"] == [
        {"slug": "mesh", "name": "Mesh", "stars": 4000, "growth_90": 0.125},
        {"slug": "store", "name": "Store", "stars": 1000, "growth_90": None},
    ]
    assert answer["sources"][0]["licence"] == "CC BY 4.0"


def sheet(book, number):
    """Read a sheet as the rows of its cells: numbers as floats, texts through the shared strings."""
    texts = ["".join(one.itertext()) for one in ElementTree.fromstring(book.read("xl/sharedStrings.xml"))]  # noqa: S314  (our own file)
    rows = ElementTree.fromstring(book.read(f"xl/worksheets/sheet{number}.xml")).iter(f"{SHEET}row")  # noqa: S314  (our own file)
    return [[_cell(cell, texts) for cell in row] for row in rows]


def _cell(cell, texts):
    value = cell.find(f"{SHEET}v")
    if value is None:
        return None
    return texts[int(value.text)] if cell.get("t") == "s" else float(value.text)


def test_xlsx_keeps_numbers_as_numbers_and_says_what_it_is_about(client, three):
    columns = "column=stars&column=growth_90&column=accepted_on&column=repository"
    response = client.get(f"/screener/export.xlsx?{columns}&stars_min=2000")
    book = zipfile.ZipFile(io.BytesIO(response.content))
    assert sheet(book, 1) == [
        ["Slug", "Name", "Repository", "Accepted on", "Stars", "Stars, 90 days"],
        ["mesh", "Mesh", 43832.0, 4000.0, 0.125],
    ]
    about = sheet(book, 2)
    assert about[:5] == [
        ["As of", "2026-11-22"], ["Figures of", "2026-11-21"], ["Filter", "Stars: at least 2,000"],
        ["Order", "Stars, descending"], ["Rows", 1.0],
    ]  # fmt: skip
    assert [row[0] for row in sheet(book, 3)] == ["Key", "repository", "accepted_on", "stars", "growth_90"]


@pytest.mark.parametrize("kind", ["csv", "json", "xlsx"])
@pytest.mark.parametrize("items", [0, 1, 3])
def test_every_column_is_in_every_file(client, kind, items):
    for number in range(items):
        funded(maker(starred(f"Item {number}", number, maturity="sandbox", kind="project"), f"Maker {number}"), 5)
    query = "&".join(f"column={key}" for key in COLUMNS)
    response = client.get(f"/screener/export.{kind}?show=percentiles&{query}")
    assert response.status_code == 200
    if kind == "json":
        answer = json.loads(body(response))
        assert (len(answer["rows"]), [column["key"] for column in answer["columns"]]) == (items, list(COLUMNS))
    elif kind == "csv":
        assert set(COLUMNS) <= set(next(line for line in body(response).splitlines() if line[0] != "#").split(","))
    else:
        assert len(sheet(zipfile.ZipFile(io.BytesIO(response.content)), 3)) == len(COLUMNS) + 1


def test_files_of_another_kind_are_404(client):
    assert client.get("/screener/export.pdf").status_code == 404


def test_an_unchanged_page_is_304(client, three):
    etag = client.get("/screener/")["ETag"]
    assert client.get("/screener/", headers={"If-None-Match": etag}).status_code == 304


@pytest.mark.parametrize("path", ["/zh-hans/screener/", "/zh-hans/screener/definitions/"])
def test_pages_speak_chinese(client, three, path):
    page = content(client, path)
    assert "筛选器" in page
    assert "Stars" not in page


@pytest.mark.parametrize("items", [1, 3])
def test_page_asks_as_often_for_three_items(client, items, django_assert_num_queries):
    for number in range(items):
        funded(maker(starred(f"Item {number}", number, maturity="sandbox", kind="project"), f"Maker {number}"), 5)
    client.get("/screener/")
    with django_assert_num_queries(6):
        client.get("/screener/")


def test_bounds_of_money_and_shares_are_words(client, three):
    response = client.get("/screener/?raised_usd_min=1000000&growth_90_min=-5.5&stars_max=1234567")
    assert [chip.text for chip in response.context["chips"]] == [
        "Stars: at most 1,234,567",
        "Stars, 90 days: at least −5.5 %",
        "Capital raised, disclosed: at least US$1M",
    ]


def test_columns_of_the_set_stay_out_of_the_address(client, three):
    page = content(client, "/screener/?set=money&column=stars")
    assert 'name="column" value="rounds" checked disabled' in page
    assert 'name="column" value="stars" checked>' in page


@pytest.mark.parametrize("query", ["stars_min=abc", "sort=bogus"])
def test_a_file_of_a_bad_question_is_refused_and_names_it(client, three, query):
    response = client.get(f"/screener/export.csv?{query}")
    assert response.status_code == 400
    assert response.content.decode().split(":")[0] == query.split("=")[0]


def test_most_below_least_is_said_on_the_page_and_refused_in_a_file(client, three):
    sentence = "This is less than the least value asked for."
    assert client.get("/screener/?stars_min=9&stars_max=1").context["errors"] == [("Stars", sentence)]
    file = client.get("/screener/export.csv?stars_min=9&stars_max=1")
    assert (file.status_code, file.content.decode()) == (400, f"stars_max: {sentence}\n")


def test_a_site_without_figures_says_so_above_the_screens(client, three):
    assert "Nothing has been measured yet" in client.get("/screener/?as_of=2019-01-01").content.decode()
