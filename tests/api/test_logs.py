"""Lists paged by a cursor: runs and computed figures."""

from datetime import UTC, date, datetime

import pytest
from model_bakery import baker

from metrics.models import Indicator
from projects.models import Repository
from sources.models import MetricsRun, RepositoryFetch
from tests.web.catalogue import item, shelf

pytestmark = pytest.mark.django_db

TODAY = date(2026, 5, 2)


def run(day, **values):
    started = datetime(2026, 5, day, 2, tzinfo=UTC)
    closed = {"status": "done", "finished_at": datetime(2026, 5, day, 3, tzinfo=UTC)}
    values = {"kind": "nightly", "day": started.date(), "started_at": started} | closed | values
    return MetricsRun.objects.create(**values)


def figure(of, metric="stars", value=None, *, day=TODAY, window_days=0, **values):
    values = {"refusal": "" if value is not None else "not_measured", "version": "count/1"} | values
    return Indicator.objects.create(
        item=of, metric=metric, window_days=window_days, day=day, value=value, **values
    )  # fmt: skip


def measured(name, stars, *, day=TODAY, **values):
    """An item with its stars, and the confidence that no day lacks."""
    of = item(name, **values)
    figure(of, "confidence", 3.0, day=day, window_days=30)
    figure(of, "stars", stars, day=day)
    return of


def everything(get, address):
    rows = []
    while address:
        body = get(address).json()
        rows, address = rows + body["results"], (body["next"] or "").partition("/api/v1/")[2]
    return rows


def slugs(rows):
    return [row["slug"] for row in rows]


@pytest.mark.parametrize("count", [0, 1, 3])
def test_runs_cost_the_same_however_many(get, count, django_assert_num_queries):
    for day in range(1, count + 1):
        run(day)
    # The data version, the log's, the page.
    with django_assert_num_queries(3):
        assert len(get("runs/").json()["results"]) == count


@pytest.mark.parametrize("count", [0, 1, 3])
def test_indicators_cost_the_same_however_many(get, count, django_assert_num_queries):
    for number in range(count):
        measured(f"Item {number}", 5.0)
    # The data version, the newest day, the page; without a day there is no page to read.
    with django_assert_num_queries(3 if count else 2):
        assert len(get("indicators/?metric=stars").json()["results"]) == count


def test_a_run_tells_what_it_measured_and_what_it_could_not(get):
    run(1, requests=21, points=60, points_left=4900, counts={"repositories": 4, "measured": 3, "not_found": 1})
    row = get("runs/").json()["results"][0]
    assert row == {
        "id": row["id"], "kind": "nightly", "day": "2026-05-01", "started_at": "2026-05-01T02:00:00Z",
        "finished_at": "2026-05-01T03:00:00Z", "status": "done", "is_partial": False, "paused_until": None,
        "requests": 21, "points": 60, "points_left": 4900, "repositories": 4, "measured": 3, "coverage": 0.75,
        "counts": {"repositories": 4, "measured": 3, "not_found": 1}, "message": None,
    }  # fmt: skip


def test_an_open_run_is_counted_as_it_stands(get):
    opened = run(1, status="running", finished_at=None)
    for state, problem in [("measured", ""), ("pending", ""), ("problem", "blocked")]:
        repository = baker.make(Repository, url=f"https://github.com/o/{state}", host="github.com")
        RepositoryFetch.objects.create(run=opened, repository=repository, state=state, problem=problem)
    row = get("runs/").json()["results"][0]
    assert row["counts"] == {"repositories": 3, "measured": 1, "pending": 1, "blocked": 1}
    assert (row["measured"], row["finished_at"]) == (1, None)


def test_a_run_of_nothing_has_no_coverage(get):
    run(1, status="failed", message="There is no GitHub token.")
    row = get("runs/").json()["results"][0]
    assert (row["repositories"], row["coverage"], row["message"]) == (0, None, "There is no GitHub token.")


def test_runs_come_newest_first_each_once(get):
    for day in (2, 3, 1, 5, 4):
        run(day)
    assert [row["day"][-1] for row in everything(get, "runs/?page_size=2")] == ["5", "4", "3", "2", "1"]


def test_runs_are_chosen(get):
    run(1)
    run(2, kind="stars", status="failed")
    assert [row["kind"] for row in get("runs/?kind=stars").json()["results"]] == ["stars"]
    assert [row["kind"] for row in get("runs/?status=done").json()["results"]] == ["nightly"]
    assert [row["kind"] for row in get("runs/?since=2026-05-02").json()["results"]] == ["stars"]
    assert [row["kind"] for row in get("runs/?until=2026-05-01").json()["results"]] == ["nightly"]


def test_a_step_of_a_run_is_another_answer(client, get):
    opened = run(1, status="running", finished_at=None)
    tag = get("runs/")["ETag"]
    assert client.get("/api/v1/runs/", headers={"If-None-Match": tag}).status_code == 304
    MetricsRun.objects.filter(pk=opened.pk).update(requests=1)
    assert client.get("/api/v1/runs/", headers={"If-None-Match": tag}).status_code == 200


