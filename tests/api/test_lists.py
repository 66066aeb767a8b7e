"""The lists other than items: what they hold at an instant, and what they cost."""

import pytest
from model_bakery import baker

from projects.models import ItemRepository, Organization, Project, Repository
from tests.web.catalogue import change, instant, item, landscape, period, shelf

pytestmark = pytest.mark.django_db


def slugs(response):
    return [row["slug"] for row in response.json()["results"]]


def repository(address, *items, is_current=True):
    row = baker.make(
        Repository, url=f"https://{address}", host=address.split("/")[0], full_name=address.partition("/")[2]
    )
    for each in items:
        baker.make(ItemRepository, item=each, repository=row, is_current=is_current)
    return row


def test_projects_count_cards_of_one_project_once(get, small_landscape):
    body = get("projects/").json()
    assert [(row["slug"], row["name"], row["maturity"], row["cards"]) for row in body["results"]] == [
        ("cilium", "Cilium", "graduated", ["cilium"]),
        ("rook", "Rook", "sandbox", ["rook", "rook-wasm"]),
    ]
    assert get("projects/?as_of=2020-01-01").json()["count"] == 1


def test_project_detail(get, small_landscape):
    assert get("projects/cilium/?as_of=2022-01-01").json()["maturity"] == "incubating"
    body = get("projects/cilium/?as_of=2020-01-01", status=404).json()
    assert body == {"detail": "No project cilium was hosted at that instant."}


def test_projects_that_left_are_added_on_request(get, small_landscape):
    gone = baker.make(Project, slug="gone", name="Gone")
    period(item("Gone", maturity="archived"), until=instant(2019, 1, 1), project=gone)
    assert slugs(get("projects/")) == ["cilium", "rook"]
    assert slugs(get("projects/?include_delisted=true")) == ["cilium", "gone", "rook"]
    assert get("projects/gone/").json()["delisted_at"] == "2019-01-01T12:00:00Z"


def test_categories_count_the_cards_of_then(get, small_landscape):
    body = get("categories/?as_of=2020-01-01").json()
    assert [(row["slug"], row["items"]) for row in body["results"]] == [("orchestration", 2), ("runtime", 2)]
    # Both cards of Orchestration have left it since.
    assert slugs(get("categories/")) == ["runtime"]
    assert slugs(get("categories/?include_delisted=true&ordering=-slug")) == ["runtime", "orchestration"]
    runtime = get("categories/runtime/").json()
    sections = [(row["slug"], row["items"]) for row in runtime["subcategories"]]
    assert (runtime["items"], sections) == (3, [("network", 1), ("storage", 2)])


def test_category_detail_is_404_when_it_was_not_there(get, small_landscape):
    get("categories/orchestration/")
    get("categories/orchestration/?as_of=2023-01-01", status=404)
    get("categories/nothing/", status=404)


def test_organizations_count_the_cards_of_then(get, small_landscape):
    assert [(row["slug"], row["items"]) for row in get("organizations/").json()["results"]] == [("cncf", 1)]
    assert slugs(get("organizations/?as_of=2020-01-01")) == ["isovalent"]
    with_left = get("organizations/?include_delisted=true&ordering=items").json()["results"]
    assert [(row["slug"], row["items"]) for row in with_left] == [("isovalent", 0), ("cncf", 1)]


@pytest.mark.parametrize(
    ("query", "expected"), [("country=us", ["cncf"]), ("country=de", []), ("kind=foundation", ["cncf"]), ("search=cn", ["cncf"])]
)  # fmt: skip
def test_organizations_are_filtered(get, small_landscape, query, expected):
    assert slugs(get(f"organizations/?{query}")) == expected


def test_organization_detail(get, small_landscape):
    assert get("organizations/cncf/").json()["country"] == "US"
    assert get("organizations/isovalent/").json()["items"] == 0
    get("organizations/isovalent/?as_of=2023-01-01", status=404)


def test_repositories_are_those_that_cards_name(get, small_landscape):
    wasm = item("Cilium (Wasm)")
    repository("github.com/cilium/cilium", small_landscape, wasm)
    repository("github.com/cilium/old", small_landscape, is_current=False)
    body = get("repositories/").json()
    assert [(row["slug"], row["items"]) for row in body["results"]] == [
        ("github.com/cilium/cilium", ["cilium", "cilium-wasm"])
    ]
    assert slugs(get("repositories/?include_delisted=true")) == ["github.com/cilium/cilium", "github.com/cilium/old"]


