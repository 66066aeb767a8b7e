"""The pages of money: what they show with none, one and three rows, in both languages, and what they cost."""

import csv
import re
from datetime import date
from decimal import Decimal
from html import unescape

import pytest
from django.utils import translation
from model_bakery import baker

from market.company_money import round_steps, rounds_of
from market.investors import ties
from market.models import Framework, Layer, LayerAssignment, ReportedFigure, Valuation
from projects.models import ItemOrganization, Organization
from tests.market.ledger import MILLION, cite, company, funding_round, listing, sale, twistlock
from tests.web.catalogue import item, landscape, version
from web.funding_graph import lay_graph
from web.organization_money import cumulative_curve
from web.templatetags.money import partial_date_words, usd_text

pytestmark = pytest.mark.django_db

PAGES = ["/funding/", "/funding/graph/", "/exits/", "/investors/"]


@pytest.fixture(autouse=True)
def _landscape():
    landscape()
    version()


def rounds(number):
    for index in range(number):
        funding_round(f"Acme {index}", f"201{index}-03-01", 10, investors=["Fund", f"Bank {index}"], lead="Fund")
        sale(f"Acme {index}", f"202{index}-03-01", 50, to=f"Buyer {index}")


def text_of(response):
    assert response.status_code == 200
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode())))


@pytest.mark.parametrize("prefix", ["", "/zh-hans"])
@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("number", [0, 1, 3])
def test_pages_show_any_number_of_rows(client, prefix, path, number):
    rounds(number)
    content = client.get(prefix + path).content.decode()
    assert content.count("/organizations/bank-" if path == "/investors/" else "/organizations/acme-") >= number
    assert ('<html lang="zh' in content) == bool(prefix)


@pytest.mark.parametrize(
    ("path", "queries"), [("/funding/", 21), ("/exits/", 10), ("/investors/", 5), ("/funding/graph/", 5)]
)
@pytest.mark.parametrize("number", [1, 3])
def test_queries_do_not_grow(client, django_assert_num_queries, path, queries, number):
    framework = baker.make(Framework, slug="layers", name="Layers", author="We")
    baker.make(Layer, framework=framework, slug="top", name="Top")
    rounds(number)
    client.get(path)
    with django_assert_num_queries(queries):
        client.get(f"{path}?page=1")


def test_a_date_is_shown_as_exactly_as_it_is_known(client):
    for precision, month in (("year", 1), ("quarter", 7), ("month", 8), ("day", 8)):
        funding_round("Acme", f"2019-{month:02}-01", 1, date_precision=precision, slug=precision)
    content = text_of(client.get("/funding/"))
    for words in (" 2019 ", " Q3 2019 ", " August 2019 ", " 1 August 2019 "):
        assert words in content
    assert "1 January" not in content


def test_what_is_not_told_is_never_0(client):
    funding_round("Acme", "2019-01-01", is_undisclosed=True)
    funding_round("Acme", "2020-01-01", series="b")
    content = text_of(client.get("/funding/"))
    assert "undisclosed" in content
    assert "Not in the sum: 1 undisclosed, 1 unknown. " in content
    assert "US$0" not in content


def test_filters_narrow_and_bad_ones_are_told(client):
    rounds(3)
    page = client.get("/funding/?year=2011").context["page"]
    assert [row.organization.slug for row in page] == ["acme-1"]
    assert [row.organization.slug for row in client.get("/funding/?investor=bank-2").context["page"]] == ["acme-2"]
    for query in ("year=17", "year=%00", "series=zz", "country=%F0", "investor=nobody", "layer=x", "confidence=1"):
        response = client.get(f"/funding/?{query}")
        assert response.status_code == 200
        assert len(response.context["page"]) == 3
    assert 'class="errorlist"' in client.get("/funding/?series=zz").content.decode()
    assert "No round fits these filters." in text_of(client.get("/funding/?year=2011&investor=bank-2"))


def test_the_sums_of_layers_say_whom_they_count(client):
    funding_round("Acme", "2020-01-01", 5)
    assert "what it makes or made, also where that has left the landscape" in text_of(client.get("/funding/"))


def test_a_layer_narrows_to_its_makers(client):
    framework = baker.make(Framework, slug="layers", name="Layers", author="We")
    top = baker.make(Layer, framework=framework, slug="top", name="Top")
    rounds(2)
    LayerAssignment.objects.create(
        framework=framework,
        layer=top,
        organization=company("Acme 1"),
        author="We",
        reason="So.",
        assigned_on="2024-01-02",
    )
    response = client.get("/funding/?framework=layers&layer=top")
    assert [row.organization.slug for row in response.context["page"]] == ["acme-1"]
    assert [(bar.label, bar.total.rounds) for bar in response.context["charts"][1].bars] == [("Top", 1)]


