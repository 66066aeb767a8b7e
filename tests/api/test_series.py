"""Time series: a repository's days and an item's counts, page by page."""

from datetime import UTC, date, datetime, timedelta

import pytest
from model_bakery import baker

from metrics.models import RepositorySnapshot
from projects.models import Item, ItemAlias, ItemRepository, Repository, RepositoryName

pytestmark = pytest.mark.django_db

FIELDS = [
    "day", "observed_at", "stars", "forks", "open_issues", "closed_issues", "open_pull_requests",
    "merged_pull_requests", "closed_pull_requests", "releases", "commits_30d", "contributors", "method",
]  # fmt: skip
SNAPSHOTS = "repositories/cilium/cilium/snapshots/"
METRICS = "items/cilium/metrics/"


def repository(name, **values):
    return baker.make(Repository, url=f"https://github.com/{name}", host="github.com", full_name=name, **values)


def measure(of, days, *, first=date(2026, 1, 1), **counts):
    counts = {"stars": 100, "method": "graphql"} | counts
    for number in range(days):
        day = first + timedelta(days=number)
        at = datetime(day.year, day.month, day.day, 2, tzinfo=UTC)
        grown = counts | {"stars": counts["stars"] and counts["stars"] + number}
        RepositorySnapshot.objects.create(repository=of, day=day, observed_at=at, **grown)


@pytest.fixture
def cilium():
    made = repository("cilium/cilium")
    item = baker.make(Item, slug="cilium", name="Cilium", kind="project")
    baker.make(ItemRepository, item=item, repository=made, is_primary=True, is_current=True)
    return made


def days(answer):
    return [row["day"] for row in answer.json()["results"]]


def everything(get, address):
    """Every row of every page, and how many pages there were."""
    rows, pages = [], 0
    while address:
        body = get(address).json()
        rows, pages, address = rows + body["results"], pages + 1, (body["next"] or "").partition("/api/v1/")[2]
    return rows, pages


@pytest.mark.parametrize("count", [0, 1, 3])
@pytest.mark.parametrize(("address", "queries"), [(SNAPSHOTS, 3), (METRICS, 5)])
def test_series_cost_the_same_however_many_days(get, cilium, address, queries, count, django_assert_num_queries):
    measure(cilium, count)
    with django_assert_num_queries(queries):
        assert len(get(address).json()["results"]) == count


def test_a_snapshot_has_every_count_and_null_where_unknown(get, cilium):
    measure(cilium, 1, forks=0, commits_30d=7, missing={"contributors": "too_large"})
    body = get(SNAPSHOTS).json()
    assert (body["repository"], body["next"]) == ("cilium/cilium", None)
    assert body["sources"] == {"graphql": "https://github.com/cilium/cilium"}
    row = body["results"][0]
    assert list(row) == FIELDS
    assert row == dict.fromkeys(FIELDS) | {
        "day": "2026-01-01", "observed_at": "2026-01-01T02:00:00Z", "stars": 100, "forks": 0, "commits_30d": 7,
        "method": "graphql",
    }  # fmt: skip


def test_published_snapshots_cite_the_landscape(get, cilium):
    measure(cilium, 1, method="landscape")
    landscape = "https://github.com/cncf/landscape/commits/master/processed_landscape.yml"
    assert get(SNAPSHOTS).json()["sources"] == {"landscape": landscape}
    assert get(METRICS).json()["results"][0]["source"] == landscape


@pytest.mark.parametrize("address", [SNAPSHOTS, METRICS])
def test_days_are_asked_for_inclusively(get, cilium, address):
    measure(cilium, 5)
    assert days(get(f"{address}?from=2026-01-02&to=2026-01-04")) == ["2026-01-02", "2026-01-03", "2026-01-04"]
    assert days(get(f"{address}?to=2026-01-01")) == ["2026-01-01"]
    assert days(get(f"{address}?from=2026-01-06")) == []


@pytest.mark.parametrize("address", [SNAPSHOTS, METRICS])
def test_pages_meet_every_day_once(get, cilium, address):
    measure(cilium, 5)
    rows, pages = everything(get, f"{address}?page_size=2&from=2026-01-01")
    assert [row["day"] for row in rows] == [f"2026-01-0{day}" for day in range(1, 6)]
    assert pages == 3


def test_pages_of_an_item_go_from_one_repository_to_the_next(get, cilium):
    further = repository("cilium/aaa")
    baker.make(ItemRepository, item=Item.objects.get(), repository=further, is_primary=False, is_current=True)
    measure(cilium, 3)
    measure(further, 3, first=date(2025, 1, 1))
    rows, _ = everything(get, f"{METRICS}?page_size=2")
    assert [(row["repository"], row["is_primary"], row["day"]) for row in rows] == [
        ("cilium/cilium", True, "2026-01-01"),
        ("cilium/cilium", True, "2026-01-02"),
        ("cilium/cilium", True, "2026-01-03"),
        ("cilium/aaa", False, "2025-01-01"),
        ("cilium/aaa", False, "2025-01-02"),
        ("cilium/aaa", False, "2025-01-03"),
    ]


def test_a_week_and_a_month_have_their_last_known_day(get, cilium):
    measure(cilium, 35)
    assert days(get(f"{METRICS}?interval=month")) == ["2026-01-31", "2026-02-04"]
    assert days(get(f"{METRICS}?interval=week&to=2026-01-12")) == ["2026-01-04", "2026-01-11", "2026-01-12"]


