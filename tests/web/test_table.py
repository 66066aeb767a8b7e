import csv
import re
from datetime import date

import pytest
from model_bakery import baker
from psycopg.types.range import TimestamptzRange

from projects.csv_cells import safe_cell
from projects.models import Organization, StageDeclaration
from projects.table import COLUMNS
from tests.web.catalogue import FIRST, instant, item, landscape, period, shelf, version

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _landscape():
    landscape()


@pytest.fixture
def rows():
    version()
    makers = baker.make(Organization, name="Makers", slug="makers", country="DE")
    etcd = item("etcd", maturity="graduated", kind="project", license="Apache-2.0", organization=makers)
    period(etcd)
    period(item("Arch", maturity="archived", kind="project", subcategory=shelf("Wasm", "Tools")))
    period(item("Box", maturity="sandbox", kind="project", repository_url="https://github.com/box/box"))
    period(item("Dough", kind="product"))
    period(item("Gone", delisted_at=instant(2020, 1, 1)), FIRST, instant(2020, 1, 1))


def names(response):
    return re.findall(r'<th scope="row"><a href="/items/[^"]+">([^<]+)</a>', response.content.decode())


def csv_rows(client, query=""):
    response = client.get(f"/table/items.csv{query}")
    return list(csv.DictReader(b"".join(response.streaming_content).decode().splitlines()))


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("", ["etcd", "Box", "Arch", "Dough"]),
        ("name", ["Arch", "Box", "Dough", "etcd"]),
        ("-name", ["etcd", "Dough", "Box", "Arch"]),
        ("maturity", ["etcd", "Box", "Arch", "Dough"]),
        ("-maturity", ["Arch", "Box", "etcd", "Dough"]),
        ("license", ["etcd", "Arch", "Box", "Dough"]),
        ("-license", ["etcd", "Arch", "Box", "Dough"]),
        ("category", ["Box", "Dough", "etcd", "Arch"]),
        ("nonsense", ["etcd", "Box", "Arch", "Dough"]),
    ],
)
def test_table_sorts_by_any_column_with_the_unknown_last(client, rows, sort, expected):
    assert names(client.get(f"/table/?sort={sort}")) == expected


def test_table_shows_software_before_partners_and_members(client):
    version()
    for name, kind in (("Alpha", "member"), ("Beta", "partner"), ("Gamma", "product"), ("Delta", "open_source")):
        period(item(name, kind=kind))
    assert names(client.get("/table/")) == ["Delta", "Gamma", "Beta", "Alpha"]


def test_table_sorts_names_without_regard_to_case_and_accents(client):
    version()
    for name in ("Zulu", "Ænix", "alpha", "Äther", "beta"):
        period(item(name, slug=f"s-{name.encode().hex()}"))
    assert names(client.get("/table/?sort=name")) == ["Ænix", "alpha", "Äther", "beta", "Zulu"]


@pytest.mark.parametrize("key", COLUMNS)
def test_table_shows_and_sorts_every_column(client, rows, key):
    for sign in ("", "-"):
        response = client.get(f"/table/?column={key}&sort={sign}{key}")
        assert response.status_code == 200
        assert len(response.context["rows"]) == 4


def test_table_marks_the_sorted_column_and_links_its_reverse(client, rows):
    content = client.get("/table/?sort=name&kind=project").content.decode()
    assert re.search(r'aria-sort="ascending"><a href="/table/\?sort=-name&amp;kind=project"', content)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("kind=product", ["Dough"]),
        ("maturity=graduated&maturity=sandbox", ["etcd", "Box"]),
        ("category=wasm", ["Arch"]),
        ("organization=makers", ["etcd"]),
        ("has_repository=true", ["Box"]),
        ("delisted=on", ["etcd", "Box", "Arch", "Dough", "Gone"]),
        ("as_of=2019-01-01", ["etcd", "Box", "Arch", "Dough", "Gone"]),
        ("as_of=2017-01-01", []),
        ("q=etc", ["etcd"]),
    ],
)
def test_table_filters(client, rows, query, expected):
    assert names(client.get(f"/table/?{query}")) == expected
    assert [row["name"] for row in csv_rows(client, f"?{query}")] == expected


