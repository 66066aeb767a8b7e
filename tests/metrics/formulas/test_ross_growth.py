from datetime import date, timedelta

import pytest

from metrics.formulas.results import FormulaInputError, Reason, Refusal, Value
from metrics.formulas.ross_growth import VERSION, ross_growth
from tests.metrics.formulas.points import DAY, aged, before, daily

QUARTER_ON = date(2025, 10, 1)


@pytest.mark.parametrize(
    ("stars_start", "stars_end", "start_on", "end_on", "printed"),
    # Printed by the ROSS index for Q4 2025.
    [
        (393, 21589, date(2025, 8, 9), date(2025, 11, 7), 21.59),
        (2, 18097, date(2025, 7, 25), date(2025, 10, 23), 18.10),
        (973, 17143, date(2025, 9, 10), date(2025, 12, 9), 17.14),
        (1001, 9487, date(2025, 8, 12), date(2025, 11, 10), 9.48),
        (1676, 14996, date(2025, 7, 3), date(2025, 10, 1), 8.95),
        (1015, 6557, date(2025, 8, 1), date(2025, 10, 30), 6.46),
        (6437, 40224, date(2025, 7, 3), date(2025, 10, 1), 6.25),
        (3451, 16091, date(2025, 8, 15), date(2025, 11, 13), 4.66),
    ],
)
def test_ross_growth_gives_what_ross_printed(stars_start, stars_end, start_on, end_on, printed):
    result = ross_growth([(start_on, stars_start), (end_on, stars_end)], first_on=QUARTER_ON, last_on=DAY)
    assert round(result.value, 2) == printed
    assert (result.n, result.start_on, result.end_on, result.window_days) == (1, start_on, end_on, 90)


def test_ross_growth_is_the_best_window_that_ends_in_the_period():
    # 1,000 stars and a jump to 3,000 on the 10th day of the quarter.
    jump_on = QUARTER_ON + timedelta(days=9)
    days = [QUARTER_ON - timedelta(days=90) + timedelta(days=step) for step in range(182)]
    points = [(day, 1000 if day < jump_on else 3000) for day in days]
    assert ross_growth(points, first_on=QUARTER_ON, last_on=DAY) == Value(
        3.0, 92, VERSION, 90, start_on=jump_on - timedelta(days=90), end_on=jump_on
    )
    early = ross_growth(points, first_on=QUARTER_ON, last_on=jump_on - timedelta(days=1))
    assert (early.value, early.n) == (1.0, 9)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [(999, 1998, 1.998), (1000, 2000, 2.0), (1001, 2002, 2.0), (0, 1000, 1.0), (2000, 1000, 0.5)],
)
def test_ross_growth_divides_by_a_thousand_at_least(start, end, expected):
    assert ross_growth(aged({90: start, 0: end}), first_on=DAY, last_on=DAY).value == expected


@pytest.mark.parametrize(
    ("counts", "breaks", "reason", "n"),
    [
        ({}, [], Reason.NOT_MEASURED, 0),
        ({90: 1000, 0: None}, [], Reason.NOT_MEASURED, 0),
        ({0: 5000}, [], Reason.TOO_SHORT, 0),
        ({91: 1000, 89: 1000, 0: 5000}, [], Reason.TOO_SHORT, 0),
        ({90: None, 0: 5000}, [], Reason.TOO_SHORT, 0),
        ({90: 500, 0: 999}, [], Reason.BELOW_FLOOR, 1),
        ({90: 1000, 0: 5000}, [before(89)], Reason.SERIES_BREAK, 1),
        ({90: 1000, 0: 5000}, [DAY], Reason.SERIES_BREAK, 1),
    ],
)
def test_ross_growth_refuses_what_the_rule_does_not_cover(counts, breaks, reason, n):
    result = ross_growth(aged(counts), first_on=DAY, last_on=DAY, breaks=breaks)
    assert result == Refusal(reason, n, VERSION, 90)


def test_ross_growth_leaves_out_only_the_windows_with_a_break():
    points = daily([1000] * 90 + [2000, 1500])
    whole = ross_growth(points, first_on=before(1), last_on=DAY)
    assert (whole.value, whole.n) == (2.0, 2)
    broken = ross_growth(points, first_on=before(1), last_on=DAY, breaks=[DAY])
    assert (broken.value, broken.n, broken.end_on) == (2.0, 1, before(1))


def test_ross_growth_refuses_a_period_that_ends_before_it_starts():
    with pytest.raises(FormulaInputError):
        ross_growth([], first_on=DAY, last_on=before(1))
