"""A bad or unknown parameter is 400 with its name, a missing thing 404 with a sentence, nothing ever 500."""

import itertools

import pytest

from tests.web.catalogue import change, instant

pytestmark = pytest.mark.django_db

LISTS = ["items", "projects", "categories", "organizations", "repositories", "changes"]
DETAILS = ["items/cilium", "projects/cilium", "categories/runtime", "organizations/cncf", "landscape"]

BAD_EVERYWHERE = [
    ("bogus=1", "bogus"),
    ("q=kube", "q"),
    ("Page=1", "Page"),
    ("page[]=1", "page[]"),
    ("%00=1", "\x00"),
    ("as_of=tomorrow", "as_of"),
    ("as_of=2020-02-30", "as_of"),
    ("as_of=%00", "as_of"),
    ("as_of=2999-01-01", "as_of"),
    ("as_of=2020-01-01&as_of=2021-01-01", "as_of"),
    ("format=xml", "format"),
    ("format=%00", "format"),
]
BAD_IN_LISTS = [
    *[(f"page={bad}", "page") for bad in ("0", "-1", "x", "1.5", "1e3", "last", "%00", "9" * 40, "９", "1 1", "%FF")],
    *[(f"page_size={bad}", "page_size") for bad in ("0", "-1", "201", "9" * 400, "x", "%00", "²")],
    *[
        (f"ordering={bad}", "ordering")
        for bad in ("nothing", "--slug", "pk", "item__extra", "slug,,name", "%00", "slug;")
    ],
    ("search=%00", "search"),
    ("search=" + "x" * 101, "search"),
    ("page=1&page=2", "page"),
    ("ordering=slug&ordering=name", "ordering"),
]


@pytest.fixture
def _filled(small_landscape):
    change(small_landscape, "moved", instant(2020, 1, 1))


@pytest.mark.parametrize("path", [*LISTS, *DETAILS])
@pytest.mark.parametrize(("query", "name"), BAD_EVERYWHERE)
@pytest.mark.usefixtures("_filled")
def test_a_bad_parameter_is_named(get, path, query, name):
    body = get(f"{path}/?{query}", status=400).json()
    assert list(body) == [name]
    assert all(isinstance(sentence, str) and sentence.endswith(".") for sentence in body[name])


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize(("query", "name"), BAD_IN_LISTS)
@pytest.mark.usefixtures("_filled")
def test_a_bad_parameter_of_a_list_is_named(get, path, query, name):
    assert list(get(f"{path}/?{query}", status=400).json()) == [name]


@pytest.mark.parametrize("name", ["page", "page_size", "ordering", "search", "include_delisted", "maturity"])
@pytest.mark.parametrize("path", DETAILS)
@pytest.mark.usefixtures("_filled")
def test_a_detail_refuses_the_parameters_of_lists(get, path, name):
    assert list(get(f"{path}/?{name}=1", status=400).json()) == [name]


@pytest.mark.parametrize("path", ["items", "projects", "categories", "organizations", "repositories"])
def test_include_delisted_is_true_or_false(get, path):
    assert list(get(f"{path}/?include_delisted=yes", status=400).json()) == ["include_delisted"]


def test_changes_have_nothing_that_left(get):
    assert list(get("changes/?include_delisted=true", status=400).json()) == ["include_delisted"]


def test_every_bad_name_is_told_at_once(get):
    assert set(get("items/?one=1&two=2&page=1&page=2", status=400).json()) == {"one", "two", "page"}


VALUES = [
    "", " ", "0", "-1", "true", "null", "None", "%00", "%FF%FE", "%ED%A0%80", "%F0%9F%A6%80", "云原生", "'", '"', "\\", "%25",
    "[]", "{}", "<script>", "1 OR 1=1", "../../etc/passwd", "2020-01-01", "9" * 30, "x" * 3000, "a,b,c", "-", "=", "%0A%0D",
]  # fmt: skip
NAMES = {
    "items": ["maturity", "kind", "category", "subcategory", "organization", "license", "country", "has_repository", "hosted",
              "listed_after", "listed_before"],
    "projects": ["maturity", "organization"],
    "categories": ["group"],
    "organizations": ["kind", "country"],
    "repositories": ["host", "item", "availability", "is_archived"],
    "changes": ["kind", "category", "item", "since", "until"],
}  # fmt: skip
COMMON = ["as_of", "include_delisted", "page", "page_size", "ordering", "search", "format"]


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.usefixtures("_filled")
def test_no_value_of_any_parameter_breaks_a_list(client, path):
    for name, value in itertools.product([*NAMES[path], *COMMON], VALUES):
        response = client.get(f"/api/v1/{path}/?{name}={value}")
        assert response.status_code in {200, 400, 404}, (name, value, response.content)
        if response.status_code == 400:
            assert list(response.json()) == [name]


@pytest.mark.parametrize("value", ["%00", "%FF", "云", "a b", "'", "x" * 3000, "..", "%2e%2e", "-", "%2F", "a%0Ab"])
@pytest.mark.parametrize("path", LISTS[:-1])
def test_no_slug_breaks_a_detail(client, path, value):
    response = client.get(f"/api/v1/{path}/{value}/")
    assert response.status_code in {200, 301, 404}
    assert response.headers["Content-Type"].startswith(("application/json", "text/html"))


