import random

import pytest

from metrics.formulas.burstiness import (
    BURST_SHARE_VERSION,
    VERSION,
    Outlier,
    burst_share,
    burstiness,
    outliers,
)
from metrics.formulas.results import FormulaInputError, Reason, Refusal, Value


@pytest.mark.parametrize(
    ("amounts", "expected"),
    [
        ([7] * 10, -1.0),
        # Mean 1, sigma 3: one burst in ten.
        ([10] + [0] * 9, 0.5),
        # Mean 1, sigma 1.
        ([0, 2] * 5, 0.0),
        # Mean 2, sigma 1.
        ([1, 3] * 6, -1 / 3),
    ],
)
def test_burstiness_by_hand(amounts, expected):
    assert burstiness(amounts, period_days=7) == Value(pytest.approx(expected), len(amounts), VERSION, 7 * len(amounts))


def test_burstiness_leaves_out_unknown_periods_but_not_empty_ones():
    result = burstiness([0, None, 2] * 5, period_days=7)
    assert (result.value, result.n, result.window_days) == (0.0, 10, 105)


@pytest.mark.parametrize("seed", range(10))
def test_burstiness_minds_neither_scale_nor_order(seed):
    draw = random.Random(seed)
    amounts = [draw.randint(0, 50) for _ in range(30)]
    value = burstiness(amounts, period_days=7).value
    assert -1 <= value < 1
    assert burstiness([9 * amount for amount in amounts], period_days=7).value == pytest.approx(value)
    assert burstiness(sorted(amounts), period_days=7).value == pytest.approx(value)


def test_burst_share_by_hand():
    amounts = [1, 2, 3, None, 4, 0, 0, 0, 0, 0, 10]
    assert burst_share(amounts, period_days=1) == Value(0.5, 10, BURST_SHARE_VERSION, 11)


@pytest.mark.parametrize(
    ("amounts", "reason", "n"),
    [
        ([], Reason.NOT_MEASURED, 0),
        ([None] * 12, Reason.NOT_MEASURED, 0),
        ([5] * 9 + [None], Reason.TOO_FEW_POINTS, 9),
        ([0] * 12, Reason.BELOW_FLOOR, 12),
    ],
)
def test_what_shows_no_rhythm_is_refused(amounts, reason, n):
    days = 7 * len(amounts)
    assert burstiness(amounts, period_days=7) == Refusal(reason, n, VERSION, days)
    assert burst_share(amounts, period_days=7) == Refusal(reason, n, BURST_SHARE_VERSION, days)


@pytest.mark.parametrize("formula", [burstiness, burst_share])
def test_nothing_is_added_negatively(formula):
    with pytest.raises(FormulaInputError):
        formula([-1] * 20, period_days=7)
    with pytest.raises(FormulaInputError):
        outliers([-1] * 20)


def test_an_outlier_lies_outside_its_band():
    # 19 weeks of 10 and one of 30: mean 11, sigma sqrt(19).
    reach = 2 * 19**0.5
    assert outliers([10] * 19 + [30]) == (Outlier(19, 30, pytest.approx(11 - reach), pytest.approx(11 + reach)),)
    # The next even week lies in a band that the burst has widened.
    assert [found.position for found in outliers([10] * 19 + [30, 10])] == [19]


def test_a_fall_is_an_outlier_too():
    assert [found.position for found in outliers([10] * 19 + [0])] == [19]


def test_unknown_periods_are_passed_over():
    assert [found.position for found in outliers([10, None] * 19 + [30])] == [38]


@pytest.mark.parametrize("amounts", [[], [5] * 18 + [99], [5] * 40, [1, 3] * 20])
def test_no_outliers(amounts):
    assert outliers(amounts) == ()
