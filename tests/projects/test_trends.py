from datetime import UTC, date, datetime

import pytest
from model_bakery import baker
from psycopg.types.range import TimestamptzRange

from projects.hosted_projects import hosted_projects_at
from projects.models import Category, Change, Item, ItemPeriod, LandscapeVersion, Project, Subcategory
from projects.trends import DataSpan, Series, Turnover, data_span, hosted_counts, item_counts, time_axis, turnover

pytestmark = pytest.mark.django_db

SPAN = DataSpan(date(2024, 1, 10), date(2024, 4, 5))
START = datetime(2024, 1, 10, tzinfo=UTC)


def at(month, day, hour=0):
    return datetime(2024, month, day, hour, tzinfo=UTC)


@pytest.fixture
def version():
    return LandscapeVersion.objects.create(
        position=1, commit="c1", committed_at=START, effective_at=START, status="read"
    )


@pytest.fixture
def shelf():
    return baker.make(Subcategory, category=baker.make(Category, slug="runtime", name="Runtime"), slug="storage")


@pytest.fixture
def period(version, shelf):
    def make(since, until=None, **values):
        values = {"subcategory": shelf, "kind": "project", "version": version, "name": "x"} | values
        if "item" not in values:
            values["item"] = baker.make(Item, name="x", kind="project")
        return baker.make(ItemPeriod, during=TimestamptzRange(since, until), **values)

    return make


@pytest.mark.parametrize(
    ("resolution", "starts", "days"),
    [
        (
            "month",
            (date(2024, 1, 1), date(2024, 2, 1), date(2024, 3, 1), date(2024, 4, 1)),
            (date(2024, 1, 31), date(2024, 2, 29), date(2024, 3, 31), date(2024, 4, 5)),
        ),
        ("quarter", (date(2024, 1, 1), date(2024, 4, 1)), (date(2024, 3, 31), date(2024, 4, 5))),
        ("year", (date(2024, 1, 1),), (date(2024, 4, 5),)),
    ],
)
def test_time_axis_ends_each_bin_on_its_last_day_and_the_last_with_the_data(resolution, starts, days):
    axis = time_axis(SPAN, resolution)
    assert (axis.starts, axis.days) == (starts, days)


def test_time_axis_places_days_between_its_points():
    axis = time_axis(DataSpan(date(2024, 1, 31), date(2024, 3, 31)), "month")
    assert axis.position(date(2024, 1, 31)) == 0
    assert axis.position(date(2024, 3, 1)) == 0.5
    assert axis.position(date(2024, 4, 1)) is None


def test_time_axis_places_days_in_bins_of_one_width():
    axis = time_axis(SPAN, "month")
    assert axis.bin_position(date(2024, 1, 1)) == 0
    assert axis.bin_position(date(2024, 3, 1)) == 0.5
    assert axis.bin_position(date(2023, 12, 31)) is None
    assert axis.bin_position(date(2024, 4, 6)) is None


@pytest.mark.parametrize(
    ("since", "until", "months"),
    [
        (None, None, [1, 2, 3, 4]),
        (date(2024, 2, 1), None, [2, 3, 4]),
        (date(2024, 2, 29), date(2024, 3, 1), [2, 3]),
        (None, date(2024, 1, 31), [1]),
        (date(2030, 1, 1), None, [1, 2, 3, 4]),
    ],
)
def test_time_axis_cuts_the_bins_between_two_days(since, until, months):
    axis = time_axis(SPAN, "month")
    cut = axis.cut(axis.window(since, until))
    assert [start.month for start in cut.starts] == months


def test_data_span_runs_from_the_first_to_the_newest_readable_version(version):
    assert data_span() == DataSpan(date(2024, 1, 10), date(2024, 1, 10))
    later = {"committed_at": at(4, 5, 23), "effective_at": at(4, 5, 23)}
    LandscapeVersion.objects.create(position=2, commit="c2", status="read", **later)
    broken = {"committed_at": at(4, 6), "effective_at": at(4, 6)}
    LandscapeVersion.objects.create(position=3, commit="c3", status="unreadable", **broken)
    assert data_span() == DataSpan(date(2024, 1, 10), date(2024, 4, 5))


def test_data_span_of_an_empty_database_is_none():
    assert data_span() is None


def test_item_counts_at_the_end_of_each_month(period):
    period(START)
    period(START, at(2, 29, 23))
    period(at(2, 1))
    period(at(3, 2), at(3, 30))
    assert item_counts(time_axis(SPAN, "month")) == [Series("runtime", (2, 2, 2, 2))]


