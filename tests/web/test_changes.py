import re
from xml.etree import ElementTree

import pytest

from projects.models import ChangeKind, Organization, TaxonomyBreak
from tests.web.catalogue import FIRST, change, instant, item, landscape, period, shelf, version

pytestmark = pytest.mark.django_db

ATOM = {"a": "http://www.w3.org/2005/Atom"}
FRAGMENT = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _landscape():
    landscape()


@pytest.fixture
def history():
    rook = item("Rook", maturity="graduated")
    change(rook, "listed", FIRST, after="Runtime / Storage")
    change(rook, "promoted", instant(2020, 10, 7), before="incubating", after="graduated")
    change(item("Etcd", subcategory=shelf("Orchestration", "Coordination")), "listed", instant(2020, 10, 7))
    change(item("Left"), "delisted", instant(2021, 1, 2), before="Runtime / Storage")


def names(response):
    return re.findall(r"<strong>([^<]+)</strong></a>", response.content.decode())


def test_changes_stand_newest_first_under_their_days(client, history):
    response = client.get("/changes/")
    assert names(response) == ["Left", "Etcd", "Rook", "Rook"]
    assert re.findall(r'<h2><time datetime="([^"]+)"', response.content.decode()) == [
        "2021-01-02",
        "2020-10-07",
        "2018-03-01",
    ]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("kind=promoted", ["Rook"]),
        ("kind=maturity", ["Rook"]),
        ("kind=listed&kind=delisted", ["Left", "Etcd", "Rook"]),
        ("category=orchestration", ["Etcd"]),
        ("q=roo", ["Rook", "Rook"]),
        ("q=INCUBATING", ["Rook"]),
        ("since=2020-10-07&until=2020-10-07", ["Etcd", "Rook"]),
        ("hide_first=on", ["Left", "Etcd", "Rook"]),
        ("kind=renamed", []),
    ],
)
def test_changes_filters(client, history, query, expected):
    assert names(client.get(f"/changes/?{query}")) == expected


def test_changes_can_hide_what_followed_from_a_renamed_section(client):
    cut = TaxonomyBreak.objects.create(version=version(), at=FIRST, kind="renamed", before="A", after="B")
    change(item("Carried"), "moved", instant(2020, 1, 1), taxonomy_break=cut)
    change(item("Moved"), "moved", instant(2020, 1, 2))
    assert names(client.get("/changes/?hide_taxonomy=on")) == ["Moved"]


@pytest.mark.parametrize(
    "query",
    [
        "kind=nonsense",
        "category=nowhere",
        "since=yesterday",
        "until=2020-13-45",
        "page=x",
        "page=999",
        "q=" + "x" * 300,
    ],
)
def test_changes_report_and_ignore_what_they_cannot_read(client, history, query):
    response = client.get(f"/changes/?{query}")
    assert response.status_code == 200
    assert len(names(response)) == 4


def test_changes_refuse_an_end_before_the_beginning(client, history):
    response = client.get("/changes/?since=2020-01-02&until=2020-01-01")
    assert "This day lies before the first one." in response.content.decode()


def test_changes_count_each_kind_whatever_kind_is_chosen(client, history):
    tabs = client.get("/changes/?kind=promoted").context["tabs"]
    assert [(tab.value, tab.count, tab.is_current) for tab in tabs] == [
        ("", 4, False),
        ("maturity", 1, False),
        ("listed", 2, False),
        ("delisted", 1, False),
        ("promoted", 1, True),
    ]


def test_changes_count_whole_days_though_a_page_cuts_them(client, monkeypatch):
    monkeypatch.setattr("web.views.changes.PAGE_SIZE", 1)
    for name in ("One", "Two"):
        change(item(name), "listed", instant(2020, 1, 1))
    (day,) = client.get("/changes/").context["days"]
    assert (len(day.changes), day.counts) == (1, [("listed", 2)])


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("path", "queries"), [("/changes/", 6), ("/changes/feed.atom", 2)])
def test_changes_queries_do_not_grow(client, django_assert_num_queries, rows, path, queries):
    for number in range(rows):
        change(item(f"Item {number}"), "listed", instant(2020, 1, 1 + number))
    with django_assert_num_queries(queries):
        client.get(path)


def test_changes_answer_htmx_with_the_fragment_alone(client, history):
    content = client.get("/changes/", headers=FRAGMENT).content.decode()
    assert content.strip().startswith('<div id="change-results">')
    assert "<html" not in content


def test_changes_speak_chinese(client, history):
    content = client.get("/zh-hans/changes/").content.decode()
    assert "<h1>变更</h1>" in content
    assert 'lang="zh-Hans"' in content
    assert '晋级 <span class="count">1</span>' in content


@pytest.mark.parametrize("kind", ChangeKind.values)
def test_changes_show_every_kind(client, kind):
    change(item("Rook"), kind, instant(2020, 1, 1), before="sandbox", after="incubating")
    assert names(client.get("/changes/")) == ["Rook"]