@pytest.mark.parametrize("address", ["/api/nothing/", "/api/v1/nothing/", "/api/v1/items/a/b/", "/api/v2/items/"])
def test_an_unknown_address_is_404_in_json(client, address):
    response = client.get(address)
    assert (response.status_code, response.json()) == (404, {"detail": "There is no such end point."})


def test_a_missing_slash_is_led_on(client):
    response = client.get("/api/v1/items?page_size=1")
    assert (response.status_code, response["Location"]) == (301, "/api/v1/items/?page_size=1")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("path", ["items/", "items/cilium/", "landscape/", ""])
def test_nothing_can_be_written(client, method, path):
    response = getattr(client, method)(f"/api/v1/{path}")
    assert (response.status_code, list(response.json())) == (405, ["detail"])


def test_an_error_is_json_whatever_was_asked_for(get):
    response = get("items/?format=csv&page=x", status=400)
    assert response["Content-Type"] == "application/json"
    assert "Content-Disposition" not in response
    assert get("items/nothing/?format=csv", status=404).json() == {"detail": "There is no item nothing."}


def test_an_unknown_token_is_401(get):
    response = get("items/", status=401, headers={"Authorization": "Bearer strata_unknown"})
    assert response["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("items/?kind=nothing", "Choose from: project, open_source, product, member, partner."),
        ("items/?hosted=maybe", "Choose from: true, false."),
        ("items/?maturity=nothing", "Choose from: sandbox, incubating, graduated, archived."),
        ("changes/?kind=graduated", "Choose from: listed, delisted, "),
        ("changes/?since=1.5.2020", "Give a day such as 2020-04-25."),
        ("items/?country=XX", "No country has this code"),
        ("organizations/?country=zz", "No country has this code"),
    ],
)
@pytest.mark.usefixtures("_filled")
def test_a_refusal_says_what_may_be_asked(get, query, sentence):
    ((said,),) = get(query, status=400).json().values()
    assert sentence in said


@pytest.mark.parametrize(
    ("path", "first", "last", "values"),
    [
        ("changes", "since", "until", ("2020-01-01", "2020-01-02")),
        ("items", "listed_after", "listed_before", ("2020-01-01", "2020-01-02")),
        ("runs", "since", "until", ("2020-01-01", "2020-01-02")),
        ("timeline", "year_min", "year_max", ("2019", "2020")),
    ],
)
@pytest.mark.usefixtures("_filled")
def test_a_span_that_ends_before_it_begins_is_refused(get, path, first, last, values):
    early, late = values
    body = get(f"{path}/?{first}={late}&{last}={early}", status=400).json()
    assert body == {last: [f"{last} lies before {first}."]}
    get(f"{path}/?{first}={early}&{last}={early}")


BEFORE = "2018-02-28 lies before the landscape's first version, of 2018-03-01T12:00:00Z."


@pytest.mark.parametrize(
    "path", [*LISTS, *DETAILS, "layers", "screener", "compare", "stage-ladder", "stage-ladder/projects"]
)
@pytest.mark.usefixtures("_filled")
def test_what_lies_before_the_history_is_refused(get, path):
    assert get(f"{path}/?as_of=2018-02-28", status=400).json() == {"as_of": [BEFORE]}


@pytest.mark.usefixtures("_filled")
def test_the_history_begins_with_its_first_version(get):
    assert list(get("items/?as_of=2018-03-01T11:59Z", status=400).json()) == ["as_of"]
    assert get("items/?as_of=2018-03-01T12:00Z").json()["count"] == 4
    assert get("items/?as_of=2018-03-01").json()["count"] == 4


def test_without_any_version_every_past_day_is_empty(get):
    assert get("items/?as_of=2010-01-01").json()["count"] == 0


@pytest.mark.parametrize(
    ("path", "name", "sentence"),
    [
        ("indicators", "metric", "Choose from: stars, "),
        ("indicators", "day", "Give a day such as 2020-04-25."),
        ("indicators", "category", "There is no zzz here."),
        ("runs", "kind", "Choose from: nightly, contributors, stars."),
        ("runs", "since", "Give a day such as 2020-04-25."),
        ("concepts", "kind", "Choose from: "),
        ("concepts", "item", "There is no zzz here."),
        ("timeline", "concept", "There is no zzz here."),
        ("forecasts", "verdict", "Choose from: "),
        ("statements", "status", "Choose from: stands, "),
        ("statements", "group", "Choose from: INC, DOC, Q, "),
        ("layers", "framework", "There is no zzz here."),
        ("items", "license", "There is no zzz here."),
        ("items", "country", "No country has this code"),
        ("funding-rounds", "organization", "There is no zzz here."),
        ("repositories", "host", "There is no zzz here."),
    ],
)
def test_every_list_says_what_may_be_asked(get, path, name, sentence):
    ((said,),) = get(f"{path}/?{name}=zzz", status=400).json().values()
    assert sentence in said


@pytest.mark.parametrize(("path", "name"), [("compare", "items"), ("search", "q")])
def test_what_must_be_given_is_named(get, path, name):
    assert list(get(f"{path}/", status=400).json()) == [name]
    assert list(get(f"{path}/?{name}=", status=400).json()) == [name]


def test_a_country_is_known_in_either_case(get):
    assert get("items/?country=de").json()["count"] == 0
