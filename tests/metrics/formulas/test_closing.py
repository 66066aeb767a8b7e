import pytest

from metrics.formulas.closing import (
    ACCEPTANCE_VERSION,
    CLOSING_VERSION,
    CLOSURE_VERSION,
    Decisions,
    Tally,
    acceptance_ratio,
    closing_ratio,
    closure_ratio,
)
from metrics.formulas.proportions import wilson_interval
from metrics.formulas.results import FormulaInputError, Reason, Refusal, Value
from tests.metrics.formulas.points import DAY, before


def tallies(counts):
    return [Tally(before(age), *counts[age]) for age in sorted(counts, reverse=True)]


def decisions(counts):
    return [Decisions(before(age), *counts[age]) for age in sorted(counts, reverse=True)]


@pytest.mark.parametrize(
    ("counts", "closing", "opened", "closure", "seen"),
    [
        # 20 open, 100 closed; 30 were opened, 40 closed: 10 left of the 50 that were open at any time.
        ({30: (20, 100), 0: (10, 140)}, 40 / 30, 30, 0.8, 50),
        ({30: (20, 100), 0: (50, 100)}, 0.0, 30, 0.0, 50),
        ({30: (0, 0), 0: (0, 5)}, 1.0, 5, 1.0, 5),
        ({30: (0, 0), 0: (5, 0)}, 0.0, 5, 0.0, 5),
        # Days between that hide a rise and a fall of the closed count alone: some were opened again.
        ({30: (20, 100), 15: (5, 120), 0: (15, 115)}, 1.5, 10, 0.5, 30),
    ],
)
def test_closing_and_closure_by_hand(counts, closing, opened, closure, seen):
    assert closing_ratio(tallies(counts), window_days=30, as_of=DAY) == Value(
        closing, opened, CLOSING_VERSION, 30, start_on=before(30), end_on=DAY
    )
    assert closure_ratio(tallies(counts), window_days=30, as_of=DAY) == Value(
        closure, seen, CLOSURE_VERSION, 30, start_on=before(30), end_on=DAY
    )


def test_closing_old_ones_alone_is_no_ratio_to_the_opened():
    counts = tallies({30: (20, 100), 0: (15, 105)})
    assert closing_ratio(counts, window_days=30, as_of=DAY) == Refusal(Reason.BELOW_FLOOR, 0, CLOSING_VERSION, 30)
    assert closure_ratio(counts, window_days=30, as_of=DAY).value == 0.25


def test_where_nothing_was_open_nothing_is_closed():
    counts = tallies({30: (0, 100), 0: (0, 100)})
    assert closing_ratio(counts, window_days=30, as_of=DAY) == Refusal(Reason.BELOW_FLOOR, 0, CLOSING_VERSION, 30)
    assert closure_ratio(counts, window_days=30, as_of=DAY) == Refusal(Reason.BELOW_FLOOR, 0, CLOSURE_VERSION, 30)


@pytest.mark.parametrize(
    ("counts", "reason", "n"),
    [
        ({}, Reason.NOT_MEASURED, 0),
        ({30: (None, 5), 0: (5, None)}, Reason.NOT_MEASURED, 0),
        ({35: (1, 1), 5: (2, 2)}, Reason.STALE, 2),
        ({5: (1, 1), 0: (2, 2)}, Reason.TOO_SHORT, 2),
        ({60: (1, 1), 5: (1, 1), 0: (2, 2)}, Reason.TOO_FEW_POINTS, 3),
        # Ten issues left by transfer, though thirty came later.
        ({30: (20, 100), 15: (10, 100), 0: (40, 100)}, Reason.NEGATIVE, 3),
        # Closed ones were opened again.
        ({30: (20, 100), 0: (30, 95)}, Reason.NEGATIVE, 2),
    ],
)
def test_what_counts_cannot_tell_is_refused(counts, reason, n):
    assert closing_ratio(tallies(counts), window_days=30, as_of=DAY) == Refusal(reason, n, CLOSING_VERSION, 30)
    assert closure_ratio(tallies(counts), window_days=30, as_of=DAY) == Refusal(reason, n, CLOSURE_VERSION, 30)


