"""Totals, capital raised, exits and portfolios: what is summed, and what is only counted."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from model_bakery import baker

from market.company_money import capital_of_all, capital_raised, company_money, rounds_of
from market.exits import ExitFilter, acquirers, exit_tape, summary_of
from market.funding_rounds import RoundFilter, filtered_rounds, newest_first
from market.funding_totals import grand_total, totals_by, totals_by_layer
from market.investors import investors, portfolio, ties
from market.item_money import money_of_makers
from market.models import Framework, FundingRound, Layer, LayerAssignment
from market.money_owners import has_money, organizations_with_money
from market.organization_layers import layers_of_organizations
from market.partial_dates import last_day, parse_partial_date, partial_date_text
from metrics.employer_items import seats_of_employer
from metrics.models import MaintainerShare
from projects.models import ItemOrganization, Organization
from tests.market.ledger import MILLION, company, funding_round, listing, sale, source, twistlock
from tests.web.catalogue import item, shelf

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "day", "last"),
    [
        ("2019", date(2019, 1, 1), date(2019, 12, 31)),
        ("2019-Q4", date(2019, 10, 1), date(2019, 12, 31)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2019-08-14", date(2019, 8, 14), date(2019, 8, 14)),
    ],
)
def test_a_partial_date_is_read_and_written_alike(text, day, last):
    found, precision = parse_partial_date(text)
    assert (found, partial_date_text(found, precision), last_day(found, precision)) == (day, text, last)


@pytest.mark.parametrize("text", ["", "19", "2019-13", "2019-02-30", "2019-Q5", "2019-8", "2019-08-14T00", "二〇一九"])
def test_what_is_no_date_is_refused(text):
    with pytest.raises(ValueError, match="is no d"):
        parse_partial_date(text)


def test_a_round_without_a_source_is_refused_at_the_commit():
    row = baker.make(FundingRound, organization=company("Acme"), slug="acme-a", date_precision="year")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    row.delete()


def test_capital_raised_sums_what_is_disclosed():
    twistlock()
    (rounds,) = rounds_of([company("Twistlock").pk]).values()
    raised = capital_raised(rounds)
    assert (raised.amount_usd, raised.disclosed, raised.hidden, len(raised.bounded)) == (62_800_000, 4, 0, 1)
    assert not raised.is_complete
    assert capital_raised(rounds, until=date(2016, 12, 31)).amount_usd == 12_800_000
    assert capital_raised([]).amount_usd is None


def test_a_later_letter_tells_that_rounds_before_it_are_missing():
    funding_round("Acme", "2016-01-01", 1, series="angel")
    funding_round("Acme", "2018-01-01", 10, series="c")
    funding_round("Acme", "2020-01-01", 40, series="e")
    (rounds,) = rounds_of([company("Acme").pk]).values()
    raised = capital_raised(rounds)
    assert (raised.amount_usd, raised.missing, raised.lacking, raised.is_complete) == (51 * MILLION, 3, 3, False)
    assert capital_raised(rounds, until=date(2017, 1, 1)).is_complete


def test_the_money_of_several_lacks_what_each_of_them_lacks():
    """Letters of different companies fill no gap of each other's."""
    funding_round("Acme", "2018-01-01", 10, series="c")
    funding_round("Bolt", "2019-01-01", 5, series="a")
    funding_round("Bolt", "2020-01-01", 20, series="c", raised_to_date_usd=90 * MILLION)
    own = [capital_raised(rounds) for rounds in rounds_of([company("Acme").pk, company("Bolt").pk]).values()]
    every = capital_of_all(own)
    assert (every.amount_usd, every.disclosed, every.missing, every.stated_usd) == (35 * MILLION, 3, 3, None)
    assert every.newest.announced_on == date(2020, 1, 1)
    assert capital_of_all([]).amount_usd is None


