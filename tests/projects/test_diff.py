from datetime import UTC, datetime

import pytest
from model_bakery import baker
from psycopg.types.range import TimestamptzRange

from projects.diff import Difference, landscape_diff
from projects.maturity_steps import maturity_step
from projects.models import Category, Item, ItemPeriod, LandscapeVersion, Subcategory

pytestmark = pytest.mark.django_db

JANUARY = datetime(2024, 1, 31, tzinfo=UTC)
JUNE = datetime(2024, 6, 30, tzinfo=UTC)
MARCH = datetime(2024, 3, 15, tzinfo=UTC)
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture
def version():
    return LandscapeVersion.objects.create(
        position=1, commit="c1", committed_at=LONG_AGO, effective_at=LONG_AGO, status="read"
    )


@pytest.fixture
def shelves():
    category = baker.make(Category, slug="runtime", name="Runtime")
    return [baker.make(Subcategory, category=category, slug=name.lower(), name=name) for name in ("Storage", "Network")]


@pytest.fixture
def period(version, shelves):
    def make(slug, since, until=None, *, name="", maturity="", shelf=0):
        item = Item.objects.filter(slug=slug).first() or baker.make(Item, slug=slug, name=name or slug, kind="project")
        return baker.make(
            ItemPeriod,
            item=item,
            name=name or slug,
            during=TimestamptzRange(since, until),
            maturity=maturity,
            subcategory=shelves[shelf],
            kind="project",
            version=version,
        )

    return make


def found(diff, difference):
    return [row.slug for row in diff.only(difference)]


def test_landscape_diff_of_one_instant_is_empty(period):
    period("rook", LONG_AGO)
    diff = landscape_diff(JUNE, JUNE)
    assert (list(diff.rows), diff.counts) == ([], {})


def test_landscape_diff_names_what_entered_and_left(period):
    period("stays", LONG_AGO)
    period("leaves", LONG_AGO, MARCH)
    period("enters", MARCH)
    diff = landscape_diff(JANUARY, JUNE)
    assert found(diff, Difference.ENTERED) == ["enters"]
    assert found(diff, Difference.LEFT) == ["leaves"]
    assert diff.counts == {Difference.ENTERED: 1, Difference.LEFT: 1}


def test_landscape_diff_ignores_what_came_and_went_between(period):
    period("passing", MARCH, datetime(2024, 4, 1, tzinfo=UTC))
    assert landscape_diff(JANUARY, JUNE).counts == {}


def test_landscape_diff_counts_an_item_in_each_way_it_differs(period):
    period("rook", LONG_AGO, MARCH, name="Rook", maturity="sandbox", shelf=0)
    period("rook", MARCH, name="Rook CSI", maturity="incubating", shelf=1)
    diff = landscape_diff(JANUARY, JUNE)
    (row,) = diff.rows
    assert row.differences == {Difference.MATURITY, Difference.MOVED, Difference.RENAMED}
    assert (row.before.name, row.after.name) == ("Rook", "Rook CSI")
    assert (row.before.subcategory, row.after.subcategory) == ("Storage", "Network")
    assert row.maturity_step == "promoted"


def test_landscape_diff_ignores_a_period_that_says_the_same(period):
    period("rook", LONG_AGO, MARCH)
    period("rook", MARCH)
    assert list(landscape_diff(JANUARY, JUNE).rows) == []


def test_landscape_diff_backwards_swaps_entered_and_left(period):
    period("enters", MARCH)
    assert found(landscape_diff(JUNE, JANUARY), Difference.LEFT) == ["enters"]


def test_landscape_diff_takes_one_query(period, django_assert_num_queries):
    for slug in ("a", "b", "c"):
        period(slug, MARCH)
    with django_assert_num_queries(1):
        assert len(landscape_diff(JANUARY, JUNE).rows) == 3


@pytest.mark.parametrize(
    ("before", "after", "step"),
    [
        ("", "sandbox", "accepted"),
        ("sandbox", "incubating", "promoted"),
        ("sandbox", "graduated", "promoted"),
        ("graduated", "incubating", "demoted"),
        ("incubating", "archived", "archived"),
        ("archived", "sandbox", "promoted"),
        ("sandbox", "", "unhosted"),
        ("sandbox", "sandbox", None),
        ("sig", "incubating", "stage"),
    ],
)
def test_maturity_step_names_the_change(before, after, step):
    assert maturity_step(before, after) == step
