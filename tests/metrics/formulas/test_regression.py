"""Shares over the logarithm of counts."""

import pytest

from metrics.formulas.regression import LOG_REGRESSION_VERSION, LogRegression, log_regression
from metrics.formulas.results import FormulaInputError, Reason, Refusal

LINE = [(10**power, 0.1 * power) for power in range(1, 6)] * 2


def test_points_on_a_line_have_no_residuals():
    line = log_regression(LINE)
    assert isinstance(line, LogRegression)
    assert (line.slope, line.intercept, line.r_squared) == pytest.approx((0.1, 0.0, 1.0))
    assert line.residuals == pytest.approx([0.0] * 10, abs=1e-12)
    assert (line.n, line.version) == (10, LOG_REGRESSION_VERSION)
    assert line.expected(1000) == pytest.approx(0.3)


def test_residuals_tell_who_lies_above_the_line():
    # Twelve points of 100 and 10,000: the line goes through both means, (2, 0.25) and (4, 0.45).
    points = [(100, 0.2), (100, 0.3)] * 3 + [(10_000, 0.4), (10_000, 0.5)] * 3
    line = log_regression(points)
    assert isinstance(line, LogRegression)
    assert (line.slope, line.intercept) == pytest.approx((0.1, 0.05))
    assert line.residuals == pytest.approx([-0.05, 0.05] * 6)
    # Sums of squares: 12 x 0.05^2 around the line, 12 x 0.05^2 + 12 x 0.1^2 around the mean.
    assert line.r_squared == pytest.approx(0.8)


def test_equal_shares_are_explained_by_nothing():
    line = log_regression([(count, 0.5) for count in range(1, 11)])
    assert isinstance(line, LogRegression)
    assert (line.slope, line.r_squared) == (0.0, 0.0)


@pytest.mark.parametrize(
    ("points", "reason"),
    [
        ([], Reason.NOT_MEASURED),
        (LINE[:9], Reason.TOO_FEW_POINTS),
        ([(100, 0.1)] * 10, Reason.TOO_FEW_POINTS),
    ],
)
def test_too_little_is_refused(points, reason):
    assert log_regression(points) == Refusal(reason, len(points), LOG_REGRESSION_VERSION)


@pytest.mark.parametrize("point", [(0, 0.5), (10, 1.5), (10, -0.1)])
def test_what_no_survey_can_give_is_an_error(point):
    with pytest.raises(FormulaInputError):
        log_regression([point])
