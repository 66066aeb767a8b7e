"""The screener's read model: every column, filters, order, percentiles, and what it keeps."""

from datetime import UTC, date, datetime

import pytest
from django.http import QueryDict

from market.models import Acquisition
from market.screen.asked import FILTER_PARAMETERS, read_screen
from market.screen.column import Kind
from market.screen.column_sets import SET_LABELS, SETS
from market.screen.columns import COLUMNS
from market.screen.matrix import matrix_at
from market.screen.presets import PRESETS
from market.screen.screen import Filter, Screen, percentiles_of, screened
from metrics.formulas.percentiles import percentiles
from metrics.formulas.results import Value
from metrics.models import MaintainerShare
from projects.as_of import AsOf
from projects.models import Source
from tests.market.screens import DAY, NOW, accepted, cited, figure, funded, listed, maker, matrix, starred
from tests.market.surveys import answer, wave
from tests.web.catalogue import instant, landscape, shelf, version

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _landscape(time_machine):
    time_machine.move_to(NOW, tick=False)
    landscape()
    version()


def names(found, query="", **options):
    asked = read_screen(QueryDict(query), found)
    assert asked.errors == {}
    return [found.names[row] for row in screened(found, asked.screen)]


def value(found, key, slug):
    return found.values(key)[found.row_of_slug[slug]]


def why(found, key, slug):
    return found.why(key, found.row_of_slug[slug])


def test_every_column_has_a_definition_a_basis_and_cells():
    found = matrix()
    assert len(COLUMNS) >= 45
    assert set(found.cells) == set(COLUMNS)
    assert [key for key, column in COLUMNS.items() if not (column.label and column.definition and column.basis)] == []


def test_sets_and_presets_name_columns_that_there_are():
    found = matrix()
    assert set(SETS) == set(SET_LABELS)
    assert {key for columns in SETS.values() for key in columns} <= set(COLUMNS)
    for preset in PRESETS:
        query = QueryDict(preset.query)
        own = {"set", "column", "sort"}
        assert {name for name in query if name not in own} <= set(FILTER_PARAMETERS), preset.key
        assert read_screen(query, found).errors == {}


@pytest.mark.parametrize("key", COLUMNS)
def test_every_column_sorts_with_unknown_values_last_both_ways(key):
    one = starred("Alpha", 10, maturity="sandbox", kind="project")
    starred("Beta", None)
    listed("Gamma")
    funded(maker(one), 5)
    found = matrix()
    for sort in (key, f"-{key}"):
        rows = screened(found, Screen(sort=sort))
        known = [found.values(key)[row] is not None for row in rows]
        assert known == sorted(known, reverse=True)
        assert len(rows) == 3


def test_an_empty_landscape_has_no_rows():
    found = matrix()
    assert (screened(found, Screen()), found.figures_day, found.wave_year) == ([], None, None)


def test_rows_stand_by_stars_then_slug_and_unknown_last():
    starred("Beta", 5)
    starred("Alpha", 5)
    starred("Refused", None)
    starred("Large", 50)
    listed("Bare")
    found = matrix()
    assert names(found) == ["Large", "Alpha", "Beta", "Bare", "Refused"]
    assert names(found, "sort=stars") == ["Alpha", "Beta", "Large", "Bare", "Refused"]
    assert names(found, "sort=-name") == ["Refused", "Large", "Beta", "Bare", "Alpha"]


def test_where_nothing_is_measured_the_furthest_projects_come_first():
    listed("Bare")
    listed("Young", maturity="sandbox")
    listed("Old", maturity="graduated")
    assert names(matrix()) == ["Old", "Young", "Bare"]


def test_bounds_include_their_own_value_and_leave_out_the_unknown():
    for stars in (1, 2, 3, None):
        starred(f"Item {stars}", stars)
    found = matrix()
    assert names(found, "stars_min=2&sort=name") == ["Item 2", "Item 3"]
    assert names(found, "stars_min=2&stars_max=2") == ["Item 2"]
    assert names(found, "stars_has=no") == ["Item None"]
    assert names(found, "stars_has=yes&sort=name") == ["Item 1", "Item 2", "Item 3"]
    assert names(found, "stars_has=no&stars_min=1") == ["Item None"]


def test_percentages_are_bounded_in_percent():
    for name, growth in (("Slow", 0.02), ("Fast", 0.5)):
        figure(starred(name, 100), "star_growth", growth, window_days=90)
    assert names(matrix(), "growth_90_min=10") == ["Fast"]
    assert names(matrix(), "growth_90_max=2") == ["Slow"]


