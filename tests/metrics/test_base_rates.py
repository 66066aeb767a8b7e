"""The base rates of the built-in data, number by number, and how they stood at earlier days."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction

from metrics.base_rates import (
    Question,
    Transition,
    conditional_rate,
    movers_medians,
    population,
    rates,
    rates_by_category,
    rates_by_cohort,
    stage_stays,
)
from metrics.formulas.results import Reason, Refusal, Value
from metrics.stage_standings import next_year, standings, stays_by_stage
from sources.importers.content_load import load_content

NOW = datetime(2026, 8, 7, 23, 59, tzinfo=UTC)


@pytest.fixture(scope="module")
def _built_in(django_db_setup, django_db_blocker):
    """The built-in data, loaded once for this module and rolled back behind it."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_content(Path(settings.BASE_DIR) / "content", now=NOW)
        yield
        transaction.set_rollback(True)


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_built_in")]


def everything(**values):
    """The dates as declared at the end, censored on the day of the golden figures.

    The newest version of the built-in data is three days older, since no hosted card changed in them.
    """
    return replace(population(Question(NOW, NOW, **values)), until=date(2026, 8, 7))


def day(*parts):
    return datetime(*parts, 23, 59, tzinfo=UTC)


def percentages(found):
    return [
        round(100 * each.result.value, 1) if isinstance(each.result, Value) else each.result.reason
        for each in found.horizons
    ]


GOLDEN = {
    Transition.SANDBOX_PROMOTED: (225, 49, 151, [1.4, 12.0, 21.6, 25.8, 31.9, 33.8]),
    Transition.SANDBOX_ARCHIVED: (225, 25, 151, [0.0, 0.0, 6.2, 16.3, 20.2, 21.9]),
    Transition.INCUBATING_PROMOTED: (79, 38, 38, [2.8, 18.1, 42.4, 50.1, 60.9, 67.5]),
    Transition.INCUBATING_ARCHIVED: (79, 3, 38, [0.0, 0.0, 1.6, 3.4, 6.3, 6.3]),
}


@pytest.mark.parametrize("per_card", [True, False])
@pytest.mark.parametrize("transition", Transition)
def test_golden_base_rates(transition, per_card):
    people = everything(per_card=per_card)
    found = rates(people, transition)
    assert len(people.paths) == 255
    assert (found.curve.n, found.curve.events, found.curve.still, percentages(found)) == GOLDEN[transition]
    assert (people.undated, people.seen, found.undated) == (0, 0, 0)


def test_golden_at_risk():
    people = everything()
    sandbox, incubating = (rates(people, way) for way in (Transition.SANDBOX_PROMOTED, Transition.INCUBATING_PROMOTED))
    assert [each.at_risk for each in sandbox.horizons] == [204, 147, 97, 57, 33, 9]
    assert [each.at_risk for each in incubating.horizons] == [67, 53, 32, 23, 11, 6]


def test_thirty_were_accepted_into_incubation():
    people = everything()
    stays, _ = stage_stays(people, "incubating")
    assert sum("sandbox" not in each.path.entered for each in stays) == 30


def test_golden_medians_of_those_that_moved():
    medians = movers_medians(everything())
    assert [(each.source, each.target, round(each.years, 2), each.n) for each in medians] == [
        ("accepted", "incubating", 1.43, 79),
        ("incubating", "graduated", 2.17, 38),
        ("accepted", "archived", 3.47, 28),
    ]
    straight, *rest = medians
    assert (straight.at_once, straight.others, round(straight.others_years, 2)) == (30, 49, 2.07)
    assert [(each.at_once, each.others_years) for each in rest] == [(0, None), (0, None)]


def test_the_newest_version_ends_what_is_known():
    later = population(Question(day(2030, 1, 1), day(2030, 1, 1)))
    assert later.until == date(2026, 8, 4)


def test_what_one_would_have_said_in_2022_is_not_what_one_says_today():
    then = population(Question(day(2022, 6, 30), day(2022, 6, 30)))
    today = population(Question(day(2022, 6, 30), NOW))
    assert (len(then.paths), then.seen > 0, len(today.paths), today.seen) == (126, True, 255, 0)
    said, known = (rates(people, Transition.SANDBOX_PROMOTED) for people in (then, today))
    assert said.curve.n != known.curve.n
    assert percentages(known)[:3] == [3.4, 30.2, 63.1]
    assert percentages(known)[3:] == [Reason.TOO_FEW_PEERS] * 3
    assert max(each.entered_on for each in stage_stays(today, "sandbox")[0]) <= date(2022, 6, 30)


def test_before_the_first_version_nothing_is_said():
    people = population(Question(day(2015, 1, 1), day(2015, 1, 1)))
    assert (people.paths, rates(people, Transition.SANDBOX_PROMOTED).curve.n) == ([], 0)


def test_cohorts_and_categories_make_up_the_whole():
    people = everything()
    cohorts, categories = rates_by_cohort(people, "sandbox"), rates_by_category(people, "sandbox")
    assert [group.key for group in cohorts] == [str(year) for year in range(2026, 2016, -1)]
    assert sum(group.promoted.curve.n for group in cohorts) == 225
    assert sum(group.archived.curve.events for group in categories) == 25
    one = next(group for group in cohorts if group.key == "2020")
    alone = rates(people, Transition.SANDBOX_PROMOTED, cohort=2020)
    assert (alone.curve, alone.horizons) == (one.promoted.curve, one.promoted.horizons)


def test_a_category_narrows_the_population():
    people = population(Question(NOW, NOW, category="runtime"))
    assert {path.category.slug for path in people.paths} == {"runtime"}


def test_conditional_rate_counts_those_that_stood_so_long():
    people = everything()
    stays = stays_by_stage(people)["sandbox"]
    found = conditional_rate(stays, cause="promoted", beyond_days=730)
    assert found.n == sum(stay.days >= 730 for stay in stays)
    # 1 - S(3y)/S(2y) by both ways: nobody was archived before; F(3y) - F(2y) over what was left after two years.
    assert found.value == pytest.approx((0.21571384 - 0.11985155) / (1 - 0.11985155), abs=2e-3)


def test_standings_tell_months_percentile_and_base_rate():
    people = everything()
    found = {standing.path.slug: standing for standing in standings(people)}
    counts = [sum(each.stage == stage for each in found.values()) for stage in ("sandbox", "incubating", "graduated")]
    assert counts == [151, 38, 38]
    stays = stays_by_stage(people)
    k3s = found["k3s"]
    assert (k3s.stage, k3s.entered_on, k3s.months) == ("sandbox", date(2020, 8, 19), 71)
    assert k3s.percentile.n == 151
    assert k3s.percentile.value > 90
    rate = next_year(k3s, stays)
    assert (rate.months, rate.promoted) == (71, Refusal(Reason.TOO_FEW_PEERS, rate.promoted.n, rate.promoted.version))
    assert next_year(found["kubernetes"], stays) is None


def test_queries_do_not_grow_with_projects(django_assert_num_queries):
    with django_assert_num_queries(5):
        population(Question(NOW, NOW))