def test_a_figure_has_its_value_interval_and_version(get):
    figure(item("Cilium"), "confidence", 3.0, window_days=30, low=2.5, high=3.5, n=12, details={"reasons": ["young"]})
    assert get("indicators/").json()["results"] == [
        {
            "slug": "cilium", "name": "Cilium", "metric": "confidence", "window_days": 30, "day": "2026-05-02",
            "value": 3.0, "low": 2.5, "high": 3.5, "n": 12, "refusal": None, "details": {"reasons": ["young"]},
            "version": "count/1",
        }
    ]  # fmt: skip


def test_a_refused_figure_says_why(get):
    measured("Cilium", None)
    row = get("indicators/?metric=stars").json()["results"][0]
    assert (row["value"], row["refusal"]) == (None, "not_measured")


def test_figures_are_the_newest_days_unless_told(get):
    of = measured("Cilium", 5.0, day=date(2026, 4, 1))
    figure(of, "confidence", 3.0, window_days=30)
    assert [row["day"] for row in get("indicators/").json()["results"]] == ["2026-05-02"]
    assert {row["day"] for row in get("indicators/?day=2026-04-01").json()["results"]} == {"2026-04-01"}
    assert [row["day"] for row in get("indicators/?day=").json()["results"]] == ["2026-05-02"]


def test_figures_are_chosen(get):
    measured("Cilium", 5.0, subcategory=shelf("Runtime", "Network"), maturity="graduated")
    measured("Rook", 6.0, subcategory=shelf("Storage", "Block"), maturity="sandbox")
    for query in ("item=rook", "category=storage", "maturity=sandbox"):
        assert slugs(get(f"indicators/?metric=stars&{query}").json()["results"]) == ["rook"]
    assert slugs(get("indicators/?metric=stars&item=rook&item=cilium").json()["results"]) == ["cilium", "rook"]
    assert {row["metric"] for row in get("indicators/?window_days=30").json()["results"]} == {"confidence"}


@pytest.mark.parametrize(
    ("ordering", "expected"),
    [
        ("value", ["b", "d", "a", "c"]),
        ("-value", ["a", "b", "d", "c"]),
        ("-slug", ["d", "c", "b", "a"]),
        ("value,-slug", ["d", "b", "a", "c"]),
        ("", ["a", "b", "c", "d"]),
    ],
)
@pytest.mark.parametrize("size", [1, 2, 3, 50])
def test_ordered_pages_meet_every_figure_once_refused_ones_last(get, ordering, expected, size):
    for name, stars in [("a", 0.1 + 0.2), ("b", 0.1), ("c", None), ("d", 0.1)]:
        measured(name, stars)
    rows = everything(get, f"indicators/?metric=stars&ordering={ordering}&page_size={size}")
    assert slugs(rows) == expected


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("runs/?kind=x", "kind"), ("runs/?since=x", "since"), ("runs/?ordering=day", "ordering"), ("runs/?as_of=2020-01-01", "as_of"),
        ("runs/?page=1", "page"), ("runs/?page_size=201", "page_size"), ("runs/?cursor=WzEsMl0", "cursor"),
        ("runs/?cursor=W251bGwsMV0", "cursor"), ("runs/?cursor=WyIyMDI2LTA1LTAxIixbXV0", "cursor"),
        ("indicators/?metric=x", "metric"), ("indicators/?window_days=-1", "window_days"),
        ("indicators/?window_days=99999", "window_days"), ("indicators/?window_days=1.5", "window_days"),
        ("indicators/?item=x", "item"), ("indicators/?category=x", "category"), ("indicators/?maturity=x", "maturity"),
        ("indicators/?maturity=%00", "maturity"), ("indicators/?day=x", "day"), ("indicators/?ordering=day", "ordering"),
        ("indicators/?ordering=--slug", "ordering"), ("indicators/?cursor=WzFd", "cursor"), ("indicators/?bogus=1", "bogus"),
    ],
)  # fmt: skip
def test_a_bad_parameter_is_named(get, address, name):
    measured("Cilium", 5.0)
    run(1)
    assert list(get(address, status=400).json()) == [name]


def test_csv_has_the_same_rows(get):
    measured("Cilium", 5.0)
    header, row = get("indicators/?metric=stars&format=csv").content.decode().splitlines()
    assert header == "slug,name,metric,window_days,day,value,low,high,n,refusal,details,version"
    assert row == "cilium,Cilium,stars,0,2026-05-02,5.0,,,0,,{},count/1"
    assert get("runs/?format=csv").content.decode().startswith("id,kind,day,started_at,")


def test_the_description_knows_every_parameter(client, get):
    paths = client.get("/api/schema/?format=json").json()["paths"]
    for name in ("runs", "indicators"):
        described = {each["name"] for each in paths[f"/api/v1/{name}/"]["get"]["parameters"]}
        told = get(f"{name}/?nothing=1", status=400).json()["nothing"][0]
        assert described == set(told.partition("Choose from: ")[2].rstrip(".").split(", "))


def test_the_description_shows_how_pages_are_answered(client):
    components = client.get("/api/schema/?format=json").json()["components"]["schemas"]
    assert list(components["PaginatedRunList"]["properties"]) == ["next", "results"]
