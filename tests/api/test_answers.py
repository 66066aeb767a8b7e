"""The forms of an answer: JSON, CSV, 304, HEAD, and the list of end points."""

import csv
import io

import pytest

from projects.models import Organization
from tests.web.catalogue import item, period

pytestmark = pytest.mark.django_db


def rows_of(response):
    return list(csv.DictReader(io.StringIO(response.content.decode())))


@pytest.mark.parametrize(
    "options", [{"path": "items/?format=csv"}, {"path": "items/", "headers": {"Accept": "text/csv"}},
                {"path": "items/?format=csv", "headers": {"Accept": "application/json"}}]
)  # fmt: skip
def test_csv_has_the_rows_of_the_page(get, small_landscape, options):
    response = get(**options)
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    rows = rows_of(response)
    assert [(row["slug"], row["maturity"], row["license"], row["delisted_at"]) for row in rows] == [
        ("cilium", "graduated", "", ""),
        ("rook", "sandbox", "", ""),
        ("rook-wasm", "sandbox", "", ""),
    ]
    assert rows[0]["url"] == "http://testserver/api/v1/items/cilium/"


def test_csv_names_its_file_and_its_neighbours(get, small_landscape):
    response = get("items/?format=csv&page_size=1&page=2&as_of=2020-04-25")
    assert response["Content-Disposition"] == 'attachment; filename="strata-items-2020-04-25.csv"'
    assert response["Strata-Count"] == "4"
    following, previous = response["Link"].split(", ")
    assert following.endswith('page=3&page_size=1>; rel="next"')
    assert previous.endswith('rel="prev"')


def test_csv_of_nothing_has_its_header(get):
    header = get("items/?format=csv").content.decode().splitlines()
    assert len(header) == 1
    assert header[0].startswith("slug,url,name,kind,category,")


def test_csv_keeps_formulas_from_running(get):
    period(item("=HYPERLINK(1)", slug="formula"))
    assert rows_of(get("items/?format=csv"))[0]["name"] == "'=HYPERLINK(1)"


def test_csv_writes_nested_values_as_json(get, small_landscape):
    row = rows_of(get("projects/?format=csv"))[1]
    assert row["cards"] == '["rook", "rook-wasm"]'


def test_chinese_is_written_as_it_is(get):
    period(item("Dapr", summary_zh="分布式应用运行时"))
    assert "分布式应用运行时" in get("items/").content.decode()
    assert rows_of(get("items/?format=csv"))[0]["summary_zh"] == "分布式应用运行时"


@pytest.mark.parametrize("path", ["items/", "items/cilium/", "landscape/", "projects/", "items/?format=csv"])
def test_an_unchanged_answer_is_304_for_one_query(get, small_landscape, path, django_assert_num_queries):
    first = get(path)
    assert first["Cache-Control"] == "no-cache"
    assert "Accept" in first["Vary"]
    with django_assert_num_queries(1):
        again = get(path, status=304, headers={"If-None-Match": first["ETag"]})
    assert (again["ETag"], again.content) == (first["ETag"], b"")


@pytest.mark.django_db(transaction=True)
def test_a_change_of_data_changes_the_etag(get, small_landscape):
    before = get("items/")["ETag"]
    Organization.objects.filter(slug="cncf").update(name="The CNCF")
    after = get("items/", headers={"If-None-Match": before})
    assert after["ETag"] != before
    assert after.json()["results"][0]["organization"] == "The CNCF"


def test_etags_differ_by_form_and_question(get, small_landscape):
    etags = {get(path)["ETag"] for path in ("items/", "items/?format=csv", "items/?as_of=2020-01-01", "projects/")}
    assert len(etags) == 4


def test_an_error_has_no_etag(get):
    assert "ETag" not in get("items/?page=5", status=404)


def test_head_answers_without_a_body(client, small_landscape):
    response = client.head("/api/v1/items/")
    assert (response.status_code, response.content) == (200, b"")
    assert response["ETag"] == client.get("/api/v1/items/")["ETag"]


def test_root_lists_end_points_that_answer(client, get):
    addresses = get("").json()
    assert set(addresses) == {
        "items", "projects", "categories", "organizations", "repositories", "changes", "landscape", "indicators", "runs",
        "stage-ladder", "surveys", "funding-rounds", "acquisitions", "investors", "frameworks", "layers", "screener", "compare",
        "concepts", "comparisons", "questions", "timeline", "forecasts", "statements", "search", "schema", "docs",
    }  # fmt: skip
    # These two answer nothing without what they are about, and say so.
    asking = {"compare": "items", "search": "q"}
    for name, address in addresses.items():
        answer = client.get(address)
        assert answer.status_code == 200 or list(answer.json()) == [asking[name]]


def test_cookies_are_not_set(get):
    assert get("items/").cookies == {}


@pytest.mark.parametrize("path", ["", "items/", "items/cilium/", "landscape/", "items/?format=csv", "items/?bogus=1"])
def test_options_are_answered(client, small_landscape, path):
    response = client.options(f"/api/v1/{path}")
    assert (response.status_code, response["Allow"]) == (200, "GET, HEAD, OPTIONS")
