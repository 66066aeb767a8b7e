"""The screener and comparisons in the API: the same filters as the page, and every bad parameter by its name."""

import csv
from datetime import date

import pytest
from model_bakery import baker

from market.screen.asked import FILTER_PARAMETERS, REPEATABLE
from market.screen.columns import COLUMNS
from projects.models import ItemAlias
from tests.market.screens import NOW, accepted, counted, figure, funded, maker, repository, starred
from tests.web.catalogue import instant, landscape, version

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _landscape(time_machine):
    time_machine.move_to(NOW, tick=False)
    landscape()
    version()


@pytest.fixture
def two():
    """Mesh, graduated, funded and grown; and Store, in the sandbox."""
    mesh = starred("Mesh", 4000, maturity="graduated", kind="project")
    figure(mesh, "star_growth", 0.125, window_days=90)
    accepted(mesh, date(2020, 1, 2))
    funded(maker(mesh), 62_000_000)
    return mesh, starred("Store", 1000, maturity="sandbox", kind="project")


def slugs(get, query=""):
    return [row["slug"] for row in get(f"screener/{query}").json()["results"]]


def test_rows_have_the_overview_unless_told(get, two):
    answer = get("screener/").json()
    assert (answer["count"], answer["figures_on"], answer["survey_wave"]) == (2, "2026-11-21", None)
    mesh = answer["results"][0]
    assert list(mesh) == [
        "slug", "name", "category", "maturity", "stars", "growth_90", "commits_30", "contributors", "employer_share",
        "production_share", "raised_usd", "confidence", "unknown",
    ]  # fmt: skip
    assert (mesh["stars"], mesh["growth_90"], mesh["raised_usd"]) == (4000, 0.125, 62_000_000)
    assert mesh["commits_30"] is None
    assert mesh["unknown"]["employer_share"] == "No list of its maintainers is published."


def test_all_columns_can_be_asked_for(get, two):
    row = get("screener/?columns=all").json()["results"][0]
    assert list(row) == ["slug", "name", *COLUMNS, "unknown"]
    assert row["accepted_on"] == "2020-01-02"
    assert list(get("screener/?columns=forks,stars").json()["results"][0]) == [
        "slug",
        "name",
        "forks",
        "stars",
        "unknown",
    ]


def test_filters_are_those_of_the_page(get, two):
    assert slugs(get, "?growth_90_min=12.5") == ["mesh"]
    assert slugs(get, "?raised_usd_has=no") == ["store"]
    assert slugs(get, "?maturity=sandbox&maturity=graduated&ordering=stars") == ["store", "mesh"]
    assert slugs(get, "?q=ST&ordering=-slug") == ["store"]
    starred("Gone", 9, until=instant(2020, 1, 1))
    assert slugs(get, "?as_of=2019-01-01&ordering=slug") == ["gone", "mesh", "store"]


def test_items_that_left_are_there_when_told(get, two):
    starred("Gone", 9, until=instant(2020, 1, 1))
    assert slugs(get, "?include_delisted=true") == ["mesh", "store", "gone"]
    assert slugs(get, "?delisted=yes") == ["gone"]


@pytest.mark.parametrize(
    "name",
    ["nothing=1", "stars_min=x", "stars_has=true", "maturity=odd", "ordering=odd", "columns=odd", "page=0",
     "page_size=999", "as_of=never", "include_delisted=maybe", "accepted_on_max=2020-02-30", "sort=stars", "column=stars"],
)  # fmt: skip
def test_bad_parameters_are_400_by_their_names(get, two, name):
    assert list(get(f"screener/?{name}", status=400).json()) == [name.partition("=")[0]]


def test_most_below_least_is_400(get, two):
    said = ["This is less than the least value asked for."]
    assert get("screener/?stars_min=9&stars_max=1", status=400).json() == {"stars_max": said}


@pytest.mark.parametrize("key", sorted(REPEATABLE))
def test_no_column_of_words_takes_an_unknown_one(get, two, key):
    ((said,),) = get(f"screener/?{key}=XX", status=400).json().values()
    assert said.startswith("No country has this code" if key == "country" else "There is no XX here.")