def test_feed_has_stable_entries_with_dates_and_language(client, history):
    response = client.get("/changes/feed.atom")
    feed = ElementTree.fromstring(response.content)  # noqa: S314  (our own answer)
    assert response["Content-Type"].startswith("application/atom+xml")
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"
    entries = feed.findall("a:entry", ATOM)
    assert [entry.findtext("a:title", None, ATOM) for entry in entries] == [
        "Left: delisted (Runtime / Storage)",
        "Etcd: listed",
        "Rook: promoted (incubating → graduated)",
        "Rook: listed (Runtime / Storage)",
    ]
    assert entries[0].findtext("a:updated", None, ATOM) == "2021-01-02T12:00:00+00:00"
    ids = [entry.findtext("a:id", None, ATOM) for entry in entries]
    assert len(set(ids)) == 4
    assert re.fullmatch(r"tag:127\.0\.0\.1,2018-03-01:changes/[0-9a-f]{40}/left/delisted", ids[0])


def test_feed_takes_the_filters_of_the_page(client, history):
    response = client.get("/zh-hans/changes/feed.atom?kind=promoted")
    feed = ElementTree.fromstring(response.content)  # noqa: S314  (our own answer)
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "zh-Hans"
    links = {link.get("rel"): link.get("href") for link in feed.findall("a:link", ATOM)}
    assert links == {
        "alternate": "http://127.0.0.1:8000/zh-hans/changes/?kind=promoted",
        "self": "http://127.0.0.1:8000/zh-hans/changes/feed.atom?kind=promoted",
    }
    assert len(feed.findall("a:entry", ATOM)) == 1


@pytest.fixture
def two_days():
    stays = item("Stays", maturity="incubating")
    period(stays, FIRST, instant(2024, 1, 1), maturity="sandbox")
    period(stays, instant(2024, 1, 1))
    period(item("Gone"), FIRST, instant(2024, 1, 1))
    period(item("New"), instant(2024, 1, 1))
    version(instant(2024, 6, 1))


def test_diff_shows_each_difference_in_its_section(client, two_days):
    response = client.get("/changes/diff/?from=2023-12-31&to=2024-01-01")
    sections = [
        (section.difference, [row.state.name for row in section.rows]) for section in response.context["sections"]
    ]
    assert sections == [("entered", ["New"]), ("left", ["Gone"]), ("maturity", ["Stays"])]


def test_diff_compares_the_newest_version_with_that_of_a_year_before(client, two_days):
    asked = client.get("/changes/diff/").context["asked"]
    assert (asked.start.isoformat(), asked.end.isoformat()) == ("2023-06-02", "2024-06-01")


def test_diff_shows_one_difference_in_pages(client, two_days, monkeypatch):
    monkeypatch.setattr("web.views.changes_diff.PAGE_SIZE", 1)
    period(item("Another"), instant(2024, 1, 1))
    response = client.get("/changes/diff/?from=2023-12-31&to=2024-01-01&kind=entered&page=2")
    (section,) = response.context["sections"]
    assert ([row.state.name for row in section.rows], section.count) == (["New"], 2)


@pytest.mark.parametrize(
    "query", ["from=x&to=y", "kind=x", "from=2024-02-30", "kind=entered&page=-1", "from=9999-12-31"]
)
def test_diff_reports_and_ignores_what_it_cannot_read(client, two_days, query):
    assert client.get(f"/changes/diff/?{query}").status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_diff_queries_do_not_grow(client, django_assert_num_queries, rows):
    version()
    for number in range(rows):
        period(item(f"Item {number}"), instant(2024, 1, 1), version=version(instant(2024, 1, 1)))
    with django_assert_num_queries(4):
        client.get("/changes/diff/?from=2023-01-01&to=2024-06-01")


def test_diff_of_an_empty_database_says_so(client):
    assert "The two landscapes do not differ." in client.get("/changes/diff/").content.decode()


def test_diff_speaks_chinese(client, two_days):
    assert "<h1>两日对比</h1>" in client.get("/zh-hans/changes/diff/").content.decode()


def test_diff_csv_has_a_line_for_each_item(client, two_days):
    response = client.get("/changes/diff.csv?from=2023-12-31&to=2024-01-01")
    lines = b"".join(response.streaming_content).decode().splitlines()
    assert response["Content-Disposition"] == 'attachment; filename="strata-diff-2023-12-31-2024-01-01.csv"'
    assert 'rel="license"' in response["Link"]
    assert lines[1:] == [
        "gone,Gone,left,Gone,Runtime,Storage,,,,,2023-12-31,2024-01-01",
        "new,New,entered,,,,,Runtime,Storage,,2023-12-31,2024-01-01",
        "stays,Stays,maturity,Stays,Runtime,Storage,sandbox,Runtime,Storage,incubating,2023-12-31,2024-01-01",
    ]


def test_change_of_organization_names_it(client):
    Organization.objects.create(slug="isovalent", permalink="isovalent", name="Isovalent")
    Organization.objects.create(slug="cncf", permalink="cncf", name="CNCF", name_zh="云原生计算基金会")
    change(item("Cilium"), "organization", instant(2021, 11, 2), before="isovalent", after="cncf")
    assert "Isovalent → CNCF" in " ".join(client.get("/changes/").content.decode().split())
    assert "云原生计算基金会" in client.get("/zh-hans/changes/").content.decode()
    assert "(Isovalent → CNCF)" in client.get("/changes/feed.atom").content.decode()
