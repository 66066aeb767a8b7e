from datetime import date

import pytest

from metrics.formulas.results import FormulaInputError
from metrics.formulas.series_breaks import (
    CONTRIBUTORS_COUNTED_ANEW_ON,
    BreakReason,
    Observation,
    SeriesBreak,
    find_breaks,
    is_stale_repeat,
)
from tests.metrics.formulas.points import before

FIRST, SECOND = date(2019, 1, 31), date(2019, 2, 28)


def observed(values, *, repository="one"):
    """Give an observation a day, the last one on the tests' day."""
    return [Observation(before(len(values) - 1 - place), value, repository) for place, value in enumerate(values)]


def reasons_by_place(values):
    days = {seen.day: place for place, seen in enumerate(observed(values))}
    return [(days[found.day], found.reason) for found in find_breaks(observed(values))]


def test_linkerds_second_repository_is_a_swap_and_no_fall():
    series = [Observation(FIRST, 4855, "linkerd/linkerd"), Observation(SECOND, 3380, "linkerd/linkerd2")]
    assert find_breaks(series) == (SeriesBreak(SECOND, FIRST, BreakReason.REPOSITORY_SWAP),)


def test_a_swap_to_a_larger_repository_is_a_break_too():
    series = [Observation(FIRST, 544, "a/kube-up"), Observation(SECOND, 64571, "kubernetes/kubernetes")]
    assert find_breaks(series) == (SeriesBreak(SECOND, FIRST, BreakReason.REPOSITORY_SWAP),)


@pytest.mark.parametrize(("before_swap", "after_swap"), [(None, 2), (1, None), (None, None), (1, 1)])
def test_an_unknown_repository_is_no_swap(before_swap, after_swap):
    assert find_breaks([Observation(FIRST, 100, before_swap), Observation(SECOND, 100, after_swap)]) == ()


def test_contributors_were_counted_anew():
    # Kubernetes' contributors in the landscape's own figures.
    series = [Observation(date(2020, 6, 30), 2587, 1), Observation(date(2020, 7, 31), 3425, 1)]
    changes = {CONTRIBUTORS_COUNTED_ANEW_ON}
    assert find_breaks(series, counting_changes=changes) == (
        SeriesBreak(date(2020, 7, 31), date(2020, 6, 30), BreakReason.COUNTING_CHANGE),
    )
    on_the_day = [series[0], Observation(date(2020, 7, 1), 3400, 1)]
    assert len(find_breaks(on_the_day, counting_changes=changes)) == 1
    assert find_breaks(series) == ()
    assert find_breaks(series, counting_changes={date(2020, 6, 30), date(2020, 8, 1)}) == ()


@pytest.mark.parametrize(
    ("earlier", "later", "is_break"),
    [
        (5253, 1842, True),
        (1000, 970, True),
        (1000, 971, False),
        (30, 20, True),
        # Small counts: one or nine people leaving are no break, whatever their share.
        (22, 21, False),
        (20, 11, False),
        (64571, 64000, False),
        (10, 0, True),
        (0, 0, False),
        (100, 5000, False),
    ],
)
def test_a_sudden_fall_is_a_break(earlier, later, is_break):
    assert reasons_by_place([earlier, later]) == ([(1, BreakReason.SUDDEN_FALL)] if is_break else [])


def test_a_months_long_error_of_the_source_breaks_twice():
    # RethinkDB, 2018-08 to 2019-03.
    assert reasons_by_place([21700, 268, 484, 700, 1034, 21823, 21900]) == [
        (1, BreakReason.SUDDEN_FALL),
        (5, BreakReason.RECOVERY),
    ]
    # HAProxy, 2018-04-09 and 10.
    assert reasons_by_place([907, 1, 907]) == [(1, BreakReason.SUDDEN_FALL), (2, BreakReason.RECOVERY)]


@pytest.mark.parametrize(
    "values",
    [
        # Fell to half or more.
        [1000, 500, 1000],
        [1000, 500, 499, 1000],
        # Came back by less than nine tenths.
        [1000, 100, 899],
        # Crept back.
        [1000, 100, 500, 1000],
    ],
)
def test_only_a_step_back_to_the_old_level_is_a_recovery(values):
    assert reasons_by_place(values) == [(1, BreakReason.SUDDEN_FALL)]


def test_nine_tenths_of_the_old_level_are_a_recovery():
    assert reasons_by_place([1000, 100, 900])[1:] == [(2, BreakReason.RECOVERY)]


def test_another_repository_has_no_old_level_to_recover():
    series = [Observation(before(2), 1000, 1), Observation(before(1), 100, 2), Observation(before(0), 950, 2)]
    assert [found.reason for found in find_breaks(series)] == [BreakReason.REPOSITORY_SWAP]


def test_a_series_recovers_once():
    assert reasons_by_place([1000, 100, 950, 960]) == [(1, BreakReason.SUDDEN_FALL), (2, BreakReason.RECOVERY)]


def test_unknown_counts_are_passed_over():
    assert reasons_by_place([100, None, None, 50]) == [(3, BreakReason.SUDDEN_FALL)]
    (found,) = find_breaks(observed([100, None, None, 50]))
    assert found.last_day == before(3)


@pytest.mark.parametrize("values", [[], [5], [None], [None, 5, None], [5, 5, 6]])
def test_no_breaks(values):
    assert find_breaks(observed(values)) == ()


@pytest.mark.parametrize("days", [(SECOND, FIRST), (FIRST, FIRST)])
def test_days_out_of_order_are_refused(days):
    with pytest.raises(FormulaInputError):
        find_breaks([Observation(day, 1) for day in days])


def test_a_set_that_repeats_the_one_before_is_stale():
    # 2020-11-24 repeats 2020-10-24 in 396 of the 397 items of both.
    previous = {item: item * 10 for item in range(403)}
    current = {item: item * 10 for item in range(397)} | {1: 579}
    assert is_stale_repeat(previous, current) is True


@pytest.mark.parametrize(
    ("subjects", "equal", "expected"),
    [(0, 0, False), (19, 19, False), (20, 20, True), (20, 19, True), (20, 18, False), (392, 19, False)],
)
def test_a_set_is_stale_from_19_equal_of_20(subjects, equal, expected):
    previous = dict.fromkeys(range(subjects), 5)
    current = {subject: 5 if subject < equal else 6 for subject in range(subjects)}
    assert is_stale_repeat(previous, current) is expected
