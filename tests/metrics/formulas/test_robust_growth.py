import random
from collections import Counter
from datetime import date, timedelta
from itertools import accumulate
from math import exp, log
from statistics import StatisticsError

import pytest

from metrics.formulas.growth import growth
from metrics.formulas.results import FormulaInputError, Interval, Reason, Refusal
from metrics.formulas.robust_growth import VERSION, WILCOXON_CRITICAL, gain_interval, median_slope, robust_growth
from tests.metrics.formulas.points import DAY, before, daily


def weekly(counts, *, last_on=DAY):
    return [(before(7 * (len(counts) - 1 - week), last_on), count) for week, count in enumerate(counts)]


def random_counts(seed):
    draw = random.Random(seed)
    count, counts = draw.randint(100, 5000), []
    for _ in range(14):
        counts.append(count)
        count += draw.randint(0, 80)
    return counts


def test_median_slope_of_a_hand_computed_table():
    # Slopes of neighbours: 1, 3, -2, 2; two apart: 2, 0.5, 0; three apart: 2/3, 1; four apart: 1.
    xs, ys = [0, 1, 2, 3, 4], [0, 1, 4, 2, 4]
    assert median_slope(xs, ys, longest_pair=1) == 1.5
    assert median_slope(xs, ys, longest_pair=2) == 1.0
    assert median_slope(xs, ys, longest_pair=4) == 1.0


def test_median_slope_minds_uneven_distances():
    assert median_slope([0, 2, 10], [0, 1, 5], longest_pair=2) == 0.5


def test_median_slope_of_one_point_is_none():
    with pytest.raises(StatisticsError):
        median_slope([1], [1], longest_pair=4)


def test_gain_interval_is_wilcoxons():
    # Gains 1 to 9: the 45 averages of pairs, sorted, begin 1, 1.5, 2, 2, 2.5, 2.5; five are outside on either side.
    heights = [0, 1, 3, 6, 10, 15, 21, 28, 36, 45]
    assert gain_interval(range(10), heights) == (2.5, 7.5)


