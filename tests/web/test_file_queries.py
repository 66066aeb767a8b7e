"""Files whose query cannot be read: each refuses, and none gives what was not asked for."""

import pytest
from django.urls import URLResolver
from model_bakery import baker

from market.models import Framework, Layer
from tests.web.catalogue import item, period
from web import urls, urls_plain

pytestmark = pytest.mark.django_db

KINDS = (".csv", ".json", ".yml", ".svg", ".png", ".atom", ".<slug:kind>")
# Pictures of a digest and the feed of a secret address take no query.
WITHOUT_QUERY = {"logos/<slug:digest>.svg", "watchlist/<str:token>/feed.atom"}
NO_DAY = "as_of=1999-99-99"
ADDRESSES = {
    "table/items.csv": [("/table/items.csv", [NO_DAY, "column=nope", "sort=nope", "maturity=nope", "stars_min=many"])],
    "trends/<slug:chart>.csv": [("/trends/items.csv", ["since=1999-99-99", "resolution=day", "category=nope"])],
    "momentum/<slug:name>.csv": [("/momentum/growing.csv", ["window=7", "least_stars=-1", "maturity=nope"])],
    "changes/feed.atom": [("/changes/feed.atom", ["kind=nope", "since=1999-99-99", "category=nope"])],
    "changes/diff.csv": [("/changes/diff.csv", ["from=1999-99-99", "to=x", "kind=nope"])],
    "items/<slug:slug>/curves.csv": [("/items/harbor/curves.csv", [NO_DAY, "count=nope", "interval=nope"])],
    "items/<slug:slug>/indicators.csv": [("/items/harbor/indicators.csv", [NO_DAY])],
    "items/<slug:slug>/years.csv": [("/items/harbor/years.csv", [NO_DAY])],
    "items/<slug:slug>/maintainers.csv": [("/items/harbor/maintainers.csv", [NO_DAY])],
    "china/<slug:name>.csv": [(f"/china/{name}.csv", [NO_DAY, "home=XX"]) for name in ("cards", "hosted", "years")],
    "screener/export.<slug:kind>": [
        (f"/screener/export.{kind}", [NO_DAY, "column=nope", "stars_min=many", "maturity=nope", "sort=nope"])
        for kind in ("csv", "json", "xlsx")
    ],
    "compare/figures.csv": [("/compare/figures.csv", [NO_DAY, "items=nope"])],
    "compare/series.csv": [("/compare/series.csv", [NO_DAY, "items=nope", "count=nope", "align=nope"])],
    "layers/<slug:framework>/<slug:name>.csv": [("/layers/modules/board.csv", [NO_DAY, "by=day", "heat=nope"])],
    "layers/<slug:framework>/<slug:layer>/items.csv": [("/layers/modules/service/items.csv", [NO_DAY, "since=x"])],
    "funding/rounds.csv": [("/funding/rounds.csv", ["year=abc", "series=nope", "country=XX", "investor=nope"])],
    "exits/exits.csv": [("/exits/exits.csv", ["kind=nope", "year=abc", "acquirer=nope", "confidence=nope"])],
    "ladder/rates.csv": [("/ladder/rates.csv", [NO_DAY, "cohort=abc", "transition=nope", "known=nope"])],
    "ladder/projects.csv": [("/ladder/projects.csv", [NO_DAY, "stage=nope", "sort=nope", "category=nope"])],
    "vendor-control/projects.csv": [("/vendor-control/projects.csv", [NO_DAY, "maturity=gradated", "sort=nope"])],
    "adoption/attention.csv": [("/adoption/attention.csv", ["year=abc"])],
    "adoption/surveys.csv": [("/adoption/surveys.csv", ["question=nope"])],
    "adoption/shares.csv": [("/adoption/shares.csv", ["measure=nope", "day=x", "category=nope"])],
    "adoption/<slug:name>.csv": [("/adoption/curves.csv", ["year=abc", "list=nope"])],
    "data/landscape.json": [("/data/landscape.json", [NO_DAY])],
    "data/landscape.yml": [("/data/landscape.yml", [NO_DAY])],
    "data/datapackage.json": [("/data/datapackage.json", [NO_DAY])],
    "data/map.svg": [("/data/map.svg", [NO_DAY, "group=nope", "language=xx"])],
    "data/map.png": [("/data/map.png", [NO_DAY, "group=nope"])],
    "data/<slug:name>.csv": [("/data/items.csv", [NO_DAY])],
    "data/<slug:name>.json": [("/data/items.json", [NO_DAY])],
}
CASES = [(path, query) for files in ADDRESSES.values() for path, queries in files for query in queries]


@pytest.fixture
def harbor():
    harbor = item("Harbor")
    period(harbor)
    modules = baker.make(Framework, slug="modules", name="Modules")
    baker.make(Layer, framework=modules, slug="service", name="Service")
    return harbor


def routes(patterns, before=""):
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        else:
            yield route


def test_every_address_of_a_file_is_tried_here():
    every = {*routes(urls.urlpatterns), *routes(urls_plain.urlpatterns)}

    assert {route for route in every if route.endswith(KINDS)} == {*ADDRESSES, *WITHOUT_QUERY}


@pytest.mark.parametrize(("path", "query"), CASES)
def test_file_refuses_a_query_that_cannot_be_read(client, harbor, path, query):
    response = client.get(f"{path}?{query}")

    assert (response.status_code, response["Content-Type"]) == (400, "text/plain; charset=utf-8")
    (line,) = response.content.decode().splitlines()
    name, sentence = line.split(": ", 1)
    assert name == query.split("=")[0]
    assert sentence.endswith(".")
    assert "ETag" not in response


@pytest.mark.parametrize("path", sorted({path for path, _query in CASES}))
def test_file_passes_over_parameters_that_are_none_of_its_own(client, harbor, path):
    response = client.get(f"{path}?nope=nope")

    assert response.status_code == 200
    response.close()


def test_refusal_names_each_parameter_once_in_the_language_of_the_address(client, harbor):
    response = client.get("/zh-hans/exits/exits.csv?kind=nope&confidence=nope")

    first, second = response.content.decode().splitlines()
    assert first == "kind: 选择一个有效的选项。 nope 不在可用的选项中。"
    assert second.startswith("confidence: ")