def test_rounds_of_one_layer_come_without_rows_of_others(client):
    rounds(2)
    layers = Framework.objects.create(slug="layers", name="Layers")
    for place in range(2):
        layer = Layer.objects.create(framework=layers, slug=f"top-{place}", name=f"Top {place}", position=place)
        assign = {"framework": layers, "layer": layer, "author": "We", "reason": "So.", "assigned_on": "2024-01-02"}
        LayerAssignment.objects.create(organization=company(f"Acme {place}"), **assign)

    response = client.get("/funding/?framework=layers&layer=top-1")
    assert [bar.label for bar in response.context["charts"][1].bars] == ["Top 1"]


def test_what_a_sum_lacks_leaves_out_what_is_not_there(client):
    funding_round("Acme", "2019-01-01", None, is_undisclosed=True)
    content = text_of(client.get("/funding/"))
    assert "Not in the sum: 1 undisclosed. Undisclosed: a source says" in content


def test_htmx_gets_the_results_alone(client):
    rounds(1)
    content = client.get("/funding/", headers={"HX-Request": "true"}).content.decode()
    assert content.strip().startswith('<div id="funding-results">')


def test_the_files_hold_what_the_pages_show(client):
    twistlock()
    header, first, *_rest = client.get("/funding/rounds.csv").getvalue().decode().splitlines()
    assert header.startswith("slug,organization,organization_name,country,announced_on,date_precision,series,amount")
    assert first.split(",")[1:7] == ["twistlock", "Twistlock", "", "2018-08", "month", "c"]
    lines = client.get("/exits/exits.csv").getvalue().decode().splitlines()
    assert lines[1].split(",")[2:15] == [
        "twistlock", "", "palo-alto-networks", "2019", "year", "410000000.00", "exact", "62800000.00", "1", "", "6.5287", "4",
        "reported",
    ]  # fmt: skip


def test_the_file_of_exits_says_what_a_multiple_was_divided_by(client):
    funding_round("CoreOS", "2016-05-01", 40, series="b", raised_to_date_usd=48_000_000)
    sale("CoreOS", "2018-01-30", 250, to="Red Hat")

    (row,) = csv.DictReader(client.get("/exits/exits.csv").getvalue().decode().splitlines())

    told = ("price_usd", "capital_raised_usd", "rounds_not_summed", "stated_total_usd", "multiple")
    assert [row[name] for name in told] == ["250000000.00", "40000000.00", "1", "48000000.00", "5.2083"]


def test_the_exit_tape_shows_the_multiple_and_its_bound(client):
    twistlock()
    content = text_of(client.get("/exits/"))
    # The row, and the median of this one multiple.
    assert content.count("≤ 6.5×") == 2
    assert "US$62.8M" in content
    assert "+ < US$300K (seed)" in content


def test_an_organization_shows_rounds_with_anchors_sources_and_disagreement(client):
    twistlock()
    row = funding_round("Twistlock", "2018-12-01", 5, series="d", confidence="disputed", slug="twistlock-d")
    cite(
        funding_round=row, page="p. 2", stated_amount_usd=6 * MILLION, stated_on="2018-11-01", stated_precision="month"
    )
    response = client.get("/organizations/twistlock/")
    content = text_of(response)
    assert 'id="twistlock-d"' in response.content.decode()
    assert "says US$6M" in content
    assert "says November 2018" in content
    assert "retrieved 2 January 2024" in content
    assert "4 months after the round before" in content
    assert "Disputed" in content or "disputed" in content
    assert row.get_absolute_url() == "/organizations/twistlock/#twistlock-d"


def test_an_organization_shows_valuations_listings_and_told_figures(client):
    funding_round("Acme", "2019-01-01", 1, post_money_usd=9 * MILLION)
    acme = company("Acme")
    listing("Acme", "2021-01-01", exchange="NYSE", market_cap_usd=99 * MILLION)
    claim = {"organization": acme, "date_precision": "year"}
    cite(valuation=baker.make(Valuation, slug="v", kind="claim", valued_on="2020-01-01", note="A unicorn.", **claim))
    figure = {"metric": "customers", "value": 100, "value_qualifier": "more_than", "stated_on": "2020-01-01"}
    cite(reported_figure=baker.make(ReportedFigure, slug="r", **figure, **claim))
    content = text_of(client.get("/organizations/acme/"))
    for words in ("at US$9M post-money", "Listing : NYSE", "A unicorn.", "Customers", "> 100"):
        assert words in content or words.replace(" :", ":") in content