@pytest.mark.parametrize(
    "query",
    [
        "kind=x",
        "maturity=%00",
        "category=nowhere",
        "as_of=soon",
        "column=x",
        "per=7",
        "page=x",
        "has_repository=2",
        "sort=%00",
    ],
)
def test_table_reports_and_ignores_what_it_cannot_read(client, rows, query):
    response = client.get(f"/table/?{query}")
    assert response.status_code == 200
    assert len(names(response)) == 4


def test_table_reports_all_mistakes_in_one_box(client, rows):
    content = client.get("/table/?per=7&kind=x").content.decode()
    assert content.count('role="alert"') == 1
    assert "<strong>Rows</strong>: " in content
    assert "<strong>Kind</strong>: " in content


def test_table_shows_active_filters_that_remove_themselves(client, rows):
    chips = client.get("/table/?maturity=graduated&maturity=sandbox&page=1").context["active_filters"]
    assert [(chip.value, chip.url) for chip in chips] == [
        ("graduated", "/table/?maturity=sandbox"),
        ("sandbox", "/table/?maturity=graduated"),
    ]


def test_table_has_pages_of_the_number_asked_for(client, monkeypatch):
    version()
    for number in range(51):
        period(item(f"Item {number:02}"))
    assert len(names(client.get("/table/"))) == 50
    assert names(client.get("/table/?page=2")) == ["Item 50"]
    assert len(names(client.get("/table/?per=100"))) == 51


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("query", "queries"),
    [("", 7), ("?column=accepted&column=graduated&column=organization&as_of=2020-01-01", 8)],  # a past day's version
)
def test_table_queries_do_not_grow(client, django_assert_num_queries, count, query, queries):
    version()
    for number in range(count):
        period(item(f"Item {number}", organization=baker.make(Organization, slug=f"o{number}")))
    with django_assert_num_queries(queries):
        client.get(f"/table/{query}")


def test_table_says_which_version_a_day_shows_and_where_the_history_begins(client, rows):
    assert "shows the version of" in client.get("/table/?as_of=2018-03-05").content.decode()
    text = client.get("/table/?as_of=2017-01-01").content.decode()
    assert "The history begins on" in text
    assert '<a class="button" href="/table/?as_of=2018-03-01">Show that day</a>' in text


def test_table_speaks_chinese(client, rows):
    content = client.get("/zh-hans/table/").content.decode()
    assert "<h1>表格</h1>" in content
    assert "毕业</span>" in content


def test_csv_is_the_view_with_its_day(client, rows):
    path = "/table/items.csv?column=name&column=organization&column=country&column=listed&kind=project&sort=-name"
    response = client.get(path)
    lines = b"".join(response.streaming_content).decode().splitlines()
    day = date.today().isoformat()  # noqa: DTZ011  (the clock of the test's machine is UTC)
    assert lines == [
        "name,organization,country,listed,as_of",
        f"etcd,Makers,DE,2018-03-01,{day}",
        f"Box,,,2018-03-01,{day}",
        f"Arch,,,2018-03-01,{day}",
    ]
    assert response["Content-Disposition"] == f'attachment; filename="strata-items-{day}.csv"'


def test_csv_gives_declared_dates_as_said_by_the_day(client):
    version()
    rook = item("Rook")
    period(rook)
    said = [(date(2020, 1, 1), FIRST, instant(2021, 1, 1)), (date(2020, 2, 2), instant(2021, 1, 1), None)]
    for day, since, until in said:
        StageDeclaration.objects.create(
            item=rook, stage="accepted", declared_on=day, during=TimestamptzRange(since, until)
        )
    query = "?column=name&column=accepted"
    assert csv_rows(client, query)[0]["accepted"] == "2020-02-02"
    assert csv_rows(client, f"{query}&as_of=2020-12-31")[0]["accepted"] == "2020-01-01"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "\rx"])
def test_csv_cells_run_no_formula(text):
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize(("value", "cell"), [(None, ""), ("x=1", "x=1"), (-3, -3), ("", "")])
def test_csv_cells_keep_everything_else(value, cell):
    assert safe_cell(value) == cell