def test_repositories_of_a_past_instant_are_those_written_then(get):
    moved = item("Moved")
    period(moved, until=instant(2020, 1, 1), repository_url="http://www.github.com/Old/Name.git")
    period(moved, instant(2020, 1, 1), repository_url="https://github.com/new/name-next/tree/main/docs")
    repository("github.com/old/name", moved, is_current=False)
    repository("github.com/new/name", moved, is_current=False)
    repository("github.com/new/name-next", moved)

    assert slugs(get("repositories/?as_of=2019-01-01")) == ["github.com/old/name"]
    assert slugs(get("repositories/?as_of=2021-01-01")) == ["github.com/new/name-next"]
    assert get("repositories/?as_of=2021-01-01").json()["results"][0]["items"] == ["moved"]
    both = get("repositories/?as_of=2021-01-01&include_delisted=true")
    assert [(row["slug"], row["items"]) for row in both.json()["results"]] == [
        ("github.com/new/name-next", ["moved"]),
        ("github.com/old/name", []),
    ]


def test_repository_detail_by_its_address(get, small_landscape):
    repository("github.com/cilium/cilium", small_landscape)
    assert get("repositories/github.com/Cilium/cilium/").json()["full_name"] == "cilium/cilium"
    get("repositories/github.com/cilium/nothing/", status=404)


def test_changes_up_to_an_instant_newest_first(get):
    one = item("One")
    for year, kind in [(2018, "listed"), (2020, "moved"), (2022, "delisted")]:
        change(one, kind, instant(year, 1, 1), before="", after=kind)
    kinds = [row["kind"] for row in get("changes/").json()["results"]]
    assert kinds == ["delisted", "moved", "listed"]
    assert [row["kind"] for row in get("changes/?as_of=2020-06-01").json()["results"]] == ["moved", "listed"]
    assert [row["kind"] for row in get("changes/?since=2020-01-01&until=2020-01-01").json()["results"]] == ["moved"]
    assert len(get("changes/?since=0001-01-01&until=9999-12-31").json()["results"]) == 3
    row = get("changes/?kind=moved&item=one&search=moved").json()["results"][0]
    assert (row["slug"], row["before"], row["after"], row["category_slug"]) == ("one", None, "moved", "runtime")


def fill(kind, rows):
    landscape()
    for number in range(rows):
        row = item(
            f"Item {number}",
            subcategory=shelf(f"Category {number}", "Section"),
            organization=baker.make(Organization, slug=f"org-{number}", name=f"Org {number}"),
            maturity="sandbox",
            project=baker.make(Project, slug=f"project-{number}", name=f"Project {number}"),
        )
        period(row, project=row.project)
        repository(f"github.com/o/{number}", row)
        change(row, "listed", instant(2018, 3, 1))


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("kind", "queries"),
    # The data version, the count, the page, the version and the landscape; then what a page needs further.
    [("items", 6), ("projects", 7), ("categories", 7), ("organizations", 5), ("repositories", 6), ("changes", 5)],
)
def test_lists_cost_the_same_however_many(get, kind, queries, rows, django_assert_num_queries):
    fill(kind, rows)
    with django_assert_num_queries(queries):
        assert len(get(f"{kind}/").json()["results"]) == rows


@pytest.mark.parametrize("kind", ["items", "projects", "categories", "organizations", "repositories", "changes"])
def test_lists_of_an_empty_database_are_empty(get, kind):
    body = get(f"{kind}/").json()
    assert (body["count"], body["results"], body["commit"]) == (0, [], None)


@pytest.mark.parametrize("kind", ["items", "projects", "categories", "organizations", "repositories", "changes"])
def test_every_ordering_works_both_ways_and_ends_in_the_slug(get, kind):
    fill(kind, 2)
    known = get(f"{kind}/?ordering=nothing", status=400).json()["ordering"][0]
    names = known.partition("Choose from: ")[2].partition(";")[0].split(", ")
    assert "slug" in names
    for name in names:
        for sign in ("", "-"):
            assert get(f"{kind}/?ordering={sign}{name}").json()["count"] == 2
