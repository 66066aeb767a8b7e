"""Who moves, who entered, who died: what the momentum page reads."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from model_bakery import baker

from metrics import entrants, graveyard, momentum
from metrics.entrants import Cohort, CohortShare, Fate
from metrics.graveyard import Grave
from metrics.models import Indicator, RepositoryFacts, RepositorySnapshot
from metrics.momentum import Within
from metrics.table_figures import FIGURES
from projects.models import (
    Category,
    Item,
    ItemPeriod,
    ItemRepository,
    LandscapeVersion,
    Repository,
    StageDeclaration,
    Subcategory,
)
from tests.web.catalogue import period

pytestmark = pytest.mark.django_db
DAY = date(2026, 5, 20)


def at(text):
    return datetime.fromisoformat(f"{text}T12:00:00Z")


@pytest.fixture
def subcategory():
    category = baker.make(Category, slug="runtime", name="Runtime", group="projects")
    return baker.make(Subcategory, slug="storage", name="Storage", category=category)


@pytest.fixture
def make_item(subcategory):
    def make(slug, **columns):
        defaults = {"kind": "project", "subcategory": subcategory, "listed_at": at("2026-01-01")}
        return baker.make(Item, slug=slug, name=slug, **(defaults | columns))

    return make


def repository(item, *, is_current=True, **columns):
    name = f"{item.slug}/{item.slug}"
    made = baker.make(Repository, url=f"https://github.com/{name}", host="github.com", full_name=name, **columns)
    ItemRepository.objects.create(item=item, repository=made, is_primary=True, is_current=is_current)
    return made


def figures(item, day=DAY, **values):
    """Store figures named as ``Mover`` names them; a text is the reason of a refusal."""
    for name, value in values.items():
        figure = FIGURES[name]
        refused = isinstance(value, str)
        Indicator.objects.create(
            item=item, metric=figure.metric, window_days=figure.window_days, day=day, n=5, version="test/1",
            value=None if refused else value, refusal=value if refused else "",
        )  # fmt: skip


def slugs(movers):
    return [mover.item.slug for mover in movers]


def test_the_newest_day_is_that_of_the_figures(make_item):
    assert momentum.newest_day() is None
    figures(make_item("a"), day=DAY - timedelta(days=1), stars=5)
    figures(make_item("b"), stars=5)

    assert momentum.newest_day() == DAY


def test_the_fastest_growing_come_first_without_refused_and_small_ones(make_item):
    for slug, stars, grown in (
        ("slow", 500, 0.1),
        ("fast", 500, 0.4),
        ("same", 500, 0.4),
        ("refused", 500, "too_short"),
        ("small", 99, 3.0),
        ("floor", 100, 0.2),
    ):
        figures(make_item(slug), stars=stars, growth_30=grown)
    figures(Item.objects.get(slug="slow"), day=DAY - timedelta(days=1), stars=500, growth_30=9.0)

    found = momentum.fastest_growing(day=DAY, window_days=30)

    assert slugs(found) == ["fast", "same", "floor", "slow"]
    assert slugs(momentum.fastest_growing(day=DAY, window_days=30, most=2, offset=1)) == ["same", "floor"]
    assert slugs(momentum.fastest_growing(day=DAY, window_days=30, within=Within(least_stars=0)))[0] == "small"
    assert (found[0].stars.value, found[0].growth_30.value, found[0].growth_90) == (500, 0.4, None)


def test_the_fastest_growing_of_a_category_and_a_maturity(make_item):
    other = baker.make(Subcategory, category=baker.make(Category, slug="app", name="App", group="projects"), slug="db")
    for item in (make_item("in"), make_item("out", subcategory=other), make_item("sandbox", maturity="sandbox")):
        figures(item, stars=500, growth_90=0.1)

    assert slugs(momentum.fastest_growing(day=DAY, within=Within(category="app"))) == ["out"]
    assert slugs(momentum.fastest_growing(day=DAY, within=Within(maturity="sandbox"))) == ["sandbox"]


def test_coverage_counts_why_figures_are_refused(make_item):
    figures(make_item("a"), growth_90=0.1)
    figures(make_item("b"), growth_90="too_short")
    figures(make_item("c"), growth_90="too_short")

    assert momentum.coverage(day=DAY) == {"": 1, "too_short": 2}


def test_risers_are_small_and_fast_sleepers_large_and_slow(make_item):
    for slug, size, pace in (
        ("riser", 30, 80),
        ("steeper", 10, 95),
        ("leader", 90, 90),
        ("sleeper", 80, 20),
        ("deeper", 95, 5),
        ("small", 10, 10),
    ):
        figures(make_item(slug), stars=500, star_percentile=size, growth_percentile=pace)
    figures(make_item("tiny"), stars=20, star_percentile=1, growth_percentile=99)

    assert slugs(momentum.risers(day=DAY)) == ["steeper", "riser"]
    assert slugs(momentum.sleepers(day=DAY)) == ["deeper", "sleeper"]


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("ask", [momentum.fastest_growing, momentum.risers])
def test_movers_take_three_queries(make_item, django_assert_num_queries, ask, rows):
    for number in range(rows):
        item = make_item(f"item-{number}")
        figures(item, stars=500, growth_90=0.1, star_percentile=10, growth_percentile=90)

    with django_assert_num_queries(3):
        movers = ask(day=DAY)
        assert [mover.item.subcategory.category.slug for mover in movers] == ["runtime"] * rows


@pytest.fixture
def enter(make_item, subcategory):
    """Give a function that stores an item with its periods: (from, to, maturity)."""
    begun = at("2020-01-01")
    version = baker.make(LandscapeVersion, position=1, committed_at=begun, effective_at=begun, status="read")
    make_item("first", listed_at=begun)

    def store(slug, *spells, **columns):
        left = spells[-1][1]
        item = make_item(slug, listed_at=at(spells[0][0]), delisted_at=at(left) if left else None, **columns)
        for since, until, maturity in spells:
            during = DateTimeTZRange(at(since), at(until) if until else None)
            baker.make(
                ItemPeriod, item=item, during=during, name=slug, subcategory=subcategory, kind="project",
                maturity=maturity, version=version,
            )  # fmt: skip
        return item

    return store


def test_entrants_show_how_they_fared_and_the_removed_stay(enter):
    enter("stayed", ("2025-06-01", "2025-09-15", "sandbox"), ("2025-09-15", None, "incubating"))
    enter("left", ("2025-07-01", "2025-11-01", ""))
    enter("fresh", ("2026-05-01", None, ""))

    found = {one.item.slug: one for one in entrants.new_entrants(day=DAY)}

    assert list(found) == ["fresh", "left", "stayed"]
    assert [(one.horizon_days, one.fate, one.maturity) for one in found["stayed"].outcomes] == [
        (90, Fate.LISTED, "sandbox"), (180, Fate.LISTED, "incubating"), (365, Fate.PENDING, ""),
    ]  # fmt: skip
    assert found["stayed"].maturity == "sandbox"
    assert [one.fate for one in found["left"].outcomes] == [Fate.LISTED, Fate.DELISTED, Fate.PENDING]
    assert [one.growth for one in found["fresh"].outcomes] == [None, None, None]


def test_entrants_grow_from_the_day_they_were_listed(enter):
    item = enter("grown", ("2025-07-01", "2025-12-01", ""))
    own = repository(item, is_current=False)
    for day, stars in (("2025-05-01", 1), ("2025-06-30", 100), ("2025-09-27", 150), ("2025-10-20", 900)):
        RepositorySnapshot.objects.create(
            repository=own, day=date.fromisoformat(day), observed_at=at(day), method="graphql", stars=stars
        )

    outcomes = entrants.new_entrants(day=DAY)[0].outcomes

    assert outcomes[0].growth.value == 0.5
    assert (outcomes[0].growth.start_on, outcomes[0].growth.end_on) == (date(2025, 6, 30), date(2025, 9, 27))
    assert outcomes[1].growth.reason == "stale"


def test_members_are_no_entrants(enter):
    enter("member", ("2025-06-01", None, ""), kind="member")

    assert entrants.new_entrants(day=DAY) == []
    assert entrants.entrant_cohorts(day=DAY) == []


def test_cohorts_count_the_removed_and_wait_for_the_last(enter):
    enter("a", ("2025-07-02", None, "sandbox"), maturity="sandbox")
    enter("b", ("2025-09-30", "2026-03-01", ""))
    enter("c", ("2026-01-05", None, ""))

    assert entrants.entrant_cohorts(day=DAY) == [
        Cohort(date(2026, 1, 1), 1, 0, (CohortShare(90, None), CohortShare(180, None), CohortShare(365, None))),
        Cohort(date(2025, 7, 1), 2, 1, (CohortShare(90, 2), CohortShare(180, 1), CohortShare(365, None))),
    ]


def test_a_cohort_is_due_when_its_last_day_is(enter):
    enter("a", ("2025-07-02", None, ""))

    shares = [entrants.entrant_cohorts(day=date(2025, 12, day))[0].shares[0].listed for day in (28, 29)]

    assert shares == [None, 1]


def test_nothing_entered_an_empty_landscape():
    assert entrants.new_entrants(day=DAY) == []
    assert entrants.entrant_cohorts(day=DAY) == []


@pytest.mark.parametrize("rows", [1, 3])
def test_entrants_take_four_queries(enter, django_assert_num_queries, rows):
    for number in range(rows):
        repository(enter(f"item-{number}", ("2025-06-01", None, "")))

    with django_assert_num_queries(4):
        assert len(entrants.new_entrants(day=DAY)) == rows


def test_the_archived_are_those_with_no_live_repository(make_item):
    live, dead, staged = make_item("live"), make_item("dead"), make_item("staged", maturity="archived")
    repository(live, is_archived=False)
    for item, on in ((dead, "2025-03-04"), (live, "2024-01-01")):
        extra = baker.make(Repository, url=f"https://github.com/x/{item.slug}", host="github.com", is_archived=True)
        ItemRepository.objects.create(item=item, repository=extra)
        RepositoryFacts.objects.create(repository=extra, observed_at=at("2026-05-20"), archived_at=at(on))
    make_item("bare")

    found = graveyard.archived()

    assert found.total == 2
    assert found.shown == (Grave(dead, date(2025, 3, 4)), Grave(staged, None))


def test_an_archived_project_is_so_since_the_declared_day_else_since_it_was_seen(make_item):
    declared, seen = (make_item(slug, maturity="archived") for slug in ("declared", "seen"))
    for item in (declared, seen):
        period(item, at("2023-07-05"))
    StageDeclaration.objects.create(
        item=declared,
        stage="archived",
        declared_on=date(2023, 7, 20),
        during=DateTimeTZRange(at("2023-07-05"), at("2023-08-01")),
    )
    StageDeclaration.objects.create(
        item=declared, stage="archived", declared_on=date(2023, 6, 30), during=DateTimeTZRange(at("2023-08-01"), None)
    )
    assert graveyard.archived().shown == (Grave(seen, date(2023, 7, 5)), Grave(declared, date(2023, 6, 30)))


def test_the_delisted_are_the_latest_first_and_without_members(make_item):
    make_item("listed")
    early, late = make_item("early", delisted_at=at("2026-02-01")), make_item("late", delisted_at=at("2026-03-01"))
    make_item("member", kind="member", delisted_at=at("2026-03-01"))

    assert graveyard.delisted().shown == (Grave(late, date(2026, 3, 1)), Grave(early, date(2026, 2, 1)))


def test_the_dormant_are_listed_and_not_archived(make_item):
    for slug, days, archived in (("asleep", 400, False), ("awake", 365, False), ("archived", 900, True)):
        item = make_item(slug)
        repository(item, is_archived=archived)
        Indicator.objects.create(
            item=item, metric="days_since_push", day=DAY, value=days, n=1, version="recency/1",
            details={"start_on": (DAY - timedelta(days=days)).isoformat()},
        )  # fmt: skip

    found = graveyard.dormant(day=DAY)

    assert found.total == 1
    assert found.shown == (Grave(Item.objects.get(slug="asleep"), date(2025, 4, 15), 400),)


@pytest.mark.parametrize("rows", [1, 3])
def test_graves_take_two_queries_each(make_item, django_assert_num_queries, rows):
    for number in range(rows):
        repository(make_item(f"archived-{number}"), is_archived=True)

    with django_assert_num_queries(2):
        found = graveyard.archived(within=Within(category="runtime"))
        assert [one.item.subcategory.category.slug for one in found.shown] == ["runtime"] * rows


def test_instants_are_read_as_utc_days(make_item):
    make_item("late", delisted_at=datetime(2026, 2, 28, 23, 30, tzinfo=UTC))

    assert graveyard.delisted().shown[0].since_on == date(2026, 2, 28)