def test_a_round_without_a_price_is_hidden_and_not_missing():
    funding_round("Acme", "2016-01-01", series="a", is_undisclosed=True)
    funding_round("Acme", "2018-01-01", 10, series="b")
    (rounds,) = rounds_of([company("Acme").pk]).values()
    raised = capital_raised(rounds)
    assert (raised.hidden, raised.missing, raised.lacking) == (1, 0, 1)


def test_a_stated_total_above_the_sum_divides_the_price():
    funding_round("Acme", "2020-03-01", 40, series="d", raised_to_date_usd=95 * MILLION)
    sale("Acme", "2020-07-01", 600)
    (one,) = exit_tape()
    assert (one.raised.amount_usd, one.raised.stated_usd, one.raised.known_usd) == (
        40 * MILLION,
        95 * MILLION,
        95 * MILLION,
    )
    assert round(one.multiple, 1) == Decimal("6.3")
    assert not one.raised.is_complete


def test_a_stated_total_below_the_sum_or_only_a_ceiling_changes_nothing():
    funding_round("Acme", "2020-03-01", 40, raised_to_date_usd=30 * MILLION)
    funding_round(
        "Acme", "2020-04-01", 10, series="b", raised_to_date_usd=90 * MILLION, raised_to_date_qualifier="less_than"
    )
    sale("Acme", "2020-07-01", 100)
    (one,) = exit_tape()
    assert (one.multiple, one.raised.stated_usd, one.raised.is_complete) == (2, None, True)


def test_debt_grants_and_sales_between_holders_are_no_capital_raised():
    funding_round("Acme", "2019-01-01", 5)
    for series in ("debt", "grant", "secondary"):
        funding_round("Acme", "2020-01-01", 7, series=series)
    (rounds,) = rounds_of([company("Acme").pk]).values()
    assert capital_raised(rounds).amount_usd == 5 * MILLION
    assert grand_total(FundingRound.objects.all()).rounds == 1


def test_twistlock_was_sold_for_six_and_a_half_times_its_capital():
    twistlock()
    (one,) = exit_tape()
    assert round(one.multiple, 1) == Decimal("6.5")
    assert (one.raised.amount_usd, one.years, one.acquirer.name) == (62_800_000, 4, "Palo Alto Networks")
    assert [(row.series, row.amount_qualifier) for row in one.raised.bounded] == [("seed", "less_than")]


def test_a_multiple_needs_the_whole_company_and_both_figures():
    funding_round("Part", "2015-01-01", 10)
    sale("Part", "2016-01-01", 100, subject="One product")
    funding_round("Silent", "2015-01-01", 10)
    sale("Silent", "2016-01-01", is_undisclosed=True)
    sale("Bare", "2016-01-01", 100)
    funding_round("Bound", "2015-01-01", 10)
    sale("Bound", "2016-01-01", 100, amount_qualifier="more_than")
    assert [one.multiple for one in exit_tape()] == [None] * 4


def test_a_round_of_the_year_of_a_sale_counts_and_a_later_one_does_not():
    funding_round("Acme", "2019-06-01", 10)
    funding_round("Acme", "2020-06-01", 30)
    sale("Acme", "2019-01-01", 50, date_precision="year")
    assert exit_tape()[0].multiple == 5


def test_a_median_of_multiples_is_a_bound_if_one_of_them_is():
    funding_round("Acme", "2015-01-01", 10)
    sale("Acme", "2016-01-01", 100)
    assert not summary_of(exit_tape()).is_median_bound
    twistlock()
    assert summary_of(exit_tape()).is_median_bound


def test_medians_take_sales_with_told_prices_and_say_how_many_are_hidden():
    sale("A", "2019-01-01", 100)
    sale("B", "2019-01-01", 300)
    sale("C", "2019-01-01")
    listing("D", "2019-01-01", market_cap_usd=9 * MILLION)
    summary = summary_of(exit_tape())
    assert (summary.exits, summary.hidden, summary.median_price_usd, summary.median_multiple) == (
        3,
        1,
        200 * MILLION,
        None,
    )
    assert summary_of([]).median_price_usd is None