def test_item_counts_leave_the_midnight_that_ends_a_month_to_that_month(period):
    period(START, at(3, 1))
    assert item_counts(time_axis(SPAN, "month")) == [Series("runtime", (1, 1, 0, 0))]


def test_item_counts_agree_with_the_landscape_of_each_day(period):
    spans = [(START, at(2, 3)), (at(2, 3), None), (at(1, 31, 23), at(3, 31, 12)), (at(4, 4), None)]
    for since, until in spans:
        period(since, until)
    axis = time_axis(SPAN, "month")
    (series,) = item_counts(axis)
    ends = [datetime(day.year, day.month, day.day, 23, 59, 59, 999999, UTC) for day in axis.days]
    assert list(series.values) == [ItemPeriod.objects.as_of(end).count() for end in ends]


def test_item_counts_put_the_largest_category_first_and_split_one_by_subcategory(period, shelf):
    other = baker.make(Subcategory, category=baker.make(Category, slug="wasm", name="Wasm"), slug="toolchain")
    network = baker.make(Subcategory, category=shelf.category, slug="network", name="Network")
    period(START)
    for _ in range(2):
        period(at(2, 1), subcategory=other)
    period(at(3, 1), subcategory=network)
    period(at(3, 1), at(4, 1), subcategory=network)
    axis = time_axis(SPAN, "month")
    assert item_counts(axis) == [Series("runtime", (1, 1, 3, 2)), Series("wasm", (0, 2, 2, 2))]
    assert item_counts(axis, category="runtime") == [Series("network", (0, 0, 2, 1)), Series("storage", (1, 1, 1, 1))]


def test_hosted_counts_count_projects_not_cards(period):
    dapr = baker.make(Project, slug="dapr", name="Dapr")
    for _ in range(2):
        period(START, maturity="incubating", project=dapr)
    period(at(2, 1), maturity="sandbox")
    period(START)
    assert hosted_counts(time_axis(SPAN, "month")) == [
        Series("incubating", (1, 1, 1, 1)),
        Series("sandbox", (0, 1, 1, 1)),
    ]


def test_hosted_counts_take_the_commonest_stage_of_a_project(period):
    dapr = baker.make(Project, slug="dapr", name="Dapr")
    for maturity in ("sandbox", "graduated", "graduated"):
        period(START, maturity=maturity, project=dapr)
    assert hosted_counts(time_axis(SPAN, "year")) == [Series("graduated", (1,))]


def test_hosted_counts_agree_with_the_hosted_projects_of_a_day(period):
    dapr = baker.make(Project, slug="dapr", name="Dapr")
    for listed_at, maturity in ((at(1, 12), "sandbox"), (START, "incubating")):
        card = baker.make(Item, name="Dapr", kind="project", listed_at=listed_at)
        period(START, maturity=maturity, project=dapr, item=card)
    (series,) = hosted_counts(time_axis(SPAN, "year"))
    (shown,) = hosted_projects_at(at(4, 5, 23))
    assert (series.key, shown.maturity) == ("incubating", "incubating")


def test_hosted_counts_follow_a_project_up_the_ladder(period):
    item = baker.make(Item, name="rook", kind="project")
    period(START, at(2, 10), item=item, maturity="sandbox")
    period(at(2, 10), at(4, 2), item=item, maturity="incubating")
    period(at(4, 2), item=item, maturity="archived")
    assert hosted_counts(time_axis(SPAN, "month")) == [
        Series("archived", (0, 0, 0, 1)),
        Series("incubating", (0, 1, 1, 0)),
        Series("sandbox", (1, 0, 0, 0)),
    ]


def test_turnover_leaves_out_what_the_first_version_listed(version, shelf):
    def change(kind, when, **values):
        item = baker.make(Item, name="x", kind="project")
        baker.make(Change, item=item, kind=kind, at=when, version=version, **({"category": shelf.category} | values))

    elsewhere = baker.make(Category, slug="wasm", name="Wasm")
    change("listed", START)
    change("listed", at(2, 1))
    change("relisted", at(2, 29, 23))
    change("delisted", at(2, 3))
    change("moved", at(2, 3))
    change("delisted", at(4, 5), category=elsewhere)
    axis = time_axis(SPAN, "month")
    assert turnover(axis) == Turnover((0, 2, 0, 0), (0, 1, 0, 1))
    assert turnover(axis, category="wasm") == Turnover((0, 0, 0, 0), (0, 0, 0, 1))


def test_each_series_is_one_query(period, django_assert_num_queries):
    for _ in range(3):
        period(START, maturity="sandbox")
    axis = time_axis(SPAN, "month")
    with django_assert_num_queries(3):
        item_counts(axis)
        hosted_counts(axis)
        turnover(axis)
