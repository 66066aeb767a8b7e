"""Aalen-Johansen by hand, its variance against simpler ones, its interval, and when it refuses."""

from math import inf

import pytest

from metrics.formulas.cumulative_incidence import (
    VERSION,
    Curve,
    Stay,
    cumulative_incidence,
    incidence_at,
    interval_of,
    stays_beyond,
)
from metrics.formulas.proportions import wilson_interval
from metrics.formulas.results import FormulaInputError, Reason, Refusal

# By hand: 5 at risk; day 2: 1 up, so F = 1/5, S = 4/5. Day 3: censored. Day 4: 3 at risk, 1 down: S = 4/5 * 2/3 = 8/15.
# Day 6: 2 at risk, 1 up: F = 1/5 + 8/15 * 1/2 = 7/15, S = 4/15. Day 9: censored.
BY_HAND = [Stay(6, "up"), Stay(2, "up"), Stay(9), Stay(4, "down"), Stay(3)]


def at(curve, days):
    return incidence_at(curve, days, least=0)


def test_incidence_by_hand():
    up = cumulative_incidence(BY_HAND, cause="up")
    assert (up.n, up.events, up.others, up.still) == (5, 2, 1, 2)
    assert [(step.days, step.at_risk, step.events) for step in up.steps] == [(2, 5, 1), (4, 3, 0), (6, 2, 1)]
    assert [at(up, days).value for days in (0, 1, 2, 5, 6, 99)] == pytest.approx([0, 0, 1 / 5, 1 / 5, 7 / 15, 7 / 15])
    down = cumulative_incidence(BY_HAND, cause="down")
    # 4/5 * 1/3.
    assert [at(down, days).value for days in (3, 4, 99)] == pytest.approx([0, 4 / 15, 4 / 15])


def test_incidences_and_those_still_there_make_one():
    up, down = (cumulative_incidence(BY_HAND, cause=cause) for cause in ("up", "down"))
    # 4/15 are still there after day 6.
    assert at(up, 6).value + at(down, 6).value == pytest.approx(1 - 4 / 15)


def test_variance_by_hand():
    up = cumulative_incidence(BY_HAND, cause="up")
    # At day 2 the binomial 1/5 * 4/5 / 5. At day 6, with later = 7/15 - 1/5 = 4/15 for days 2 and 4:
    # (4/15)^2 * (1/(5*4) + 1/(3*2)) + (1*4/125 + (8/15)^2 * 1/8) - 2 * 4/15 * (1/25).
    expected = (4 / 15) ** 2 * (1 / 20 + 1 / 6) + (4 / 125 + (8 / 15) ** 2 / 8) - 2 * 4 / 15 / 25
    assert [step.variance for step in up.steps] == pytest.approx([4 / 125, 4 / 125, expected])


def test_without_censoring_and_competition_the_variance_is_binomial():
    curve = cumulative_incidence([Stay(day, "up") for day in range(1, 11)], cause="up")
    assert [step.incidence for step in curve.steps] == pytest.approx([k / 10 for k in range(1, 11)])
    assert [step.variance for step in curve.steps] == pytest.approx([k * (10 - k) / 1000 for k in range(1, 11)])


def test_without_competition_it_is_one_minus_kaplan_meier_with_greenwood():
    curve = cumulative_incidence([Stay(1, "up"), Stay(2), Stay(3, "up"), Stay(4)], cause="up")
    # S = 3/4 * 1/2; Greenwood: S^2 * (1/(4*3) + 1/(2*1)).
    assert curve.steps[-1].incidence == pytest.approx(1 - 3 / 8)
    assert curve.steps[-1].variance == pytest.approx((3 / 8) ** 2 * (1 / 12 + 1 / 2))


def test_ties_leave_before_the_censored_of_the_day():
    curve = cumulative_incidence([Stay(5, "up"), Stay(5), Stay(5, "down"), Stay(5, "up")], cause="up")
    assert [(step.at_risk, step.events, step.incidence) for step in curve.steps] == [(4, 2, 0.5)]


def test_those_at_risk_were_followed_to_the_day():
    curve = cumulative_incidence(BY_HAND, cause="up")
    assert [curve.at_risk(days) for days in (0, 2, 2.5, 6, 9, 10)] == [5, 5, 4, 2, 1, 0]