def test_exits_are_narrowed_and_counted_by_buyer():
    sale("A", "2019-01-01", 100, to="Big")
    sale("B", "2020-01-01", to="Big", confidence="disputed")
    sale("C", "2020-01-01", 5, to="Other", kind="merger")
    listing("D", "2020-01-01")

    def slugs(**asked):
        return [one.fact.slug for one in exit_tape(ExitFilter(**asked))]

    assert slugs() == ["b-sale", "c-sale", "d-listing", "a-sale"]
    assert slugs(year=2019) == ["a-sale"]
    assert slugs(kind="listing") == ["d-listing"]
    assert slugs(kind="merger") == ["c-sale"]
    assert slugs(acquirer=company("Big")) == ["b-sale", "a-sale"]
    assert slugs(confidence="disputed") == ["b-sale"]
    assert [(row.organization.name, row.bought, row.priced, row.sum_usd) for row in acquirers()] == [
        ("Big", 2, 1, 100 * MILLION),
        ("Other", 1, 1, 5 * MILLION),
    ]


def test_steps_between_rounds_need_exact_months_and_both_valuations():
    funding_round("Acme", "2016-01-01", 5, post_money_usd=50 * MILLION)
    funding_round("Acme", "2017-03-01", 20, series="b", post_money_usd=120 * MILLION)
    funding_round("Acme", "2018-01-01", 30, series="c", date_precision="year")
    first, second, third = company_money(company("Acme")).steps
    assert (first.months, first.step_up, first.cumulative_usd) == (None, None, 5 * MILLION)
    assert (second.months, second.step_up, second.cumulative_usd) == (14, 2, 25 * MILLION)
    assert (third.months, third.step_up, third.cumulative_usd) == (None, None, 55 * MILLION)


def test_company_money_names_the_last_valuation_and_the_last_stated_sum():
    funding_round("Acme", "2016-01-01", 5, post_money_usd=50 * MILLION, raised_to_date_usd=6 * MILLION)
    funding_round("Acme", "2017-01-01", series="b", is_undisclosed=True)
    money = company_money(company("Acme"))
    assert money.last_post_money.post_money_usd == 50 * MILLION
    assert money.last_stated.raised_to_date_usd == 6 * MILLION
    assert (money.raised.hidden, company_money(company("Nobody")).is_empty) == (1, True)


def test_totals_count_what_they_lack():
    funding_round("A", "2019-01-01", 10)
    funding_round("A", "2019-05-01", series="b", is_undisclosed=True)
    funding_round("B", "2019-05-01", series="seed")
    funding_round("B", "2020-05-01", 1, series="b", amount_qualifier="less_than")
    total = grand_total(FundingRound.objects.all())
    assert (total.sum_usd, total.rounds, total.organizations) == (10 * MILLION, 4, 2)
    assert (total.undisclosed, total.unknown, total.bounded, total.hidden) == (1, 1, 1, 3)
    years = totals_by(FundingRound.objects.all(), "year")
    assert [(one.key, one.sum_usd, one.rounds) for one in years] == [(2019, 10 * MILLION, 3), (2020, None, 1)]
    assert grand_total(FundingRound.objects.none()).sum_usd is None


def test_a_foreign_amount_without_usd_is_unknown_in_a_sum():
    funding_round("A", "2019-01-01", amount=7, currency="CNY")
    total = grand_total(FundingRound.objects.all())
    assert (total.sum_usd, total.unknown) == (None, 1)


def test_rounds_are_narrowed():
    funding_round("A", "2019-01-01", 1, investors=["Fund"], confidence="disputed")
    funding_round("B", "2020-01-01", 2, series="b")
    Organization.objects.filter(slug="b").update(country="DE")

    def slugs(**asked):
        return [row.organization.slug for row in newest_first(filtered_rounds(RoundFilter(**asked)))]

    assert slugs() == ["b", "a"]
    assert slugs(year=2019) == slugs(series="a") == slugs(investor=company("Fund")) == ["a"]
    assert slugs(confidence="disputed") == slugs(organization=company("A")) == ["a"]
    assert slugs(country="DE") == ["b"]


