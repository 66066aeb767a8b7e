import pytest

from metrics.formulas.activity import VERSION, commits
from metrics.formulas.results import FormulaInputError, Reason, Refusal, Value
from tests.metrics.formulas.points import DAY, aged, before


@pytest.mark.parametrize(
    ("counts", "window_days", "expected", "end_age"),
    [
        ({0: 12}, 30, 12.0, 0),
        ({0: 0}, 30, 0.0, 0),
        ({60: 5, 30: 7, 0: 12}, 90, 24.0, 0),
        # Days between the tiles are not added.
        ({60: 5, 45: 99, 30: 7, 1: 99, 0: 12}, 90, 24.0, 0),
        # A hole on one of the days moves the window to the newest day without one.
        ({62: 1, 60: 5, 32: 2, 30: None, 2: 4, 0: 12}, 90, 7.0, 2),
        ({3: 8}, 30, 8.0, 3),
    ],
)
def test_commits_add_up_counts_thirty_days_apart(counts, window_days, expected, end_age):
    assert commits(aged(counts), window_days=window_days, as_of=DAY) == Value(
        expected,
        window_days // 30,
        VERSION,
        window_days,
        start_on=before(end_age + window_days),
        end_on=before(end_age),
    )


@pytest.mark.parametrize(
    ("counts", "reason", "n"),
    [
        ({}, Reason.NOT_MEASURED, 0),
        ({0: None}, Reason.NOT_MEASURED, 0),
        ({-1: 5}, Reason.NOT_MEASURED, 0),
        ({64: 1, 34: 1, 4: 1}, Reason.STALE, 3),
        ({30: 7, 0: 12}, Reason.TOO_SHORT, 2),
        ({33: 7, 3: 12}, Reason.TOO_SHORT, 2),
        ({60: 5, 31: 7, 0: 12}, Reason.TOO_FEW_POINTS, 3),
    ],
)
def test_commits_are_refused_with_a_tile_missing(counts, reason, n):
    assert commits(aged(counts), window_days=90, as_of=DAY) == Refusal(reason, n, VERSION, 90)


def test_commits_of_two_repositories_are_not_added():
    points = aged({60: 5, 30: 7, 0: 12})
    broken = commits(points, window_days=90, as_of=DAY, breaks=[before(89)])
    assert broken == Refusal(Reason.SERIES_BREAK, 3, VERSION, 90)
    assert commits(points, window_days=90, as_of=DAY, breaks=[before(90)]).value == 24.0


@pytest.mark.parametrize("window_days", [0, 29, 45, -30])
def test_commits_are_known_for_multiples_of_thirty_days(window_days):
    with pytest.raises(FormulaInputError):
        commits([], window_days=window_days, as_of=DAY)