def test_those_still_there_stand_for_those_lost_from_sight():
    curve = cumulative_incidence(BY_HAND, cause="up")
    # 5 / 1; 4 / (4/5) after day 2; 3 / (4/5) after the censored one of day 3; 2 / (8/15); 1 / (4/15); nobody.
    sizes = [curve.effective_size(days) for days in (0, 2, 3, 4, 6, 9, 10)]
    assert sizes == pytest.approx([5, 5, 5, 3.75, 3.75, 3.75, 0])
    assert [curve.known_until(least) for least in (5.1, 5, 3.75, 0.1)] == [0, 3, 9, 9]


def test_interval_is_on_the_scale_of_log_minus_log():
    found = interval_of(0.5, 0.01, size=20)
    # reach = 1.959964 * 0.1 / (0.5 * ln 0.5) = -0.565526; 0.5 ^ exp(+-0.565526).
    assert (found.low, found.high) == pytest.approx((0.295172, 0.674523), abs=1e-6)


@pytest.mark.parametrize(("share", "successes"), [(0.0, 0), (1.0, 7)])
def test_interval_of_none_and_all_is_wilsons(share, successes):
    assert interval_of(share, 0.0, size=7.9) == wilson_interval(successes, 7)


def test_interval_of_nobody_followed_says_nothing_narrow():
    assert interval_of(0.0, 0.0, size=0) == wilson_interval(0, 1)


def test_nothing_has_happened_yet():
    found = incidence_at(cumulative_incidence([Stay(10)] * 8, cause="up"), 5)
    assert (found.value, found.n, found.interval) == (0.0, 8, wilson_interval(0, 8))


def test_refused_where_too_few_were_followed_so_far():
    curve = cumulative_incidence([Stay(10)] * 4 + [Stay(20)] * 5, cause="up")
    assert incidence_at(curve, 20).value == 0
    assert incidence_at(curve, 21) == Refusal(Reason.TOO_FEW_PEERS, 0, VERSION)
    assert incidence_at(curve, 20, least=6) == Refusal(Reason.TOO_FEW_PEERS, 5, VERSION)


def test_whom_everybody_left_is_known_in_full():
    """Ten entered: seven were promoted, two archived, one is still there; nobody was lost from sight."""
    stays = [Stay(day, "up") for day in range(100, 800, 100)] + [Stay(300, "down"), Stay(900, "down"), Stay(2000)]
    up, down = (cumulative_incidence(stays, cause=cause) for cause in ("up", "down"))
    assert [incidence_at(up, days).value for days in (350, 1000, 2000)] == pytest.approx([0.3, 0.7, 0.7])
    assert incidence_at(down, 2000).value == pytest.approx(0.2)
    assert incidence_at(up, 2001) == Refusal(Reason.TOO_FEW_PEERS, 0, VERSION)

    all_left = cumulative_incidence([*stays[:-1], Stay(2000, "up")], cause="up")
    assert (incidence_at(all_left, 9999).value, all_left.known_until(10)) == (pytest.approx(0.8), inf)
    promoted = cumulative_incidence([Stay(1, "up")] * 6, cause="up")
    assert incidence_at(promoted, 9).interval == wilson_interval(6, 6)
    archived = cumulative_incidence([Stay(1, "up")] * 6, cause="down")
    assert incidence_at(archived, 9).interval == wilson_interval(0, 6)


def test_whom_few_entered_is_refused_though_known_in_full():
    curve = cumulative_incidence([Stay(1, "up")] * 4, cause="up")
    assert incidence_at(curve, 9) == Refusal(Reason.TOO_FEW_PEERS, 0, VERSION)


def test_empty_input_is_not_measured():
    empty = cumulative_incidence([], cause="up")
    assert empty == Curve("up", 0, 0, 0, (), ())
    assert incidence_at(empty, 1) == Refusal(Reason.NOT_MEASURED, 0, VERSION)


@pytest.mark.parametrize(("stays", "cause"), [([Stay(-1)], "up"), ([Stay(1)], "")])
def test_impossible_input_is_refused(stays, cause):
    with pytest.raises(FormulaInputError):
        cumulative_incidence(stays, cause=cause)


def test_stays_beyond_a_day_begin_there():
    assert stays_beyond(BY_HAND, 4) == [Stay(2, "up"), Stay(5), Stay(0, "down")]