@pytest.mark.parametrize("gains", range(9, 14))
def test_the_critical_ranks_are_those_of_all_signs(gains):
    # In how many of the 2^n ways to sign the ranks 1 to n do the positive ones add up to each sum?
    ways = Counter({0: 1})
    for rank in range(1, gains + 1):
        ways = Counter({total: ways[total] + ways[total - rank] for total in range(gains * (gains + 1) // 2 + 1)})
    tails = accumulate(ways[total] for total in range(gains * 5))
    assert WILCOXON_CRITICAL[gains] == sum(tail <= 0.025 * 2**gains for tail in tails) - 1


def test_gain_interval_knows_only_the_numbers_of_points_it_has_a_rank_for():
    with pytest.raises(KeyError):
        gain_interval(range(9), range(9))


def test_steady_growth_is_found_exactly():
    # Doubled every week, so that the counts are whole.
    result = robust_growth(weekly([2**week for week in range(14)]), as_of=DAY)
    yearly = 2 ** (365 / 7) - 1
    assert result.value == pytest.approx(yearly)
    assert (result.interval.low, result.interval.high) == (pytest.approx(yearly), pytest.approx(yearly))
    assert (result.n, result.version, result.window_days) == (14, VERSION, 91)
    assert (result.start_on, result.end_on) == (before(91), DAY)


@pytest.mark.parametrize(("factor", "expected"), [(1, 0.0), (2, 2 ** (-365 / 7) - 1)])
def test_standing_still_and_falling_are_growth_too(factor, expected):
    counts = [2**14 // factor**week for week in range(14)]
    assert robust_growth(weekly(counts), as_of=DAY).value == pytest.approx(expected)


@pytest.mark.parametrize("burst_week", range(1, 14))
def test_a_burst_barely_moves_it_wherever_it_falls(burst_week):
    steady = [round(10_000 * exp(0.1 * week / 52)) for week in range(14)]
    burst = [count + (3000 if week >= burst_week else 0) for week, count in enumerate(steady)]
    without, with_burst = robust_growth(weekly(steady), as_of=DAY), robust_growth(weekly(burst), as_of=DAY)
    assert without.value == pytest.approx(exp(0.1) - 1, rel=0.05)
    assert with_burst.value == pytest.approx(without.value, abs=0.03)
    plain = growth(weekly(burst), window_days=91, as_of=DAY)
    assert plain.value > 10 * growth(weekly(steady), window_days=91, as_of=DAY).value


def test_the_slope_over_all_pairs_would_follow_a_burst_in_the_middle():
    logs = [0.1 * week / 52 + (0.3 if week >= 7 else 0) for week in range(14)]
    assert median_slope(range(14), logs, longest_pair=13) * 52 > 1.5
    assert median_slope(range(14), logs, longest_pair=4) * 52 == pytest.approx(0.1)


@pytest.mark.parametrize("seed", range(20))
def test_scaling_the_counts_changes_nothing(seed):
    counts = random_counts(seed)
    once = robust_growth(weekly(counts), as_of=DAY)
    thrice = robust_growth(weekly([3 * count for count in counts]), as_of=DAY)
    assert thrice.value == pytest.approx(once.value)
    assert thrice.interval == Interval(pytest.approx(once.interval.low), pytest.approx(once.interval.high))


@pytest.mark.parametrize("seed", range(20))
def test_pairs_are_four_weeks_apart_at_most(seed):
    counts = random_counts(seed)
    slope = median_slope(range(14), [log(count) for count in counts], longest_pair=4)
    assert robust_growth(weekly(counts), as_of=DAY).value == pytest.approx(exp(slope * 365 / 7) - 1)


@pytest.mark.parametrize("seed", range(20))
def test_shifting_the_days_changes_nothing(seed):
    counts, later = random_counts(seed), DAY + timedelta(days=1000)
    once = robust_growth(weekly(counts), as_of=DAY)
    shifted = robust_growth(weekly(counts, last_on=later), as_of=later)
    assert (shifted.value, shifted.interval, shifted.n) == (once.value, once.interval, once.n)


@pytest.mark.parametrize("seed", range(20))
def test_adding_a_slope_adds_it_and_mirroring_mirrors_it(seed):
    draw = random.Random(seed)
    xs, ys = range(14), [draw.gauss(0, 1) for _ in range(14)]
    slope = median_slope(xs, ys, longest_pair=4)
    assert median_slope(xs, [y + 2 * x for x, y in zip(xs, ys, strict=True)], longest_pair=4) == pytest.approx(
        slope + 2
    )
    assert median_slope(xs, [-y for y in ys], longest_pair=4) == pytest.approx(-slope)
    assert median_slope(xs, [5 * y for y in ys], longest_pair=4) == pytest.approx(5 * slope)


def test_the_interval_holds_the_truth_about_as_often_as_it_says():
    draw, held = random.Random(7), 0
    for _ in range(300):
        logs = [0.0]
        for _ in range(13):
            logs.append(logs[-1] + draw.gauss(0.01, 0.004))
        low, high = gain_interval(range(14), logs)
        held += low <= 0.01 <= high
    assert 0.92 <= held / 300 <= 0.98


@pytest.mark.parametrize("seed", range(20))
def test_the_value_lies_in_its_interval(seed):
    result = robust_growth(weekly(random_counts(seed)), as_of=DAY)
    assert result.interval.low <= result.value <= result.interval.high


@pytest.mark.parametrize("sparse_week", range(1, 14))
def test_the_value_lies_in_its_interval_when_most_gains_are_nothing(sparse_week):
    counts = [20 + sum(week >= gain for gain in (sparse_week, 5, 9)) for week in range(14)]
    result = robust_growth(weekly(counts), as_of=DAY)
    assert result.interval.low <= result.value <= result.interval.high


def test_days_between_the_weekly_ones_do_not_count():
    noisy = daily([100 + day for day in range(98)])
    for position, (day, _) in enumerate(noisy):
        if (DAY - day).days % 7:
            noisy[position] = (day, 1)
    assert robust_growth(noisy, as_of=DAY) == robust_growth(daily([100 + day for day in range(98)]), as_of=DAY)


def test_a_missed_day_is_stood_for_by_one_of_the_three_before():
    full = daily([2**14] * 98)
    holed = [(day, None if (DAY - day).days % 7 < 3 else count) for day, count in full]
    result = robust_growth(holed, as_of=DAY)
    assert (result.n, result.end_on, result.value) == (14, before(3), 0.0)


@pytest.mark.parametrize(("weeks", "is_given"), [(9, False), (10, True), (14, True), (20, True)])
def test_ten_points_are_the_least(weeks, is_given):
    result = robust_growth(weekly([100 + week for week in range(weeks)]), as_of=DAY)
    if is_given:
        assert result.n == min(weeks, 14)
    else:
        assert result == Refusal(Reason.TOO_FEW_POINTS, 9, VERSION, 91)


@pytest.mark.parametrize(
    ("points", "reason", "n"),
    [
        ([], Reason.NOT_MEASURED, 0),
        ([(DAY, None)], Reason.NOT_MEASURED, 0),
        ([(DAY + timedelta(days=1), 5)], Reason.NOT_MEASURED, 0),
        (daily([5] * 100, last_on=before(4)), Reason.STALE, 13),
        (weekly([0] + [5] * 13), Reason.BELOW_FLOOR, 14),
    ],
)
def test_what_carries_no_slope_is_refused(points, reason, n):
    assert robust_growth(points, as_of=DAY) == Refusal(reason, n, VERSION, 91)


def test_only_the_points_after_the_last_break_count():
    counts = [5000] * 4 + [1000] * 10
    unbroken = robust_growth(weekly(counts), as_of=DAY, breaks=[before(80), before(63), DAY + timedelta(days=1)])
    assert (unbroken.value, unbroken.n, unbroken.start_on) == (0.0, 10, before(63))
    late = robust_growth(weekly(counts), as_of=DAY, breaks=[before(62)])
    assert late == Refusal(Reason.SERIES_BREAK, 9, VERSION, 91)
    on_the_day = robust_growth(weekly(counts), as_of=DAY, breaks=[DAY])
    assert on_the_day == Refusal(Reason.SERIES_BREAK, 1, VERSION, 91)
    just_enough = robust_growth(weekly(counts[-10:]), as_of=DAY, breaks=[before(30)])
    assert just_enough == Refusal(Reason.SERIES_BREAK, 5, VERSION, 91)
    few = robust_growth(weekly(counts[-9:]), as_of=DAY, breaks=[before(30)])
    assert few == Refusal(Reason.TOO_FEW_POINTS, 5, VERSION, 91)


def test_an_even_linear_rise_is_read_like_its_ends():
    counts = [64000 + 280 * week for week in range(14)]
    end_to_end = exp(log(counts[-1] / counts[0]) * 365 / 91) - 1
    assert robust_growth(weekly(counts), as_of=DAY).value == pytest.approx(end_to_end, rel=0.01)


def test_days_out_of_order_are_refused():
    with pytest.raises(FormulaInputError):
        robust_growth([(DAY, 1), (date(2020, 1, 1), 2)], as_of=DAY)
