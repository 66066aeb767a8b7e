import pytest
from model_bakery import baker

from projects.models import ItemAlias
from tests.web.catalogue import item, landscape, period

pytestmark = pytest.mark.django_db

STABLE = ("slug", "name", "kind", "category", "subcategory", "maturity", "organization", "listed_at", "delisted_at")


def slugs(response):
    return [row["slug"] for row in response.json()["results"]]


def test_items_show_the_present(get, small_landscape):
    body = get("items/").json()
    assert (body["count"], body["next"], body["previous"]) == (3, None, None)
    assert [row["slug"] for row in body["results"]] == ["cilium", "rook", "rook-wasm"]
    assert {name: body["results"][0][name] for name in STABLE} == {
        "slug": "cilium",
        "name": "Cilium",
        "kind": "project",
        "category": "Runtime",
        "subcategory": "Network",
        "maturity": "graduated",
        "organization": "CNCF",
        "listed_at": "2018-03-01T12:00:00Z",
        "delisted_at": None,
    }
    assert body["results"][0]["homepage_url"] == "https://cilium.io"


def test_items_show_what_the_landscape_said_then(get, small_landscape):
    rows = {row["slug"]: row for row in get("items/?as_of=2020-04-25").json()["results"]}
    assert set(rows) == {"cilium", "consul", "rook", "rook-wasm"}
    shown = {
        name: rows["cilium"][name] for name in ("category_slug", "subcategory", "maturity", "organization", "kind")
    }
    assert shown == {
        "category_slug": "orchestration",
        "subcategory": "Service Mesh",
        "maturity": None,
        "organization": "Isovalent",
        "kind": "open_source",
    }


def test_items_name_their_date_and_source(get, small_landscape):
    body = get("items/?as_of=2020-04-25T12:00Z&page_size=1").json()
    assert (body["as_of"], body["committed_at"]) == ("2020-04-25T12:00:00Z", "2018-03-01T12:00:00Z")
    assert (body["source"], body["licence"]) == ("https://github.com/cncf/landscape", "CC BY 4.0")
    assert body["commit"]


def test_items_add_those_that_left_on_request(get, small_landscape):
    rows = {row["slug"]: row["delisted_at"] for row in get("items/?include_delisted=true").json()["results"]}
    assert rows == {"cilium": None, "consul": "2022-01-01T12:00:00Z", "rook": None, "rook-wasm": None}
    # On that day it had not left yet.
    then = get("items/?include_delisted=true&as_of=2021-01-01&search=consul").json()["results"]
    assert [row["delisted_at"] for row in then] == [None]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("ordering=-name", ["rook-wasm", "rook", "cilium"]),
        ("ordering=maturity,-slug", ["cilium", "rook-wasm", "rook"]),
        ("ordering=organization", ["cilium", "rook", "rook-wasm"]),
        ("ordering=-organization", ["cilium", "rook", "rook-wasm"]),
        ("maturity=sandbox&subcategory=storage", ["rook", "rook-wasm"]),
        ("search=wasm", ["rook-wasm"]),
        ("organization=cncf", ["cilium"]),
        ("has_repository=true", ["cilium"]),
    ],
)
def test_items_are_filtered_and_ordered(get, small_landscape, query, expected):
    assert slugs(get(f"items/?{query}")) == expected


def test_items_are_paged(get, small_landscape):
    first = get("items/?page_size=2").json()
    last = get("items/?page_size=2&page=2").json()
    assert ([len(page["results"]) for page in (first, last)], first["count"]) == ([2, 1], 3)
    assert first["next"].endswith("/api/v1/items/?page=2&page_size=2")
    assert last["previous"].endswith("/api/v1/items/?page_size=2")


def test_a_page_beyond_the_end_is_404(get, small_landscape):
    body = get("items/?page=9", status=404).json()
    assert body == {"detail": "There is no page 9; the last one is 1."}


@pytest.mark.parametrize(("rows", "queries"), [(0, 4), (1, 6), (3, 6)])
def test_items_cost_the_same_however_many(get, rows, queries, django_assert_num_queries):
    landscape()
    for number in range(rows):
        period(item(f"Item {number}"))
    with django_assert_num_queries(queries):
        assert len(get("items/").json()["results"]) == rows


def test_item_detail_tells_its_history(get, small_landscape, django_assert_num_queries):
    # The data version, the item, its present, periods, declarations, the figures' day, the version and the landscape.
    with django_assert_num_queries(8):
        body = get("items/cilium/").json()
    assert body["maturity"] == "graduated"
    assert [(row["from"], row["to"], row["maturity"], row["organization"]) for row in body["periods"]] == [
        ("2018-03-01T12:00:00Z", "2021-10-13T12:00:00Z", None, "Isovalent"),
        ("2021-10-13T12:00:00Z", "2023-10-11T12:00:00Z", "incubating", "CNCF"),
        ("2023-10-11T12:00:00Z", None, "graduated", "CNCF"),
    ]
    assert [(row["at"], row["from"], row["to"]) for row in body["transitions"]] == [
        ("2021-10-13T12:00:00Z", None, "incubating"),
        ("2023-10-11T12:00:00Z", "incubating", "graduated"),
    ]
    assert [(row["stage"], row["declared_on"], row["seen_at"]) for row in body["stages"]] == [
        ("accepted", None, "2021-10-13T12:00:00Z"),
        ("incubating", None, "2021-10-13T12:00:00Z"),
        ("graduated", None, "2023-10-11T12:00:00Z"),
    ]
    assert set(body["periods"][0]) == {
        "from", "to", "name", "kind", "category", "subcategory", "maturity", "organization", "repository_url", "commit",
    }  # fmt: skip
    assert list(body["transitions"][0]) == ["at", "from", "to", "commit"]


def test_item_detail_shows_the_state_of_then(get, small_landscape):
    body = get("items/cilium/?as_of=2022-01-01").json()
    assert (body["maturity"], len(body["periods"])) == ("incubating", 3)


def test_item_detail_of_one_that_left_shows_its_last_state(get, small_landscape):
    assert get("items/consul/").json()["delisted_at"] == "2022-01-01T12:00:00Z"


def test_item_detail_is_404_when_it_was_not_listed(get, small_landscape):
    body = get("items/consul/?as_of=2023-01-01", status=404).json()
    assert body == {"detail": "consul was not listed at that instant."}
    assert get("items/nothing/", status=404).json() == {"detail": "There is no item nothing."}


def test_item_detail_of_one_never_listed(get):
    item("Borg", listed_at=None, kind="product")
    body = get("items/borg/").json()
    assert (body["name"], body["category"], body["listed_at"], body["periods"]) == ("Borg", "Runtime", None, [])


def test_a_former_slug_leads_on_with_its_query(get, small_landscape):
    baker.make(ItemAlias, item=small_landscape, name="Cilium Project", slug="cilium-project")
    response = get("items/cilium-project/?as_of=2022-01-01&format=json", status=301)
    assert response["Location"].endswith("/api/v1/items/cilium/?as_of=2022-01-01&format=json")


def test_a_slug_that_is_owned_goes_before_a_former_one(get, small_landscape):
    baker.make(ItemAlias, item=small_landscape, name="Rook", slug="rook")
    assert get("items/rook/").json()["name"] == "Rook"
