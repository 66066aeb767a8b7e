"""Items with their figures, filtered and ordered by them."""

import csv
from datetime import UTC, date, datetime

import pytest
from model_bakery import baker

from metrics.table_figures import FIGURES
from projects.models import Item, Project
from tests.metrics.figures import figure
from tests.web.catalogue import item, landscape, period, version

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _landscape(time_machine):
    time_machine.move_to(datetime(2026, 11, 22, 6, tzinfo=UTC), tick=False)
    landscape()
    version()


def measured(name, *, stars=None, growth=0.1, grade="A"):
    made = item(name)
    period(made)
    figure(made, "stars", stars, refusal="" if stars is not None else "stale")
    figure(made, "star_growth", growth, window_days=90)
    figure(made, "confidence", 0.8, window_days=30, details={"grade": grade, "reasons": []})
    return made


@pytest.fixture
def three():
    measured("Large", stars=9000, growth=0.02)
    measured("Quick", stars=1500, growth=0.4, grade="B")
    measured("Stale", grade="D")
    period(item("Closed", kind="product"))


def slugs(response):
    return [row["slug"] for row in response.json()["results"]]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("stars_min=1500&stars_max=8999", ["quick"]),
        ("growth_90_percent_min=10", ["quick", "stale"]),
        ("growth_90_percent_min=-2.5&stars_min=0", ["large", "quick"]),
        ("confidence=B&confidence=D", ["quick", "stale"]),
        ("has_figures=false", ["closed", "stale"]),
        ("ordering=-stars", ["large", "quick", "closed", "stale"]),
        ("ordering=stars", ["quick", "large", "closed", "stale"]),
        ("ordering=-growth_90,name", ["quick", "stale", "large", "closed"]),
        ("ordering=-stars&as_of=2020-01-01", ["closed", "large", "quick", "stale"]),
        ("stars_min=0&as_of=2020-01-01", []),
        ("has_figures=false&as_of=2020-01-01", ["closed", "large", "quick", "stale"]),
    ],
)
def test_items_are_filtered_and_ordered_by_figures(get, three, query, expected):
    assert slugs(get(f"items/?{query}")) == expected


def test_items_carry_the_figures_of_the_newest_day(get, three):
    rows = {row["slug"]: row for row in get("items/").json()["results"]}
    assert {key: rows["quick"][key] for key in ("figures_on", "stars", "growth_90", "confidence")} == {
        "figures_on": "2026-11-21", "stars": 1500, "growth_90": 0.4, "confidence": "B",
    }  # fmt: skip
    assert set(FIGURES) <= rows["quick"].keys()
    assert (rows["stale"]["stars"], rows["stale"]["confidence"]) == (None, "D")
    assert (rows["closed"]["figures_on"], rows["closed"]["stars"]) == ("2026-11-21", None)


def test_items_carry_no_figures_of_a_later_day(get, three):
    quick = Item.objects.get(slug="quick")
    figure(quick, "stars", 1200, day=date(2026, 10, 31))
    figure(quick, "confidence", 0.8, window_days=30, day=date(2026, 10, 31), details={"grade": "A"})
    for path in ("items/quick/?as_of=2026-11-20", "items/?search=quick&as_of=2026-11-20"):
        body = get(path).json()
        row = body.get("results", [body])[0]
        assert (row["figures_on"], row["stars"], row["growth_90"]) == ("2026-10-31", 1200, None)
    before = get("items/quick/?as_of=2020-01-01").json()
    assert (before["figures_on"], before["stars"], before["confidence"]) == (None, None, None)


def test_the_detail_carries_the_figures(get, three):
    body = get("items/large/").json()
    assert (body["figures_on"], body["stars"], body["growth_90"]) == ("2026-11-21", 9000, 0.02)
    item("Borg", listed_at=None, kind="product")
    assert get("items/borg/").json()["stars"] is None


def test_the_figures_stand_in_the_csv(get, three):
    rows = {row["slug"]: row for row in csv.DictReader(get("items/?format=csv").content.decode().splitlines())}
    assert (rows["quick"]["stars"], rows["quick"]["figures_on"], rows["stale"]["stars"]) == ("1500", "2026-11-21", "")
    assert set(FIGURES) <= rows["quick"].keys()


@pytest.mark.parametrize("count", [1, 3])
def test_figures_cost_the_same_however_many_items(get, django_assert_num_queries, count):
    for number in range(count):
        measured(f"Item {number}", stars=number)
    # The data version, the count, the page, the figures' day, the figures, the version and the landscape.
    with django_assert_num_queries(7):
        assert [row["stars"] for row in get("items/").json()["results"]] == list(range(count))


def test_projects_are_filtered_by_the_figures_up_to_the_instant(get):
    project = baker.make(Project, slug="rook", name="Rook")
    rook = item("Rook", maturity="graduated", kind="project", project=project)
    period(rook, project=project)
    figure(rook, "stars", 100)
    figure(rook, "confidence", 0.8, window_days=30, details={"grade": "A"})
    assert slugs(get("projects/?stars_min=100")) == ["rook"]
    assert [row["stars"] for row in get("projects/").json()["results"]] == [100]
    assert get("projects/rook/").json()["figures_on"] == "2026-11-21"
    assert slugs(get("projects/?stars_min=100&as_of=2026-01-01")) == []


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("stars_min=many", "stars_min"),
        ("stars_min=-1", "stars_min"),
        ("growth_30_percent_min=NaN", "growth_30_percent_min"),
        ("confidence=E", "confidence"),
        ("has_figures=2", "has_figures"),
        ("stars_min=1&stars_min=2", "stars_min"),
        ("ordering=trend", "ordering"),
    ],
)
def test_items_refuse_bounds_that_are_none(get, query, name):
    assert list(get(f"items/?{query}", status=400).json()) == [name]


@pytest.mark.parametrize("count", [0, 1, 3])
def test_items_by_figures_ask_as_often_for_many_rows_as_for_one(get, django_assert_num_queries, count):
    figure(item("Beside"), "confidence", 0.8, window_days=30, details={"grade": "A"})
    for number in range(count):
        measured(f"Item {number}", stars=number)
    with django_assert_num_queries(7 if count else 5):
        response = get("items/?stars_min=0&confidence=A&ordering=-stars")
    assert len(slugs(response)) == count
