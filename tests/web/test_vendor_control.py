"""The page of vendor control: shares, bounds, changes, spellings, summaries, and the file."""

import csv
from datetime import UTC, date, datetime

import pytest
from model_bakery import baker

from metrics.models import MaintainerShare
from projects.models import Source
from tests.web.catalogue import item, landscape, period, shelf, version

pytestmark = pytest.mark.django_db

THEN, NOW = date(2021, 12, 31), date(2025, 12, 31)


@pytest.fixture(autouse=True)
def _landscape(time_machine):
    time_machine.move_to(datetime(2026, 7, 1, 6, tzinfo=UTC), tick=False)
    landscape()
    version()


@pytest.fixture
def source():
    return baker.make(Source, title="Maintainers", url="https://example.org/maintainers")


def project(name, source, lists, *, maturity="sandbox", subcategory=None):
    card = item(name, maturity=maturity, kind="project", **({"subcategory": subcategory} if subcategory else {}))
    period(card)
    for day, employers in lists.items():
        for employer, number in employers.items():
            MaintainerShare.objects.create(
                project_name=name, item=card, as_of=day, employer=employer, maintainers=number, source=source
            )
    return card


def controls(client, query=""):
    return {row.name: row for row in client.get(f"/vendor-control/{query}").context["page"]}


def test_without_lists_the_page_says_so(client):
    item("Plain")
    assert (
        "No project with a list of maintainers fits these filters." in client.get("/vendor-control/").content.decode()
    )


def test_projects_without_a_list_are_named(client, source):
    project("Rook", source, {NOW: {"Acme": 2}})
    project("Bare", source, {}, maturity="graduated")

    page = client.get("/vendor-control/").content.decode()
    assert "1 hosted project has no published list and is not counted:" in page
    assert '<a href="/items/bare/">Bare</a></p>' in page
    assert "no published list" not in client.get("/vendor-control/?maturity=sandbox").content.decode()


def test_spellings_of_one_employer_are_one(client, source):
    project("Rook", source, {NOW: {"VMware": 2, "VMWare": 1, "Red Hat": 2}})
    newest = controls(client)["Rook"].newest
    assert (newest.largest, newest.share.value, newest.elephant.value) == (("VMware",), 0.6, 1)
    assert newest.hhi.value == 10_000 * (9 + 4) / 25


def test_the_unknown_leave_bounds_and_the_independent_stand_alone(client, source):
    project("Rook", source, {NOW: {"Acme": 4, "Independent": 2, "individual": 1, "": 2, "(none)": 1}})
    newest = controls(client)["Rook"].newest
    assert (newest.total, newest.unknown, newest.largest) == (10, 3, ("Acme",))
    assert (newest.share.interval.low, newest.share.interval.high) == (0.4, 0.7)
    # The least: Acme 4 and six of one; the most: Acme with the unknown 7 and three of one.
    assert (newest.hhi.interval.low, newest.hhi.interval.high) == (2200, 5200)
    page = client.get("/vendor-control/").content.decode()
    assert "40.0 to 70.0 %" in page
    assert "3 unknown" in page
    assert "highly concentrated" in page
    assert "monopol" not in page


def test_mostly_unknown_says_nothing(client, source):
    project("Dark", source, {NOW: {"": 3, "Acme": 1}})
    page = client.get("/vendor-control/").content.decode()
    assert "Too much of the total is unknown." in page


def test_change_is_since_the_first_list(client, source):
    project("Rook", source, {THEN: {"Acme": 3, "Umbrella": 1}, NOW: {"Acme": 1, "Umbrella": 1}})
    project("Same", source, {THEN: {"Acme": 3}, date(2023, 12, 31): {"Acme": 3}, NOW: {"Acme": 3}})
    found = controls(client)
    assert (found["Rook"].change.value, found["Rook"].earliest.as_of) == (-0.25, THEN)
    assert (found["Same"].unchanged_since, found["Rook"].unchanged_since) == (THEN, NOW)
    assert found["Rook"].newest.largest == ("Acme", "Umbrella")
    assert "−25.0" in client.get("/vendor-control/").content.decode()
    # As of a day before the newest list, that list is not known.
    assert controls(client, "?as_of=2022-06-30")["Rook"].newest.as_of == THEN


def test_who_left_the_list_is_marked(client, source):
    project("Left", source, {THEN: {"Acme": 1}})
    project("Listed", source, {NOW: {"Acme": 1}})
    assert client.get("/vendor-control/").content.decode().count("no longer listed") == 1


def test_filters_orders_and_summaries(client, source):
    project("Alpha", source, {NOW: {"Acme": 1}})
    project("Beta", source, {NOW: {"Acme": 1, "Umbrella": 3}}, maturity="graduated", subcategory=shelf("Wasm", "Tools"))
    project("Gamma", source, {NOW: {"": 3}})
    assert list(controls(client)) == ["Alpha", "Beta", "Gamma"]
    assert list(controls(client, "?sort=largest")) == ["Beta", "Alpha", "Gamma"]
    assert list(controls(client, "?sort=-maintainers")) == ["Beta", "Gamma", "Alpha"]
    assert list(controls(client, "?maturity=graduated")) == ["Beta"]
    assert list(controls(client, "?category=wasm")) == ["Beta"]
    response = client.get("/vendor-control/")
    assert [
        (each.key, each.projects, each.with_figures, each.median_share) for each in response.context["by_maturity"]
    ] == [
        ("sandbox", 2, 1, 1.0),
        ("graduated", 1, 1, 0.75),
    ]


def test_the_method_says_who_is_missing_and_how_the_unknown_count(client, source):
    content = client.get("/vendor-control/").content.decode()
    assert "Projects that stand in no list of maintainers are not counted here." in content
    assert "the elephant factor and the HHI count all unknown as one employer" in content
    assert '<input type="date" name="as_of"' in content


def test_bad_values_are_named_and_ignored(client, source):
    project("Alpha", source, {NOW: {"Acme": 1}})
    response = client.get("/vendor-control/?as_of=x&sort=pk&maturity=none&category=nothing&page=0")
    assert (response.status_code, 'role="alert"' in response.content.decode()) == (200, True)


def test_the_file_holds_figures_and_bounds(client, source):
    project("Rook", source, {NOW: {"Acme": 4, "": 1}})
    response = client.get("/vendor-control/projects.csv")
    (line,) = csv.DictReader(b"".join(response.streaming_content).decode().splitlines())
    assert (line["slug"], line["largest_employer"], line["share"], line["share_high"], line["concentration"]) == (
        "rook", "Acme", "0.8", "1.0", "high",
    )  # fmt: skip


@pytest.mark.parametrize("number", [1, 3])
def test_queries_do_not_grow_with_rows(client, source, django_assert_num_queries, number):
    for place in range(number):
        project(f"P{place}", source, {NOW: {"Acme": 1}})
    with django_assert_num_queries(7):
        client.get("/vendor-control/")