def test_a_metric_names_its_value_its_reason_and_its_breaks(get, cilium):
    measure(cilium, 1, stars=None, missing={"stars": "source_error"}, contributors=12)
    unknown = get(METRICS).json()["results"][0]
    assert (unknown["value"], unknown["reason"]) == (None, "source_error")
    body = get(f"{METRICS}?metric=contributors").json()
    assert (body["metric"], body["interval"], body["breaks"]) == ("contributors", "day", [])
    assert (body["results"][0]["value"], body["results"][0]["reason"]) == (12, None)


def test_a_swap_of_the_main_repository_is_a_break(get, cilium):
    former = repository("old/cilium")
    baker.make(ItemRepository, item=Item.objects.get(), repository=former, is_primary=True, is_current=False)
    measure(former, 2, first=date(2025, 1, 1))
    measure(cilium, 1)
    assert get(METRICS).json()["breaks"] == [
        {"day": "2026-01-01", "reason": "repository_swap", "repository": "cilium/cilium"}
    ]


def test_names_lead_to_the_repository_in_any_case(get, cilium):
    measure(cilium, 1)
    assert get("repositories/CILIUM/Cilium/snapshots/").json()["repository"] == "cilium/cilium"


def test_a_former_name_leads_to_its_last_holder(get, cilium):
    measure(cilium, 1)
    since = datetime(2020, 1, 1, tzinfo=UTC)
    for holder, until in [(repository("other/other"), 2021), (cilium, 2022)]:
        baker.make(
            RepositoryName, repository=holder, full_name="old/name", first_seen_at=since,
            last_seen_at=datetime(until, 1, 1, tzinfo=UTC),
        )  # fmt: skip
    assert get("repositories/Old/name/snapshots/").json()["repository"] == "cilium/cilium"


def test_a_present_name_goes_before_a_former_one(get, cilium):
    baker.make(RepositoryName, repository=cilium, full_name="old/name", first_seen_at=datetime(2020, 1, 1, tzinfo=UTC))
    repository("old/name")
    assert get("repositories/old/name/snapshots/").json()["repository"] == "old/name"


def test_a_repository_called_snapshots_keeps_its_address(get, cilium):
    assert get("repositories/github.com/nobody/snapshots/", status=404).json()["detail"].startswith("No card named")


def test_what_is_not_there_is_404(get):
    assert get("repositories/a/b/snapshots/", status=404).json() == {"detail": "There is no repository a/b."}
    assert get("items/nothing/metrics/", status=404).json() == {"detail": "There is no item nothing."}


def test_a_former_slug_leads_on(client, cilium):
    baker.make(ItemAlias, item=Item.objects.get(), slug="former")
    response = client.get("/api/v1/items/former/metrics/?metric=forks")
    assert (response.status_code, response["Location"]) == (
        301,
        "http://testserver/api/v1/items/cilium/metrics/?metric=forks",
    )


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("bogus=1", "bogus"), ("as_of=2020-01-01", "as_of"), ("page=1", "page"), ("from=x", "from"), ("to=%00", "to"),
        ("from=2026-02-30", "from"), ("from=2026-02-02&to=2026-02-01", "to"), ("to=2026-01-01&to=2026-01-02", "to"), ("page_size=3661", "page_size"),
        ("cursor=x", "cursor"), ("cursor=é", "cursor"), ("cursor=W10", "cursor"), ("cursor=" + "W" * 700, "cursor"),
        ("cursor=WzFd", "cursor"), ("cursor=WyJcdTAwMDAiXQ", "cursor"), ("cursor=eyJhIjoxfQ", "cursor"),
        ("cursor=WzEsMl0", "cursor"), ("format=xml", "format"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("address", [SNAPSHOTS, METRICS])
def test_a_bad_parameter_is_named(get, cilium, address, query, name):
    measure(cilium, 1)
    assert list(get(f"{address}?{query}", status=400).json()) == [name]


@pytest.mark.parametrize(("query", "name"), [("metric=sales", "metric"), ("interval=year", "interval")])
def test_a_bad_choice_is_named(get, cilium, query, name):
    assert list(get(f"{METRICS}?{query}", status=400).json()) == [name]


def test_csv_has_the_same_rows_and_leads_on(get, cilium):
    measure(cilium, 3)
    response = get(f"{SNAPSHOTS}?format=csv&page_size=2")
    header, *rows = response.content.decode().splitlines()
    assert header == ",".join(FIELDS)
    assert rows[0] == "2026-01-01,2026-01-01T02:00:00Z,100,,,,,,,,,,graphql"
    assert len(rows) == 2
    assert 'rel="next"' in response["Link"]
    assert response["Content-Disposition"].startswith('attachment; filename="strata-repositories-')


def test_csv_without_rows_has_its_columns(get, cilium):
    assert get(f"{SNAPSHOTS}?format=csv").content.decode().split() == [",".join(FIELDS)]


def test_nothing_new_costs_a_304(client, get, cilium):
    measure(cilium, 1)
    tag = get(SNAPSHOTS)["ETag"]
    assert client.get(f"/api/v1/{SNAPSHOTS}", headers={"If-None-Match": tag}).status_code == 304