def test_choices_texts_and_yes_or_no_filter():
    listed("Mesh", maturity="graduated", kind="project", subcategory=shelf("Networking", "Mesh"))
    listed("Store", maturity="sandbox", kind="project", repository_url="https://github.com/acme/store")
    listed("Gone", until=instant(2020, 1, 1))
    found = matrix()
    assert names(found, "maturity=graduated&maturity=sandbox&sort=maturity") == ["Mesh", "Store"]
    assert names(found, "category=networking") == ["Mesh"]
    assert names(found, "repository=ACME") == ["Store"]
    assert names(found, "q=mEs") == ["Mesh"]
    assert names(found, "delisted=yes") == ["Gone"]
    assert names(found, "delisted_too=on&sort=name") == ["Gone", "Mesh", "Store"]
    assert names(found, "accepted_on_min=2020-01-01") == []


@pytest.mark.parametrize(
    "query",
    ["stars_min=x", "stars_min=nan", "stars_max=1e99", "accepted_on_min=2020-02-30", "maturity=nonsense",
     "stars_has=perhaps", "delisted=true", "sort=nothing", f"q={'x' * 101}", f"organization={'x' * 101}"],
)  # fmt: skip
def test_what_cannot_be_read_is_named_and_left_out(query):
    starred("Alpha", 1)
    found = matrix()
    asked = read_screen(QueryDict(query), found)
    assert list(asked.errors) == [query.partition("=")[0]]
    assert len(screened(found, asked.screen)) == 1


@pytest.mark.parametrize(
    ("query", "name"),
    [("stars_min=9&stars_max=1", "stars_max"), ("listed_on_max=2020-01-01&listed_on_min=2020-01-02", "listed_on_max")],
)
def test_a_bound_below_the_least_is_named_and_left_out(query, name):
    starred("Alpha", 10)
    found = matrix()
    asked = read_screen(QueryDict(query), found)
    assert asked.errors == {name: "This is less than the least value asked for."}
    assert [one.high for one in asked.screen.filters] == [None]
    assert read_screen(QueryDict("stars_min=9&stars_max=9"), found).errors == {}


def test_refusals_say_why():
    listed("Bare")
    starred("Refused", None)
    found = matrix()
    assert why(found, "stars", "refused") == "The newest measurement is too old."
    assert why(found, "stars", "bare") == "The item names no repository that can be measured."
    assert why(found, "forks", "refused") == "unknown"
    assert why(found, "raised_usd", "bare") == "Our ledger knows no round of a maker."
    past = matrix(instant(2020, 1, 1), is_now=False)
    assert why(past, "stars", "bare") == "There are no figures up to this day."


def test_percentiles_are_those_of_the_formula_with_ties():
    stars = [1, 2, 2, 3, None, 9]
    for number, count in enumerate(stars):
        starred(f"Item {number}", count)
    found = matrix()
    rows = screened(found, Screen(sort="slug"))
    expected = [one.value for one in percentiles(stars) if isinstance(one, Value)]
    assert list(percentiles_of(found, rows, "stars").values()) == expected == [10, 40, 40, 70, 90]
    assert percentiles_of(found, rows, "stars", of=[rows[0]]) == {rows[0]: 10}
    assert percentiles_of(found, rows[:4], "stars") == {}
    assert percentiles_of(found, rows, "category") == {}


def test_stages_are_dated_and_counted():
    one = listed("Young", maturity="sandbox", kind="project")
    accepted(one, date(2025, 11, 22))
    version(instant(2026, 8, 7, 0))
    found = matrix()
    assert value(found, "accepted_on", "young") == date(2025, 11, 22)
    # Nothing is known after the newest version, whatever the day.
    for key in ("months_since_acceptance", "months_in_stage"):
        assert value(found, key, "young") == pytest.approx(258 / (365.25 / 12)), key
    assert value(found, "stage_percentile", "young") is None
    assert why(found, "accepted_on", "young") == "No day is declared."


def test_money_is_that_of_makers_never_of_a_steward():
    made, hosted = listed("Made"), listed("Hosted")
    acme = maker(made)
    funded(acme, 10_000_000, on=date(2024, 5, 1))
    funded(acme, None, on=date(2026, 5, 1), series="b", post_money_usd=90_000_000)
    funded(maker(hosted, "Foundation", "steward"), 99_000_000)
    sale = {"slug": "sale", "target": acme, "announced_on": date(2026, 6, 1), "date_precision": "day"}
    cited(acquisition=Acquisition.objects.create(**sale))
    found = matrix()
    assert [value(found, key, "made") for key in ("raised_usd", "rounds", "undisclosed_rounds", "last_series")] == [
        10_000_000, 2, 1, "b"
    ]  # fmt: skip
    assert value(found, "money_of", "made") == "Acme"
    assert value(found, "last_round_on", "made") == date(2026, 5, 1)
    assert value(found, "last_post_money_usd", "made") == 90_000_000
    assert (value(found, "acquired_on", "made"), value(found, "is_acquired", "made")) == (date(2026, 6, 1), True)
    assert value(found, "raised_usd", "hosted") is None
    assert value(found, "is_acquired", "hosted") is None
    before = matrix(instant(2025, 1, 1), is_now=False)
    assert (value(before, "rounds", "made"), value(before, "is_acquired", "made")) == (1, None)