def test_few_words_are_named(get, two):
    ((said,),) = get("screener/?maturity=odd", status=400).json().values()
    assert said == "There is no odd here. Choose from: graduated, incubating, sandbox, archived."


def test_countries_without_an_item_are_countries(get, two):
    assert slugs(get, "?country=DE&country=cn") == []


def test_bounds_are_given_once(get):
    assert list(get("screener/?stars_min=1&stars_min=2", status=400).json()) == ["stars_min"]


def test_pages_and_csv(get, two):
    answer = get("screener/?page_size=1&page=2").json()
    assert ([row["slug"] for row in answer["results"]], answer["next"]) == (["store"], None)
    response = get("screener/?format=csv&columns=stars,raised_usd")
    assert list(csv.reader(response.content.decode().splitlines())) == [
        ["slug", "name", "stars", "raised_usd"], ["mesh", "Mesh", "4000", "62000000"], ["store", "Store", "1000", ""],
    ]  # fmt: skip
    assert response["Strata-Count"] == "2"


def test_description_knows_every_filter(client):
    schema = client.get("/api/schema/?format=json").json()
    named = {each["name"] for each in schema["paths"]["/api/v1/screener/"]["get"]["parameters"]}
    assert set(FILTER_PARAMETERS) <= named
    assert set(COLUMNS) <= set(schema["components"]["schemas"]["ScreenRow"]["properties"])


def test_comparison_has_lines_and_figures(get, two):
    mesh, _ = two
    counted(repository(mesh, "acme/mesh"), date(2020, 2, 29), 10)
    answer = get("compare/?items=mesh,store&align=accepted").json()
    first, second = answer["items"]
    assert (first["origin"], first["repositories"], first["is_censored"]) == ("2020-01-02", ["acme/mesh"], False)
    (segment,) = first["segments"]
    assert [(point["day"], point["value"], round(point["months"], 2)) for point in segment] == [
        ("2020-02-29", 10, 1.91)
    ]
    assert (second["origin"], second["segments"]) == (None, [])
    figures = {(row["item"], row["figure"]): row for row in answer["results"]}
    assert len(figures) == 2 * len(COLUMNS)
    assert figures["mesh", "growth_90"]["value"] == 0.125
    assert figures["store", "raised_usd"]["why_unknown"] == "Our ledger knows no round of a maker."


def test_comparison_follows_former_slugs(get, two):
    baker.make(ItemAlias, item=two[0], slug="net", name="Net")
    assert [one["slug"] for one in get("compare/?items=net,store,mesh").json()["items"]] == ["mesh", "store"]


def test_comparison_as_csv_has_a_row_for_each_figure(get, two):
    rows = list(csv.DictReader(get("compare/?items=mesh,store&format=csv").content.decode().splitlines()))
    assert len(rows) == 2 * len(COLUMNS)


@pytest.mark.parametrize(
    "query", ["items=mesh", "items=mesh,nobody", "items=a,b,c,d,e,f,g", "count=forks", "align=x", "page=1", "as_of=x"]
)
def test_comparison_names_its_bad_parameters(get, two, query):
    assert list(get(f"compare/?{query}", status=400).json()) == [query.partition("=")[0]]


@pytest.mark.parametrize("items", [1, 3])
def test_screener_asks_as_often_for_three_items(get, items, django_assert_num_queries):
    for number in range(items):
        funded(maker(starred(f"Item {number}", number), f"Maker {number}"), 5)
    get("screener/")
    with django_assert_num_queries(4):
        get("screener/?columns=all")


@pytest.mark.parametrize("items", [2, 3])
def test_comparison_asks_as_often_for_three_items(get, items, django_assert_num_queries):
    for number in range(items):
        counted(repository(starred(f"Item {number}", number), f"acme/{number}"), date(2026, 11, 20), number)
    asked = ",".join(f"item-{number}" for number in range(items))
    get("screener/")
    with django_assert_num_queries(8):
        get(f"compare/?items={asked}&align=first")
