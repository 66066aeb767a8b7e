from datetime import date

import pytest

from metrics.formulas.growth import (
    ANNUALISED_VERSION,
    CHANGE_VERSION,
    GROWTH_VERSION,
    WINDOWS_DAYS,
    annualised_growth,
    change,
    growth,
)
from metrics.formulas.results import FormulaInputError, Reason, Refusal, Value
from tests.metrics.formulas.points import DAY, aged, before, daily


@pytest.mark.parametrize(("window_days", "start"), list(zip(WINDOWS_DAYS, [970, 910, 635], strict=True)))
def test_growth_compares_the_ends_of_the_window(window_days, start):
    points = daily(range(500, 1001))
    assert growth(points, window_days=window_days, as_of=DAY) == Value(
        1000 / start - 1, window_days + 1, GROWTH_VERSION, window_days, start_on=before(window_days), end_on=DAY
    )
    assert change(points, window_days=window_days, as_of=DAY) == Value(
        float(window_days), window_days + 1, CHANGE_VERSION, window_days, start_on=before(window_days), end_on=DAY
    )


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({30: 100, 0: 100}, 0.0),
        ({30: 100, 0: 75}, -0.25),
        ({30: 100, 0: 0}, -1.0),
        ({30: 1, 0: 2}, 1.0),
    ],
)
def test_growth_may_stand_still_or_fall(counts, expected):
    assert growth(aged(counts), window_days=30, as_of=DAY).value == expected


def test_growth_from_nothing_is_refused_but_its_change_is_known():
    points = aged({50: 0, 40: 0, 30: 0, 0: 5})
    assert growth(points, window_days=30, as_of=DAY) == Refusal(Reason.BELOW_FLOOR, 2, GROWTH_VERSION, 30)
    assert change(points, window_days=30, as_of=DAY).value == 5.0


@pytest.mark.parametrize(
    ("counts", "start_age", "end_age"),
    [
        # A missed night at the end moves the whole window, so that its length stays.
        ({33: 100, 30: 110, 3: 120}, 33, 3),
        # A missed day at the start is stood for by the nearest one, at most a tenth of the window away.
        ({33: 100, 0: 120}, 33, 0),
        ({27: 100, 0: 120}, 27, 0),
        ({32: 100, 29: 110, 0: 120}, 29, 0),
        # Of two as near, the earlier one.
        ({31: 100, 29: 110, 0: 120}, 31, 0),
        # What is unknown is no day.
        ({30: None, 28: 110, 1: 120, 0: None}, 28, 1),
    ],
)
def test_growth_says_which_days_it_compared(counts, start_age, end_age):
    result = growth(aged(counts), window_days=30, as_of=DAY)
    assert (result.start_on, result.end_on) == (before(start_age), before(end_age))
    assert result.value == counts[end_age] / counts[start_age] - 1


@pytest.mark.parametrize(
    ("window_days", "start_age", "is_near"),
    [(30, 33, True), (30, 34, False), (90, 99, True), (90, 100, False), (365, 379, True), (365, 380, False)],
)
def test_growth_tolerates_a_tenth_of_the_window_and_two_weeks_at_most(window_days, start_age, is_near):
    result = growth(aged({start_age: 100, 0: 120}), window_days=window_days, as_of=DAY)
    assert isinstance(result, Value) is is_near


@pytest.mark.parametrize(
    ("counts", "reason", "n"),
    [
        ({}, Reason.NOT_MEASURED, 0),
        ({30: None, 0: None}, Reason.NOT_MEASURED, 0),
        ({-1: 100}, Reason.NOT_MEASURED, 1),
        ({34: 100, 4: 120}, Reason.STALE, 2),
        ({0: 120}, Reason.TOO_SHORT, 1),
        ({26: 100, 0: 120}, Reason.TOO_SHORT, 2),
        ({60: 100, 34: 110, 26: 115, 0: 120}, Reason.TOO_FEW_POINTS, 4),
    ],
)
def test_growth_refuses_what_was_not_measured(counts, reason, n):
    assert growth(aged(counts), window_days=30, as_of=DAY) == Refusal(reason, n, GROWTH_VERSION, 30)
    assert change(aged(counts), window_days=30, as_of=DAY) == Refusal(reason, n, CHANGE_VERSION, 30)


@pytest.mark.parametrize(
    ("break_age", "is_refused"), [(31, False), (30, False), (29, True), (15, True), (0, True), (-1, False)]
)
def test_growth_never_bridges_a_break(break_age, is_refused):
    result = growth(daily(range(100, 150)), window_days=30, as_of=DAY, breaks=[before(break_age)])
    assert (result == Refusal(Reason.SERIES_BREAK, 50, GROWTH_VERSION, 30)) is is_refused
    assert isinstance(result, Value) is not is_refused


def test_growth_of_a_day_compares_with_the_day_before():
    assert growth(aged({1: 10, 0: 11}), window_days=1, as_of=DAY).value == pytest.approx(0.1)
    # With no tolerance, a single point does not stand for both ends.
    assert growth(aged({3: 10, 0: 11}), window_days=1, as_of=DAY).reason == Reason.TOO_FEW_POINTS


@pytest.mark.parametrize(
    "points",
    [
        [(DAY, 1), (before(1), 2)],
        [(DAY, 1), (DAY, 2)],
        [(before(1), -1), (DAY, 2)],
    ],
)
def test_growth_refuses_input_that_no_measurement_gives(points):
    with pytest.raises(FormulaInputError):
        growth(points, window_days=30, as_of=DAY)


def test_growth_refuses_a_window_of_no_day():
    with pytest.raises(FormulaInputError):
        growth([], window_days=0, as_of=DAY)


@pytest.mark.parametrize(
    ("start", "end", "printed_percent"),
    # Printed by the ROSS index for Q1 2021 (2020-12-31 to 2021-03-31).
    [
        (2176, 8342, 21500),
        (1420, 3806, 5061),
        (1429, 3734, 4562),
        (1603, 2747, 762),
        (4584, 7058, 462),
        (1613, 2255, 282),
    ],
)
def test_annualised_growth_gives_what_ross_printed(start, end, printed_percent):
    last_on = date(2021, 3, 31)
    result = annualised_growth([(date(2020, 12, 31), start), (last_on, end)], as_of=last_on)
    assert result.value * 100 == pytest.approx(printed_percent, abs=1.0)
    assert (result.n, result.version, result.window_days) == (2, ANNUALISED_VERSION, 91)


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        (1000, Value(1.1**4 - 1, 2, ANNUALISED_VERSION, 91, start_on=before(91), end_on=DAY)),
        (999, Refusal(Reason.BELOW_FLOOR, 2, ANNUALISED_VERSION, 91)),
        (None, Refusal(Reason.TOO_SHORT, 1, ANNUALISED_VERSION, 91)),
    ],
)
def test_annualised_growth_starts_at_a_thousand(start, expected):
    assert annualised_growth(aged({91: start, 0: 1100}), as_of=DAY) == expected


def test_annualised_growth_counts_the_points_of_the_quarter():
    points = aged({150: 900, 120: 950, 91: 999, 40: 1000, 0: 1100})
    assert annualised_growth(points, as_of=DAY) == Refusal(Reason.BELOW_FLOOR, 3, ANNUALISED_VERSION, 91)
