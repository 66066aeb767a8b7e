import csv
import re
from xml.etree import ElementTree

import pytest

from projects.models import TaxonomyBreak
from tests.web.catalogue import FIRST, change, instant, item, landscape, period, shelf, version

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _landscape():
    landscape()


@pytest.fixture
def history():
    version()
    rook = item("Rook")
    period(rook, FIRST, instant(2018, 4, 10), maturity="sandbox")
    period(rook, instant(2018, 4, 10), maturity="incubating")
    tool = item("Tool", subcategory=shelf("Wasm", "Tools"))
    period(tool, instant(2018, 4, 20))
    change(rook, "listed", FIRST)
    change(tool, "listed", instant(2018, 4, 20))
    version(instant(2018, 5, 3))


def rows(client, path):
    response = client.get(path)
    return list(csv.reader(b"".join(response.streaming_content).decode().splitlines()))


def test_trends_draw_what_the_landscape_showed(client, history):
    charts = client.get("/trends/").context["charts"]
    assert [(reading.day.isoformat(), reading.values) for reading in charts.items.readings] == [
        ("2018-03-31", (1,)),
        ("2018-04-30", (2,)),
        ("2018-05-03", (2,)),
    ]
    assert [(column.key, column.values) for column in charts.hosted.columns] == [
        ("incubating", (0, 1, 1)),
        ("sandbox", (1, 0, 0)),
    ]
    assert [(column.key, column.values) for column in charts.turnover.columns] == [
        ("added", (0, 1, 0)),
        ("removed", (0, 0, 0)),
    ]
    assert [(row.label, row.first, row.last, row.change) for row in charts.groups] == [
        ("Runtime", 1, 1, None),
        ("Wasm", 0, 1, None),
    ]


def test_trends_give_another_foundations_words_hues_of_their_own(client):
    version()
    for number in range(7):
        period(item(f"Item {number}"), maturity=f"stage & {number}")
    period(item("Rook"), maturity="graduated")
    version(instant(2018, 5, 3))
    response = client.get("/trends/")
    hues = [column.drawn_as for column in response.context["charts"].hosted.columns]
    assert hues[0] == "graduated"
    assert sorted(hues[1:7]) == [f"series-{number}" for number in range(1, 7)]
    assert hues[7] == "series-1"
    assert '<path class="layer series-6"' in response.content.decode()


def test_trends_of_a_category_go_by_section(client, history):
    charts = client.get("/trends/?category=wasm").context["charts"]
    assert [(row.label, row.url) for row in charts.groups] == [("Tools", "/categories/wasm/#tools")]
    assert charts.hosted.columns == ()


@pytest.mark.parametrize(
    ("query", "days"),
    [
        ("resolution=quarter", ["2018-03-31", "2018-05-03"]),
        ("resolution=year", ["2018-05-03"]),
        ("since=2018-04-01", ["2018-04-30", "2018-05-03"]),
        ("until=2018-04-30", ["2018-03-31", "2018-04-30"]),
        ("resolution=week", ["2018-03-31", "2018-04-30", "2018-05-03"]),
        ("category=nowhere", ["2018-03-31", "2018-04-30", "2018-05-03"]),
        ("since=x&until=9999-12-31", ["2018-03-31", "2018-04-30", "2018-05-03"]),
    ],
)
def test_trends_take_a_stretch_and_a_resolution(client, history, query, days):
    charts = client.get(f"/trends/?{query}").context["charts"]
    assert [reading.day.isoformat() for reading in charts.items.readings] == days


def test_trends_name_their_drawings_for_everybody(client, history):
    content = client.get("/trends/").content.decode()
    drawings = [ElementTree.fromstring(svg) for svg in re.findall(r'<svg class="chart.*?\n</svg>', content, re.DOTALL)]  # noqa: S314
    assert len(drawings) == 3
    for drawing in drawings:
        assert drawing.get("role") == "img"
        named = [drawing.find(tag).get("id") for tag in ("title", "desc")]
        assert drawing.get("aria-labelledby").split() == named


def test_trends_mark_breaks_around_many_cards(client, history):
    at = instant(2018, 4, 15)
    TaxonomyBreak.objects.create(version=version(at), at=at, kind="added", after="Wasm / Tools", items=60)
    TaxonomyBreak.objects.create(version=version(at), at=at, kind="renamed", before="A", after="B", items=5)
    later = instant(2018, 4, 25)
    TaxonomyBreak.objects.create(version=version(later), at=later, kind="added", after="Small", items=4)
    (mark,) = client.get("/trends/").context["charts"].items.marks
    assert (mark.letter, mark.day.isoformat()) == ("A", "2018-04-15")
    assert mark.text == "section added: Wasm / Tools (60 cards) and 1 other break; 65 cards in all"


def test_trends_of_a_single_day_say_why_there_is_no_line(client):
    period(item("Rook"))
    assert "One day alone makes no line" in client.get("/trends/").content.decode()


def test_trends_of_an_empty_database_say_so(client):
    assert "No landscape is imported yet." in client.get("/trends/").content.decode()


def test_trends_speak_chinese(client, history):
    assert "<h1>趋势</h1>" in client.get("/zh-hans/trends/").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_trends_queries_do_not_grow(client, django_assert_num_queries, count):
    version()
    for number in range(count):
        period(item(f"Item {number}", subcategory=shelf(f"Category {number}")), maturity="sandbox")
    version(instant(2019, 1, 1))
    with django_assert_num_queries(9):
        client.get("/trends/")


@pytest.mark.parametrize(
    ("chart", "lines"),
    [
        ("items", [["day", "items"], ["2018-03-31", "1"], ["2018-04-30", "2"], ["2018-05-03", "2"]]),
        (
            "projects",
            [
                ["day", "incubating", "sandbox"],
                ["2018-03-31", "0", "1"],
                ["2018-04-30", "1", "0"],
                ["2018-05-03", "1", "0"],
            ],
        ),
        (
            "turnover",
            [["day", "added", "removed"], ["2018-03-31", "0", "0"], ["2018-04-30", "1", "0"], ["2018-05-03", "0", "0"]],
        ),
        (
            "categories",
            [["day", "runtime", "wasm"], ["2018-03-31", "1", "0"], ["2018-04-30", "1", "1"], ["2018-05-03", "1", "1"]],
        ),
    ],
)
def test_trends_csv_has_a_line_for_each_point(client, history, chart, lines):
    assert rows(client, f"/trends/{chart}.csv") == lines


def test_trends_csv_of_no_chart_is_404(client, history):
    assert client.get("/trends/nonsense.csv").status_code == 404


def test_trends_csv_of_an_empty_database_has_its_head_alone(client):
    assert rows(client, "/trends/items.csv") == [["day"]]