def framework_of_two():
    framework = baker.make(Framework, slug="layers", name="Layers", author="We")
    top = baker.make(Layer, framework=framework, slug="top", name="Top", position=1)
    part = baker.make(Layer, framework=framework, slug="part", name="Part", parent=top, position=2)
    other = baker.make(Layer, framework=framework, slug="other", name="Other", position=3)
    return framework, top, part, other


def assign(layer, **thing):
    values = {"author": "We", "reason": "So.", "assigned_on": "2024-01-02"}
    return LayerAssignment.objects.create(framework=layer.framework, layer=layer, **values, **thing)


def test_totals_by_layer_follow_makers_items_and_overrides():
    framework, top, part, other = framework_of_two()
    made = item("Made", subcategory=shelf("Runtime", "Storage"))
    moved = item("Moved", subcategory=shelf("Runtime", "Storage"))
    assign(part, subcategory=made.subcategory)
    assign(other, item=moved)
    maker, mover, own, foundation = (company(name) for name in ("Maker", "Mover", "Own", "Foundation"))
    assign(other, organization=own)
    for organization, thing, role in (
        (maker, made, "vendor"),
        (mover, moved, "origin"),
        (own, made, "vendor"),
        (foundation, made, "steward"),
    ):
        ItemOrganization.objects.create(item=thing, organization=organization, role=role)
    for name, millions in (("Maker", 1), ("Mover", 2), ("Own", 4), ("Foundation", 8)):
        funding_round(name, "2019-01-01", millions)
    totals = totals_by_layer(FundingRound.objects.all(), framework)
    assert [(one.layer and one.layer.slug, one.total.sum_usd, one.total.organizations) for one in totals] == [
        ("top", 1 * MILLION, 1),
        ("other", 6 * MILLION, 2),
        (None, 8 * MILLION, 1),
    ]
    assert [row.organization for row in filtered_rounds(RoundFilter(layer=top))] == [maker]


def test_a_partners_card_places_only_who_makes_nothing():
    framework, top, _part, other = framework_of_two()
    for organization, name, layer, kind in (
        ("Maker", "Made", top, "product"),
        ("Maker", "Maker (KCSP)", other, "partner"),
        ("Adviser", "Adviser (KCSP)", other, "partner"),
    ):
        thing = item(name, kind=kind)
        assign(layer, item=thing)
        ItemOrganization.objects.create(item=thing, organization=company(organization), role="vendor")
    assert layers_of_organizations(framework) == {company("Maker").pk: {top.pk}, company("Adviser").pk: {other.pk}}


def test_an_organization_in_two_layers_counts_in_both_and_once_in_all():
    framework, _top, part, other = framework_of_two()
    for layer, name in ((part, "One"), (other, "Two")):
        thing = item(name)
        assign(layer, item=thing)
        ItemOrganization.objects.create(item=thing, organization=company("Maker"), role="vendor")
    funding_round("Maker", "2019-01-01", 3)
    totals = totals_by_layer(FundingRound.objects.all(), framework)
    assert [one.total.sum_usd for one in totals] == [3 * MILLION, 3 * MILLION]
    assert grand_total(FundingRound.objects.all()).sum_usd == 3 * MILLION


