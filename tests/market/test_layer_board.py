"""What stands in which layer on which day, what it draws, what it raised, and what stands in none."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from model_bakery import baker

from market.funding_rounds import RoundFilter, filtered_rounds
from market.funding_totals import grand_total
from market.layer_board import layer_board
from market.layer_counts import steps_of
from market.layer_heat import layer_heat
from market.layer_organizations import layer_organizations
from market.layer_sections import layer_sections
from market.layer_shares import framework_shares
from market.layers import UNASSIGNED, layer_tree, placed_periods
from market.models import Acquisition, FundingRound
from metrics.formulas.concentration import Holdings, hhi
from metrics.models import StarWeek
from projects.models import Item, Project
from tests.market.layers import DAY, NOW, as_of, company, framework, layer, put, raised, repository, snapshot, sold
from tests.web.catalogue import instant, item, landscape, period, shelf, version

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _catalogue():
    landscape()
    version()


@pytest.fixture
def tech():
    """Technology with its two parts, and services; the sections "Storage" and "Mesh" stand in the parts."""
    own = framework()
    outer = layer(own, "technology")
    old, new = layer(own, "old", parent=outer), layer(own, "new", parent=outer)
    layer(own, "service")
    put(old, subcategory=shelf(name="Storage"))
    put(new, subcategory=shelf(name="Mesh"))
    return own, old, new


def listed(name, section="Storage", **values):
    until = values.pop("until", None)
    since = values.pop("since", instant(2018, 3, 1))
    made = item(name, subcategory=shelf(name=section), listed_at=since, delisted_at=until, **values)
    period(made, since, until)
    return made


def rows(own, when=None):
    board = layer_board(own, when or as_of())
    return board, {row.node.slug: row for row in board.rows}


def test_board_without_items_is_all_zero(tech):
    board, by_slug = rows(tech[0])
    assert [row.node.slug for row in board.rows] == ["technology", "old", "new", "service"]
    assert (board.total.cards, board.unassigned.cards, board.measured) == (0, 0, None)
    assert by_slug["old"].attention.stars is None
    assert by_slug["old"].capital.raised_usd is None


def test_item_stands_by_its_own_assignment_before_its_sections(tech):
    own, _old, new = tech
    listed("One")
    put(new, item=listed("Two"))
    _, by_slug = rows(own)
    assert {slug: row.cards for slug, row in by_slug.items()} == {"technology": 2, "old": 1, "new": 1, "service": 0}


def test_item_stands_by_the_section_of_that_day(tech):
    own, old, new = tech
    moved = item("Moved", subcategory=shelf(name="Mesh"))
    period(moved, instant(2018, 3, 1), instant(2021, 5, 1), subcategory=shelf(name="Storage"))
    period(moved, instant(2021, 5, 1))
    assert [p.layer for p in placed_periods(own, as_of("2020-01-01").instant)] == [old.pk]
    assert [p.layer for p in placed_periods(own, as_of().instant)] == [new.pk]
    assert rows(own, as_of("2020-01-01"))[1]["old"].cards == 1
    board, by_slug = rows(own)
    bin_on = date(2021, 4, 1)
    assert board.flows.get(old.pk, bin_on).moved_out == 1
    assert board.flows.get(new.pk, bin_on).moved_in == 1
    # Between two parts of technology nothing moves in technology itself.
    assert board.flows.get(by_slug["technology"].group, bin_on).net == 0
    assert by_slug["old"].sizes[0] == 1
    assert by_slug["old"].sizes[-1] == 0


def test_unassigned_is_counted_by_kind_and_in_no_total(tech):
    own, _old, _new = tech
    listed("Member", "Gold", kind="member")
    listed("Other", "Elsewhere")
    listed("One")
    board, _ = rows(own)
    assert (board.total.cards, board.unassigned.cards, board.cards) == (1, 2, 3)
    assert dict(board.unassigned.kinds) == {"member": 1, "open_source": 1}
    assert board.unassigned.group == UNASSIGNED


def test_hosted_projects_count_once_at_their_commonest_stage(tech):
    project = baker.make(Project, slug="p", name="P")
    for name, stage in (("A", "sandbox"), ("B", "incubating"), ("C", "incubating")):
        made = listed(name, maturity=stage, kind="project")
        made.periods.update(project=project)
    listed("Alone", maturity="sandbox", kind="project")
    _, by_slug = rows(tech[0])
    assert dict(by_slug["old"].maturities) == {"incubating": 1, "sandbox": 1}
    assert by_slug["technology"].hosted == 2


def test_entries_and_exits_by_quarter_without_what_the_first_version_listed(tech):
    own, old, _new = tech
    listed("Founder")
    listed("Came", since=instant(2020, 2, 1), until=instant(2020, 8, 1))
    board, _ = rows(own, as_of("2021-01-01"))
    flow = board.flows.get(old.pk, date(2020, 1, 1))
    assert (flow.added, board.flows.get(old.pk, date(2020, 7, 1)).removed) == (1, 1)
    assert board.flows.get(old.pk, date(2018, 1, 1)).added == 0
    steps = steps_of(board.tree, as_of(), group=old.pk, since=date(2020, 1, 1), until=date(2020, 12, 31), most=9)
    assert [(step.on, step.came_from, step.went_to) for step in steps] == [
        (date(2020, 8, 1), old.pk, None),
        (date(2020, 2, 1), None, old.pk),
    ]


def test_stars_are_of_distinct_repositories_on_one_day(tech):
    own, _old, _new = tech
    one, two, three = listed("One"), listed("Two"), listed("Three", "Mesh")
    shared = repository("a/shared", one, three, stars=100, commits_30d=5)
    repository("a/two", two, stars=300)
    repository("a/unknown", two)
    snapshot(shared, 50, DAY - timedelta(days=365))
    snapshot(shared, 80, DAY - timedelta(days=92))
    board, by_slug = rows(own)
    assert (board.measured.day, board.measured.is_stale) == (DAY, False)
    old, outer = by_slug["old"].attention, by_slug["technology"].attention
    assert (old.stars, old.known, old.repositories, old.unknown) == (400, 2, 3, 1)
    assert by_slug["new"].attention.stars == 100
    # Counted once where both parts hold it.
    assert (outer.stars, outer.repositories) == (400, 3)
    assert (outer.growth_365.value, outer.growth_365.repositories) == (1.0, 1)
    assert outer.growth_90.value == 0.25
    assert (outer.commits_30d, outer.commits_known) == (5, 1)
    assert [(top.item_id, top.stars) for top in by_slug["old"].top] == [(two.pk, 300), (one.pk, 100)]


def test_concentration_equals_the_formula_and_is_refused_with_too_few_known(tech):
    for name, stars in (("A", 100), ("B", 300), ("C", 600)):
        repository(f"x/{name}", listed(name), stars=stars)
    lone = listed("Lone", "Mesh")
    for number in range(3):
        repository(f"y/{number}", lone, stars=7 if not number else None)
    _, by_slug = rows(tech[0])
    assert by_slug["old"].attention.hhi == pytest.approx(hhi(Holdings([100, 300, 600])).value)
    assert by_slug["old"].attention.largest_share == 0.6
    assert by_slug["new"].attention.hhi is None


def test_measurements_too_old_are_not_shown(tech):
    repository("a/one", listed("One", repository_url="https://github.com/a/one"), stars=100, day=date(2026, 1, 1))
    board, by_slug = rows(tech[0])
    assert board.measured.is_stale
    assert by_slug["old"].attention.stars is None
    _, by_slug = rows(tech[0], as_of("2026-01-20"))
    assert by_slug["old"].attention.stars == 100


def test_of_a_past_day_the_repository_counts_that_the_card_named_then(tech):
    one = item("One", subcategory=shelf(name="Storage"))
    period(one, instant(2018, 3, 1), instant(2021, 1, 1), repository_url="https://github.com/a/first")
    period(one, instant(2021, 1, 1), repository_url="https://github.com/a/second")
    first = repository("a/first", one, stars=10, day=date(2020, 10, 24))
    first.item_repositories.update(is_current=False)
    repository("a/second", one, stars=500, day=date(2020, 10, 24))
    _, by_slug = rows(tech[0], as_of("2020-10-24"))
    assert (by_slug["old"].attention.stars, by_slug["old"].attention.repositories) == (10, 1)


def test_capital_is_of_vendors_and_founders_each_once_never_of_hosts(tech):
    own, _old, _new = tech
    one, two = listed("One"), listed("Two", "Mesh")
    maker = company("Maker", one, two)
    host = company("Foundation", one, role="steward")
    raised(maker, Decimal(100))
    raised(maker, None)
    raised(host, Decimal(999))
    sold(maker, Decimal(5000))
    board, by_slug = rows(own)
    for slug in ("old", "new", "technology"):
        money = by_slug[slug].capital
        assert (money.organizations, money.rounds, money.unpriced_rounds, money.raised_usd) == (1, 2, 1, Decimal(100))
    assert (board.total.capital.raised_usd, board.total.capital.exits) == (Decimal(100), 1)
    assert (board.outside.organizations, board.outside.raised_usd) == (1, Decimal(999))
    assert rows(own, as_of("2019-12-31"))[1]["old"].capital.rounds == 0
    (shown,) = layer_organizations(board.tree, as_of(), group=by_slug["old"].group)
    assert (shown.organization, shown.rounds, shown.unpriced, shown.raised_usd, shown.exits) == (
        maker, 2, 1, Decimal(100), 1
    )  # fmt: skip


def test_money_stays_where_its_makers_stood_and_equals_the_page_of_rounds(tech):
    own, _old, _new = tech
    moved, unlisted = listed("Moved", until=instant(2021, 1, 1)), item("Unlisted", subcategory=shelf())
    period(moved, instant(2021, 1, 1), instant(2022, 1, 1), subcategory=shelf(name="Mesh"))
    Item.objects.filter(pk=moved.pk).update(subcategory=shelf(name="Mesh"), delisted_at=instant(2022, 1, 1))
    raised(company("Left", moved), Decimal(70))
    raised(company("Never listed", unlisted), Decimal(5))
    _, then = rows(own, as_of("2020-06-30"))
    board, now = rows(own)
    assert (then["old"].capital.raised_usd, now["old"].capital.raised_usd) == (Decimal(75), Decimal(5))
    assert (now["new"].capital.raised_usd, now["new"].cards) == (Decimal(70), 0)
    for slug in ("old", "new", "technology"):
        of_page = grand_total(filtered_rounds(RoundFilter(layer=own.layers.get(slug=slug))))
        assert (of_page.rounds, of_page.sum_usd) == (now[slug].capital.rounds, now[slug].capital.raised_usd)
    assert board.total.capital.raised_usd == Decimal(75)


def test_bounds_and_debt_are_in_no_sum_of_a_layer(tech):
    own, old, _new = tech
    maker = company("Maker", listed("One"))
    raised(maker, Decimal(100))
    for changes in ({"amount_qualifier": "less_than"}, {"series": "debt"}):
        FundingRound.objects.filter(pk=raised(maker, Decimal(9)).pk).update(**changes)
    sale = sold(maker, Decimal(500))
    Acquisition.objects.filter(pk=sale.pk).update(amount_qualifier="more_than")
    board, by_slug = rows(own)
    money = by_slug["old"].capital
    assert (money.rounds, money.unpriced_rounds, money.raised_usd) == (2, 1, Decimal(100))
    assert (money.acquisitions, money.unpriced_acquisitions, money.acquired_usd) == (1, 1, None)
    (shown,) = layer_organizations(board.tree, as_of(), group=by_slug["old"].group)
    assert (shown.rounds, shown.unpriced, shown.raised_usd, shown.acquired_usd) == (2, 1, Decimal(100), None)
    binned = layer_heat(layer_tree(own, NOW), as_of(), "year", most=9).capital[str(old.pk), date(2020, 1, 1)]
    assert (binned.rounds, binned.unpriced, binned.usd) == (2, 1, Decimal(100))


def test_an_organizations_own_assignment_goes_before_its_items(tech):
    own, _old, _new = tech
    maker = company("Maker", listed("One"))
    raised(maker, Decimal(100))
    put(own.layers.get(slug="service"), organization=maker)
    _, by_slug = rows(own)
    assert by_slug["old"].capital.rounds == 0
    assert by_slug["service"].capital.raised_usd == Decimal(100)


def test_a_partners_card_says_nothing_of_a_makers_capital(tech):
    own, _old, new = tech
    maker = company("Maker", listed("One"), listed("Maker (KCSP)", "Partners", kind="partner"))
    partner = company("Partner", listed("Partner (KCSP)", "Partners", kind="partner"))
    put(new, subcategory=shelf(name="Partners"))
    raised(maker, Decimal(100))
    raised(partner, Decimal(7))
    _, by_slug = rows(own)
    assert (by_slug["old"].capital.raised_usd, by_slug["new"].capital.raised_usd) == (Decimal(100), Decimal(7))


def test_categories_are_layers_of_their_own_framework():
    mirror = framework("mirror", mirrors_categories=True)
    for name in ("One", "Two"):
        listed(name)
    wasm = item("Three", subcategory=shelf("Wasm", "Tools"), listed_at=instant(2022, 1, 1))
    period(wasm, instant(2022, 1, 1))
    board, by_slug = rows(mirror)
    assert {slug: row.cards for slug, row in by_slug.items()} == {"runtime": 2, "wasm": 1}
    assert board.unassigned.cards == 0
    assert [node.slug for node in layer_tree(mirror, as_of("2020-01-01").instant).nodes] == ["runtime"]


def test_heat_counts_stars_from_weeks_or_else_from_counts(tech):
    own, old, _new = tech
    one, two = listed("One"), listed("Two")
    weekly = repository("a/weekly", one, stars=1000)
    counted = repository("a/counted", two, stars=70, day=date(2025, 12, 31))
    snapshot(counted, 100, date(2026, 6, 30))
    observed_at = NOW
    StarWeek.objects.create(
        repository=weekly, week_on=date(2026, 3, 1), total=12, days=[0] * 7, observed_at=observed_at
    )
    raised(company("Maker", one), Decimal(50), on=date(2025, 3, 1))
    version(instant(2026, 7, 1))
    heat = layer_heat(layer_tree(own, NOW), as_of(), "year", most=3)
    assert [start.year for start in heat.axis.starts] == [2024, 2025, 2026]
    gained = heat.stars[str(old.pk), date(2026, 1, 1)]
    assert (gained.stars, gained.repositories) == (42, 2)
    assert (str(old.pk), date(2025, 1, 1)) not in heat.stars
    assert heat.capital[str(old.pk), date(2025, 1, 1)].usd == Decimal(50)


def test_sections_and_shares(tech):
    own, _old, _new = tech
    for name, section in (("A", "Storage"), ("B", "Storage"), ("C", "Mesh"), ("D", "Nowhere")):
        listed(name, section)
    sections = layer_sections(layer_tree(own, NOW), as_of(), None)
    assert [(each.node.slug, each.section.name, each.cards) for each in sections] == [
        ("old", "Storage", 2),
        ("new", "Mesh", 1),
    ]
    (shares,) = framework_shares(as_of())
    assert [(node.slug, count) for node, count in shares.layers] == [("technology", 3), ("service", 0)]
    assert (shares.assigned, shares.unassigned) == (3, 1)


@pytest.mark.parametrize("number", [0, 1, 3])
def test_board_costs_nine_queries_or_eight_before_any_measurement(tech, number, django_assert_num_queries):
    for place in range(number):
        repository(f"a/{place}", listed(f"Item {place}"), stars=place)
    with django_assert_num_queries(9 if number else 8):
        layer_board(tech[0], as_of())