@pytest.mark.parametrize(("precision", "months"), [("month", 365 / (365.25 / 12)), ("quarter", None), ("year", None)])
def test_months_since_a_round_need_its_month(precision, months):
    acme = maker(listed("Made"))
    made = funded(acme, 5, on=date(2025, 11, 22))
    type(made).objects.filter(pk=made.pk).update(date_precision=precision)
    found = matrix()
    assert value(found, "months_since_round", "made") == (months and pytest.approx(months))
    assert value(found, "last_round_on", "made") == date(2025, 11, 22)


def test_the_seat_is_the_makers():
    one = listed("Made")
    maker(one, "Foundation", "steward", country="US")
    maker(one, "Acme", "origin", country="CN")
    found = matrix()
    assert value(found, "country", "made") == "CN"
    assert names(found, "country=CN") == ["Made"]


def test_adoption_is_that_of_the_newest_wave_alone():
    asked, dropped = listed("Asked"), listed("Dropped")
    old, new = wave(2020), wave(2022)
    for one in (asked, dropped):
        answer(old, one.name, 300, item=one)
    answer(new, "Asked", 250, item=asked)
    answer(new, "Asked", 100, question="evaluating", item=asked)
    found = matrix()
    assert (found.wave_year, value(found, "production_share", "asked"), value(found, "adoption_rank", "asked")) == (
        2022, 0.25, 1
    )  # fmt: skip
    assert value(found, "evaluating_share", "asked") == 0.1
    low, high = found.interval("production_share", found.row_of_slug["asked"])
    assert low < 0.25 < high
    assert (value(found, "production_share", "dropped"), value(found, "survey_wave", "dropped")) == (None, 2020)
    assert why(found, "production_share", "dropped") == "The newest wave did not ask about it."


def test_largest_employers_share_counts_the_unknown_to_nobody():
    one = listed("Shared", maturity="graduated", kind="project")
    source = Source.objects.create(url="https://example.org/list", title="List")
    for employer, number in (("Acme", 3), ("Other", 1)):
        MaintainerShare.objects.create(
            project_name="Shared", item=one, as_of=DAY, employer=employer, maintainers=number, source=source
        )
    found = matrix()
    assert (value(found, "employer_share", "shared"), value(found, "largest_employer", "shared")) == (0.75, "Acme")
    assert value(found, "maintainers", "shared") == 4


@pytest.mark.parametrize("items", [0, 1, 3])
def test_reading_asks_as_often_for_three_items(items, django_assert_num_queries):
    for number in range(items):
        one = starred(f"Item {number}", number, maturity="sandbox", kind="project")
        accepted(one, date(2025, 1, 1))
        funded(maker(one, f"Maker {number}"), 5)
    matrix()
    with django_assert_num_queries(QUERIES[items]):
        matrix()


# Without figures their query is left out, as are those of stages without projects and of waves without a survey.
QUERIES = {0: 14, 1: 18, 3: 18}


def test_a_matrix_is_kept_until_the_data_change(django_assert_num_queries):
    listed("Alpha")
    now = AsOf(NOW, "", is_now=True)
    found = matrix_at(now)
    with django_assert_num_queries(1):
        assert matrix_at(now) is found
    past = matrix_at(AsOf(instant(2020, 1, 1), "2020-01-01", is_now=False))
    assert past is not found
    assert matrix_at(now) is found
    matrix_at(AsOf(instant(2021, 1, 1), "2021-01-01", is_now=False))
    assert matrix_at(AsOf(instant(2020, 1, 1), "2020-01-01", is_now=False)) is not past
    assert matrix_at(now) is found


def test_yesterdays_present_goes_first(time_machine):
    listed("Alpha")
    yesterday = AsOf(datetime(2026, 11, 21, 6, tzinfo=UTC), "", is_now=True)
    old, today = matrix_at(yesterday), matrix_at(AsOf(NOW, "", is_now=True))
    matrix_at(AsOf(instant(2020, 1, 1), "2020-01-01", is_now=False))
    assert matrix_at(AsOf(NOW, "", is_now=True)) is today
    assert matrix_at(yesterday) is not old


@pytest.mark.django_db(transaction=True)
def test_a_committed_change_is_seen_at_once(time_machine):
    listed("Alpha")
    now = AsOf(datetime(2026, 11, 22, 6, tzinfo=UTC), "", is_now=True)
    assert len(matrix_at(now).slugs) == 1
    listed("Beta")
    assert len(matrix_at(now).slugs) == 2


def test_filters_can_be_built_as_data():
    starred("Alpha", 5)
    starred("Beta", 7)
    found = matrix()
    rows = screened(found, Screen(filters=(Filter("stars", low=6),)))
    assert [found.slugs[row] for row in rows] == ["beta"]
    assert COLUMNS["stars"].kind is Kind.NUMBER
