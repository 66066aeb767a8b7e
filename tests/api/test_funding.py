"""Rounds, acquisitions and investors in the API."""

import pytest
from model_bakery import baker

from market.models import Framework, Layer, LayerAssignment
from projects.models import Organization
from tests.market.ledger import MILLION, cite, company, funding_round, sale, twistlock
from tests.web.catalogue import landscape

pytestmark = pytest.mark.django_db

LISTS = ["funding-rounds", "acquisitions", "investors"]


@pytest.fixture(autouse=True)
def _landscape():
    landscape()


def rounds(number):
    for index in range(number):
        funding_round(f"Acme {index}", f"201{index}-03-01", 10, investors=["Fund", f"Bank {index}"], lead="Fund")
        sale(f"Acme {index}", f"202{index}-03-01", 50, to=f"Buyer {index}")


def slugs(response):
    return [row["slug"] for row in response.json()["results"]]


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("number", [0, 1, 3])
def test_lists_hold_any_number_of_rows(get, name, number):
    rounds(number)
    expected = number + 1 if name == "investors" and number else number
    assert get(f"{name}/").json()["count"] == expected
    lines = get(f"{name}/?format=csv").content.decode().splitlines()
    assert len(lines) == expected + 1
    assert lines[0].startswith("slug,url,")


@pytest.mark.parametrize(("name", "queries"), [("funding-rounds", 5), ("acquisitions", 8), ("investors", 3)])
@pytest.mark.parametrize("number", [1, 3])
def test_queries_do_not_grow(get, django_assert_num_queries, name, queries, number):
    rounds(number)
    with django_assert_num_queries(queries):
        get(f"{name}/")


def test_a_round_tells_date_investors_and_sources(get):
    row = funding_round("Acme", "2019-01-01", 10, investors=["Fund"], lead="Fund", date_precision="year", slug="acme-a")
    cite(
        funding_round=row, page="p", stated_amount_usd=11 * MILLION, stated_on="2019-07-01", stated_precision="quarter"
    )
    body = get("funding-rounds/acme-a/").json()
    assert (body["announced_on"], body["date_precision"]) == ("2019", "year")
    assert (body["amount"], body["currency"], body["amount_usd"]) == (10_000_000, "USD", 10_000_000)
    assert body["investors"] == [{"slug": "fund", "name": "Fund", "is_lead": True, "is_earlier_holder": False}]
    stated = [(one["url"], one["stated_amount_usd"], one["stated_on"]) for one in body["sources"]]
    assert stated == [
        ("https://example.org/release", None, None),
        ("https://example.org/release", 11_000_000, "2019-Q3"),
    ]
    assert (body["post_money_usd"], body["country"], body["note"]) == (None, None, None)
    get("funding-rounds/nothing/", status=404)


def test_rounds_are_filtered_and_ordered(get):
    funding_round("A", "2019-01-01", 1, investors=["Fund"], confidence="disputed")
    funding_round("B", "2020-01-01", 2, series="b")
    Organization.objects.filter(slug="b").update(country="DE")
    framework = baker.make(Framework, slug="layers", name="Layers", author="We")
    top = baker.make(Layer, framework=framework, slug="top", name="Top")
    LayerAssignment.objects.create(
        framework=framework, layer=top, organization=company("A"), author="We", reason="So.", assigned_on="2024-01-02"
    )
    assert slugs(get("funding-rounds/")) == ["b-b-2020-01-01", "a-a-2019-01-01"]
    assert slugs(get("funding-rounds/?ordering=amount_usd")) == ["a-a-2019-01-01", "b-b-2020-01-01"]
    for query in (
        "year=2019",
        "series=a",
        "organization=a",
        "investor=fund",
        "confidence=disputed",
        "layer=layers/top",
    ):
        assert slugs(get(f"funding-rounds/?{query}")) == ["a-a-2019-01-01"], query
    assert slugs(get("funding-rounds/?country=de")) == ["b-b-2020-01-01"]


@pytest.mark.parametrize(
    "query",
    ["year=x", "series=z", "layer=x", "investor=nobody", "country=zzz", "as_of=2020-01-01", "ordering=note", "page=0"],
)
def test_bad_parameters_are_400(get, query):
    funding_round("A", "2019-01-01", 1, investors=["Fund"])
    get(f"funding-rounds/?{query}", status=400)


def test_an_acquisition_tells_its_multiple_and_what_the_sum_lacks(get):
    twistlock()
    body = get("acquisitions/twistlock-sale/").json()
    told = {
        name: body[name]
        for name in ("capital_raised_usd", "rounds_not_summed", "stated_total_usd", "multiple", "years_since_founding")
    }
    assert told == {
        "capital_raised_usd": 62_800_000,
        "rounds_not_summed": 1,
        "stated_total_usd": None,
        "multiple": 6.5287,
        "years_since_founding": 4,
    }
    assert (body["target"], body["acquirer"], body["announced_on"]) == ("twistlock", "palo-alto-networks", "2019")
    assert slugs(get("acquisitions/?acquirer=palo-alto-networks&year=2019&kind=acquisition")) == ["twistlock-sale"]
    assert slugs(get("acquisitions/?confidence=disputed")) == []
    get("acquisitions/nothing/", status=404)


def test_an_acquisition_tells_the_stated_total_that_its_multiple_was_divided_by(get):
    funding_round("CoreOS", "2016-05-01", 40, raised_to_date_usd=48_000_000)
    sale("CoreOS", "2018-01-30", 250, to="Red Hat")
    (body,) = get("acquisitions/").json()["results"]
    assert (body["capital_raised_usd"], body["stated_total_usd"], body["multiple"]) == (40e6, 48e6, 5.2083)


def test_an_investor_tells_portfolio_series_and_co_investors(get):
    rounds(2)
    body = get("investors/fund/").json()
    assert (body["rounds"], body["leads"], body["companies"]) == (2, 2, 2)
    assert [row["slug"] for row in body["portfolio"]] == ["acme-0", "acme-1"]
    assert body["series"] == [{"slug": "a", "rounds": 2}]
    assert body["co_investors"] == [{"slug": "bank-0", "rounds": 1}, {"slug": "bank-1", "rounds": 1}]
    get("investors/acme-0/", status=404)
    assert slugs(get("investors/?ordering=slug&kind=company")) == ["bank-0", "bank-1", "fund"]
    assert slugs(get("investors/?country=us")) == []
