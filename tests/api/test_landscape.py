import csv

import pytest

from tests.web.catalogue import instant, item, landscape, period, shelf, version

pytestmark = pytest.mark.django_db

NONE_HOSTED = {"graduated": 0, "incubating": 0, "sandbox": 0, "archived": 0}


def test_landscape_of_an_empty_database(get):
    body = get("landscape/").json()
    assert (body["items"], body["categories"], body["commit"], body["by_category"]) == (0, 0, None, [])


def test_landscape_counts_an_instant(get, django_assert_num_queries):
    landscape(public_url="https://github.com/cncf/landscape", attribution="By the CNCF")
    first = version(instant(2018, 3, 1))
    period(item("A", maturity="sandbox", kind="project"))
    period(item("B", subcategory=shelf("Runtime", "Network"), kind="product"))

    # The beginning of the history, the data version, four of counting, and two of provenance.
    with django_assert_num_queries(8):
        body = get("landscape/?as_of=2020-04-25T12:00Z").json()

    assert body == {
        "as_of": "2020-04-25T12:00:00Z",
        "commit": first.commit,
        "committed_at": "2018-03-01T12:00:00Z",
        "source": "https://github.com/cncf/landscape",
        "licence": "CC BY 4.0",
        "attribution": "By the CNCF",
        "is_built_in": False,
        "items": 2,
        "categories": 1,
        "subcategories": 2,
        "hosted_cards": NONE_HOSTED | {"sandbox": 1},
        "hosted_projects": NONE_HOSTED | {"sandbox": 1},
        "by_kind": {"project": 1, "open_source": 0, "product": 1, "member": 0, "partner": 0},
        "by_category": [
            {
                "slug": "runtime",
                "name": "Runtime",
                "name_zh": "",
                "items": 2,
                "subcategories": [
                    {"slug": "network", "name": "Network", "name_zh": "", "items": 1},
                    {"slug": "storage", "name": "Storage", "name_zh": "", "items": 1},
                ],
            }
        ],
        "notice": None,
    }


def test_landscape_as_csv_has_a_row_for_each_subcategory(get):
    period(item("A"))
    response = get("landscape/?format=csv&as_of=2020-04-25T12:00Z")
    rows = list(csv.DictReader(response.content.decode().splitlines()))
    assert [(row["category"], row["subcategory"], row["items"]) for row in rows] == [("Runtime", "Storage", "1")]
    assert response["Content-Disposition"] == 'attachment; filename="strata-landscape-2020-04-25.csv"'


@pytest.mark.parametrize("query", ["as_of=tomorrow", "page=1", "as_of=2020-01-01&as_of=2021-01-01", "format=xml"])
def test_landscape_refuses_bad_parameters(get, query):
    get(f"landscape/?{query}", status=400)


def test_landscape_says_that_the_built_in_data_are_partial(get):
    landscape(is_built_in=True)
    body = get("landscape/").json()
    assert body["is_built_in"] is True
    assert body["notice"].startswith("These are the built-in data")
    assert get("items/").json()["is_built_in"] is True


def test_unknown_terms_are_null(get):
    landscape(licence="")
    body = get("landscape/").json()
    assert (body["licence"], body["attribution"], body["source"]) == (None, None, "CNCF Landscape")