def test_a_short_fall_is_left_out_of_both_counts():
    # Ten were deleted, two of them closed ones, in three days of 30; before and after, 20 opened and 15 closed.
    counts = tallies({30: (20, 100), 18: (22, 108), 15: (14, 106), 0: (17, 113)})
    assert closing_ratio(counts, window_days=30, as_of=DAY) == Value(
        15 / 20, 20, CLOSING_VERSION, 30, start_on=before(30), end_on=DAY
    )
    assert closure_ratio(counts, window_days=30, as_of=DAY) == Refusal(Reason.NEGATIVE, 4, CLOSURE_VERSION, 30)


@pytest.mark.parametrize(
    ("counts", "reason", "n"),
    [
        # The step of the fall takes four of 30 days.
        ({30: (20, 100), 19: (22, 108), 15: (14, 106), 0: (17, 113)}, Reason.NEGATIVE, 4),
        # Without the fall, closed ones were opened again.
        ({30: (20, 100), 18: (30, 95), 15: (14, 106), 0: (20, 106)}, Reason.NEGATIVE, 4),
        # Without the fall, nothing was opened.
        ({30: (20, 100), 18: (20, 100), 15: (10, 100), 0: (5, 105)}, Reason.BELOW_FLOOR, 0),
    ],
)
def test_what_is_left_besides_a_fall_is_refused_too(counts, reason, n):
    assert closing_ratio(tallies(counts), window_days=30, as_of=DAY) == Refusal(reason, n, CLOSING_VERSION, 30)


def test_a_fall_outside_the_span_does_not_matter():
    counts = tallies({40: (50, 100), 30: (20, 100), 0: (10, 140), -1: (0, 0)})
    assert closing_ratio(counts, window_days=30, as_of=DAY).n == 30


def test_closing_never_bridges_a_break():
    counts = tallies({30: (20, 100), 0: (10, 140)})
    broken = closing_ratio(counts, window_days=30, as_of=DAY, breaks=[before(10)])
    assert broken == Refusal(Reason.SERIES_BREAK, 2, CLOSING_VERSION, 30)
    assert closing_ratio(counts, window_days=30, as_of=DAY, breaks=[before(30)]).n == 30


@pytest.mark.parametrize("wrong", [{1: (-1, 5), 0: (1, 5)}, {1: (1, -5), 0: (1, 5)}])
def test_closing_refuses_negative_counts(wrong):
    with pytest.raises(FormulaInputError):
        closing_ratio(tallies(wrong), window_days=1, as_of=DAY)


def test_closing_refuses_days_out_of_order():
    with pytest.raises(FormulaInputError):
        closing_ratio([Tally(DAY, 1, 1), Tally(before(1), 1, 1)], window_days=1, as_of=DAY)


def test_acceptance_is_the_share_merged_of_the_decided():
    counts = decisions({30: (100, 50), 0: (130, 60)})
    assert acceptance_ratio(counts, window_days=30, as_of=DAY) == Value(
        0.75, 40, ACCEPTANCE_VERSION, 30, wilson_interval(30, 40), before(30), DAY
    )


@pytest.mark.parametrize(
    ("counts", "reason", "n"),
    [
        ({}, Reason.NOT_MEASURED, 0),
        ({30: (100, 50), 0: (100, 50)}, Reason.BELOW_FLOOR, 0),
        # A declined one was opened again, which merged ones hide in the sum.
        ({30: (100, 50), 0: (110, 49)}, Reason.NEGATIVE, 0),
        ({30: (100, 50), 0: (99, 60)}, Reason.NEGATIVE, 2),
    ],
)
def test_acceptance_is_refused_where_decisions_were_undone(counts, reason, n):
    result = acceptance_ratio(decisions(counts), window_days=30, as_of=DAY)
    assert result == Refusal(reason, n, ACCEPTANCE_VERSION, 30)