def test_a_portfolio_counts_series_leads_and_co_investors():
    funding_round("A", "2019-01-01", 1, investors=["Fund", "Bank"], lead="Fund")
    funding_round("A", "2020-01-01", 2, series="b", investors=["Fund", "Bank"])
    funding_round("B", "2020-01-01", 2, series="b", investors=["Fund", "Angel"])
    held = portfolio(company("Fund"))
    assert [(one.company.name, [part.round.series for part in one.parts]) for one in held.holdings] == [
        ("A", ["b", "a"]),
        ("B", ["b"]),
    ]
    assert [(str(series), number) for series, number in held.series] == [("a", 1), ("b", 2)]
    assert [(other.name, number) for other, number in held.co_investors] == [("Bank", 2), ("Angel", 1)]
    assert (held.rounds, held.leads) == (3, 1)
    assert portfolio(company("A")).rounds == 0


def test_investors_come_with_their_rounds_companies_and_leads():
    funding_round("A", "2019-01-01", 1, investors=["Fund", "Bank"], lead="Fund")
    funding_round("B", "2020-01-01", 2, investors=["Fund"])
    rows = [(row.name, row.rounds, row.companies, row.leads, row.newest_on) for row in investors()]
    assert rows == [("Fund", 2, 2, 1, date(2020, 1, 1)), ("Bank", 1, 1, 0, date(2019, 1, 1))]
    assert [(tie.investor.name, tie.company.name, tie.rounds, tie.has_led) for tie in ties()] == [
        ("Bank", "A", 1, False),
        ("Fund", "A", 1, True),
        ("Fund", "B", 1, False),
    ]


def test_only_the_money_of_makers_stands_behind_an_item():
    harbor = item("Harbor")
    maker, foundation = company("VMware"), company("CNCF")
    ItemOrganization.objects.create(item=harbor, organization=maker, role="origin")
    ItemOrganization.objects.create(item=harbor, organization=maker, role="vendor")
    ItemOrganization.objects.create(item=harbor, organization=foundation, role="steward")
    assert money_of_makers(harbor) == []
    funding_round("VMware", "2000-01-01", 20)
    funding_round("CNCF", "2000-01-01", 90)
    sale("VMware", "2004-01-01", 600, to="EMC")
    (money,) = money_of_makers(harbor)
    assert (money.organization, money.roles, money.raised.amount_usd) == (maker, ("origin", "vendor"), 20 * MILLION)
    assert [one.multiple for one in money.exits] == [30]


def test_a_maker_that_only_buys_and_invests_tells_no_money_of_an_item():
    kubernetes = item("Kubernetes")
    ItemOrganization.objects.create(item=kubernetes, organization=company("Google"), role="origin")
    sale("Apigee", "2016-01-01", 600, to="Google")
    funding_round("Acme", "2019-01-01", 1, investors=["Google"])
    assert money_of_makers(kubernetes) == []


def test_a_new_landscape_keeps_the_organizations_of_the_ledger():
    funding_round("Acme", "2019-01-01", 1, investors=["Fund"])
    sale("Sold", "2019-01-01", to="Buyer")
    listing("Listed", "2019-01-01")
    company("Nobody")
    Organization.objects.exclude(pk__in=organizations_with_money()).delete()
    assert set(Organization.objects.values_list("slug", flat=True)) == {"acme", "fund", "sold", "buyer", "listed"}
    assert has_money(company("Fund"))
    assert not has_money(company("Nobody"))


def test_seats_of_an_employer_are_shares_of_whole_lists():
    harbor = item("Harbor")
    values = {"project_name": "Harbor", "item": harbor, "source": source()}
    for as_of, employer, number in (
        ("2024-01-01", "VMware", 9),
        ("2025-01-01", "VMware", 2),
        ("2025-01-01", "Ericsson", 1),
        ("2025-01-01", "", 1),
    ):
        MaintainerShare.objects.create(as_of=as_of, employer=employer, maintainers=number, **values)
    seats = seats_of_employer("vmware")
    assert (seats.as_of, [(one.item, one.maintainers, one.total, one.share) for one in seats.seats]) == (
        date(2025, 1, 1),
        [(harbor, 2, 4, 0.5)],
    )
    assert seats_of_employer("Nobody of this name") is None
    assert seats_of_employer(" ") is None