def test_an_investor_shows_its_portfolio_and_with_whom(client):
    rounds(2)
    content = text_of(client.get("/organizations/fund/"))
    assert "Portfolio 2" in content
    assert "2 of 2 rounds, as far as sources say" in content
    assert "Bank 0" in content
    buyer = text_of(client.get("/organizations/buyer-0/"))
    assert "5.0× the capital raised" in buyer


@pytest.mark.parametrize("number", [1, 3])
def test_queries_of_an_organization_with_money_do_not_grow(client, django_assert_num_queries, number):
    for index in range(number):
        funding_round("Acme", f"201{index}-03-01", 10, investors=["Fund", f"Bank {index}"], slug=f"r-{index}")
        sale("Acme", f"202{index}-03-01", 50, to="Buyer", slug=f"s-{index}")
    with django_assert_num_queries(21):
        client.get("/organizations/acme/")


def test_an_item_says_whose_money_it_is(client):
    harbor = item("Harbor", maturity="graduated")
    ItemOrganization.objects.create(item=harbor, organization=company("CNCF"), role="steward")
    funding_round("CNCF", "2019-01-01", 90)
    assert 'id="money"' not in client.get("/items/harbor/").content.decode()
    ItemOrganization.objects.create(item=harbor, organization=company("VMware"), role="vendor")
    funding_round("VMware", "2019-01-01", 20)
    content = text_of(client.get("/items/harbor/"))
    assert "never that of the foundation that hosts it" in content
    assert "US$20M" in content
    assert "US$90M" not in content


def test_amounts_are_written_in_the_reader_s_units():
    cases = [(Decimal(62800000), "US$62.8M", "6,280 万美元"), (Decimal(12_400_000_000), "US$12.4B", "124 亿美元")]
    for amount, english, chinese in cases:
        assert usd_text(amount) == english
        with translation.override("zh-hans"):
            assert usd_text(amount) == chinese
    assert usd_text(Decimal(300_000), "less_than") == "< US$300K"
    assert usd_text(Decimal("12.5"), "about") == "≈ US$12.5"
    with translation.override("zh-hans"):
        assert partial_date_words(date(2019, 7, 1), "quarter") == "2019 年第 3 季度"
        assert partial_date_words(date(2019, 1, 1), "year") == "2019年"


def test_the_graph_is_the_same_every_time_and_keeps_ties_short():
    rounds(3)
    graph = lay_graph(ties())
    assert graph == lay_graph(ties())
    assert [node.label for node in graph.companies] == ["Acme 0", "Acme 1", "Acme 2"]
    assert len(graph.edges) == 6
    assert lay_graph([]).edges == []


def test_the_graph_is_as_wide_as_its_names_need():
    rounds(3)
    short = lay_graph(ties())
    Organization.objects.filter(name="Acme 0").update(name="A company of a rather long name")
    long = lay_graph(ties())

    assert short.width < 366  # a phone of 390 pixels, without its margins
    assert long.width > short.width
    assert [node.x for node in long.investors] == [node.x for node in short.investors]


def test_investors_stand_in_the_menu(client, db):
    menu = client.get("/investors/").content.decode().split("<main", 1)[0]

    assert '<a href="/investors/" aria-current="page">' in menu


def test_the_curve_rises_in_steps_and_needs_two_amounts():
    funding_round("Acme", "2016-03-01", 5)
    (own,) = rounds_of([company("Acme").pk]).values()
    assert cumulative_curve(round_steps(own), today=date(2026, 1, 1)) is None
    funding_round("Acme", "2017-01-01", 15, series="b", date_precision="year")
    (own,) = rounds_of([company("Acme").pk]).values()
    curve = cumulative_curve(round_steps(own), today=date(2026, 1, 1))
    assert [tick.label for tick in curve.years] == ["2016", "2017"]
    assert curve.ticks[-1].label == "US$20M"
    assert curve.plot.lines[0].path.endswith("L1000 0")


def test_organizations_without_money_have_no_section(client):
    baker.make(Organization, slug="quiet", name="Quiet")
    content = client.get("/organizations/quiet/").content.decode()
    assert 'id="money"' not in content
    assert 'id="portfolio"' not in content
