"""Every figure computed over sets is the one its pure formula gives on the same series."""

from datetime import date, timedelta

import pytest
from model_bakery import baker

from metrics.formulas import activity, closing, confidence, growth, percentiles, releases, robust_growth, ross_growth
from metrics.formulas.burstiness import burstiness
from metrics.formulas.results import Value
from metrics.formulas.series import measured
from metrics.indicators.daily_series import CONTRIBUTORS_FRESH_DAYS
from metrics.indicators.recompute import recompute
from metrics.indicators.series_arrays import last_whole_week
from metrics.models import Indicator, RepositoryFacts
from projects.models import Category, Subcategory
from tests.metrics.random_series import item_breaks, item_series, random_landscape

pytestmark = pytest.mark.django_db
DAY = date(2026, 5, 20)
QUARTER_ON = date(2026, 4, 1)
ITEMS = 30


@pytest.fixture
def subcategory():
    category = baker.make(Category, slug="runtime", name="Runtime", group="projects")
    return baker.make(Subcategory, slug="storage", name="Storage", category=category)


def stored(metric, window_days):
    rows = Indicator.objects.on(DAY).of_metric(metric, window_days=window_days)
    return {row.item_id: (row.value, row.low, row.high, row.n, row.refusal, row.version) for row in rows}


def given(result):
    if isinstance(result, Value):
        bounds = (result.interval.low, result.interval.high) if result.interval else (None, None)
        return (result.value, *bounds, result.n, "", result.version)
    return (None, None, None, result.n, result.reason.value, result.version)


def growths(points, breaks, window, as_of=DAY):
    return given(growth.growth(points, window_days=window, as_of=as_of, breaks=breaks))


def contributor_growths(points, breaks, window):
    newest = max((on for on, value in points if value is not None), default=DAY)
    as_of = newest if (DAY - newest).days <= CONTRIBUTORS_FRESH_DAYS else DAY
    return growths(points, breaks, window, as_of)


def tallies(points, name):
    return [
        closing.Tally(on, None if total is None else total - closed, closed)
        for (on, total), (_, closed) in zip(points[name], points[f"closed_{name}"], strict=True)
    ]


@pytest.mark.parametrize("seed", [1, 2])
def test_figures_over_series_equal_their_formulas(subcategory, seed):
    landscape = random_landscape(seed, DAY, subcategory, ITEMS)

    counts = recompute(DAY)

    assert counts.items == ITEMS
    series = {pk: item_series(repositories, DAY) for pk, repositories in landscape.items()}
    breaks = {
        name: {pk: item_breaks(repositories, DAY, name) for pk, repositories in landscape.items()}
        for name in ("stars", "contributors", "commits", "issues", "pull_requests")
    }
    expected = {}
    for window in growth.WINDOWS_DAYS:
        expected["star_growth", window] = {
            pk: growths(points["stars"], breaks["stars"][pk], window) for pk, points in series.items()
        }
        expected["contributor_growth", window] = {
            pk: contributor_growths(points["contributors"], breaks["contributors"][pk], window)
            for pk, points in series.items()
        }
        for metric, name in (("issue_closing", "issues"), ("pull_request_closing", "pull_requests")):
            expected[metric, window] = {
                pk: given(
                    closing.closing_ratio(tallies(points, name), window_days=window, as_of=DAY, breaks=breaks[name][pk])
                )
                for pk, points in series.items()
            }
    for window in (30, 90, 360):
        expected["commits", window] = {
            pk: given(activity.commits(points["commits"], window_days=window, as_of=DAY, breaks=breaks["commits"][pk]))
            for pk, points in series.items()
        }
    expected["ross_growth", 90] = {
        pk: given(
            ross_growth.ross_growth(points["stars"], first_on=QUARTER_ON, last_on=DAY, breaks=breaks["stars"][pk])
        )
        for pk, points in series.items()
    }
    expected["robust_growth", 91] = {
        pk: given(robust_growth.robust_growth(points["stars"], as_of=DAY, breaks=breaks["stars"][pk]))
        for pk, points in series.items()
    }
    for (metric, window), figures in expected.items():
        assert (metric, window, stored(metric, window)) == (metric, window, figures)


@pytest.mark.parametrize("seed", [4])
def test_counts_and_confidence_equal_the_newest_points(subcategory, seed):
    landscape = random_landscape(seed, DAY, subcategory, ITEMS)

    recompute(DAY)

    stars, grades = {}, {}
    for pk, repositories in landscape.items():
        known = measured(item_series(repositories, DAY)["stars"])
        newest = known.latest(by=DAY, tolerance_days=3)
        refusal = "" if newest is not None else "stale" if known.days else "not_measured"
        value = None if newest is None else known.values[newest]
        stars[pk] = (value, None, None, 0 if refusal else len(repositories), refusal, "count/1")
        inside = known.since(DAY - timedelta(days=29))
        age = (DAY - known.days[-1]).days if known.days else None
        graded = confidence.confidence(confidence.Evidence(30, len(inside.days), age, 1))
        grades[pk] = (graded.score, graded.n, graded.grade, list(graded.reasons))
    assert stored("stars", 0) == stars
    rows = Indicator.objects.on(DAY).of_metric("confidence", window_days=30)
    assert {row.item_id: (row.value, row.n, row.details["grade"], row.details["reasons"]) for row in rows} == grades


@pytest.mark.parametrize("seed", [6])
def test_percentiles_equal_their_formula(subcategory, seed):
    landscape = random_landscape(seed, DAY, subcategory, ITEMS)

    recompute(DAY)

    for metric, of, window in (("star_percentile", "stars", 0), ("growth_percentile", "star_growth", 90)):
        figures = [stored(of, window)[pk][0] for pk in landscape]
        expected = dict(zip(landscape, map(given, percentiles.percentiles(figures)), strict=True))
        assert stored(metric, window) == expected


@pytest.mark.parametrize("seed", [8])
def test_burstiness_equals_its_formula(subcategory, seed):
    landscape = random_landscape(seed, DAY, subcategory, ITEMS)

    recompute(DAY)

    last_on = last_whole_week(DAY)
    expected = {}
    for pk, repositories in landscape.items():
        amounts = []
        for week_on in (last_on - timedelta(weeks=51 - week) for week in range(52)):
            there = [one for one in repositories if one.created_on is None or one.created_on < week_on + timedelta(7)]
            totals = [one.weeks.get(week_on) for one in there]
            amounts.append(sum(totals) if totals and None not in totals else None)
        expected[pk] = given(burstiness(amounts, period_days=7))
    assert stored("burstiness", 364) == expected


@pytest.mark.parametrize("seed", [10])
def test_release_recency_equals_its_formula(subcategory, seed):
    landscape = random_landscape(seed, DAY, subcategory, ITEMS)

    recompute(DAY)

    expected = {}
    for pk, repositories in landscape.items():
        facts = RepositoryFacts.objects.filter(pk__in=[one.id for one in repositories])
        if any((DAY - one.observed_at.date()).days > 3 for one in facts):
            expected[pk] = (None, None, None, 0, "stale", releases.RECENCY_VERSION)
        else:
            days = [one.latest_release_at.date() for one in facts if one.latest_release_at]
            expected[pk] = given(releases.days_since(days, as_of=DAY))
    assert stored("days_since_release", 0) == expected
