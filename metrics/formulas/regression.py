"""What a share would be by a count alone, and how far each lies from that."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log10

from metrics.formulas.results import FormulaInputError, Reason, Refusal

LOG_REGRESSION_VERSION = "log-regression/1"
# Under this a line says more of its points than the points say of it.
LEAST_POINTS = 10
LEAST_COUNTS = 2


@dataclass(frozen=True, slots=True)
class LogRegression:
    """The line ``share = intercept + slope * log10(count)``; ``residuals`` in the order of the points.

    ``slope`` is the share (0 to 1) that ten times the count adds, ``r_squared`` (0 to 1) the part of the shares'
    variance that the line explains, a residual the share above (below, if negative) the line.
    """

    slope: float
    intercept: float
    r_squared: float
    residuals: tuple[float, ...]
    n: int
    version: str = LOG_REGRESSION_VERSION

    def expected(self, count: float) -> float:
        """Give the line's share at a count above 0."""
        return self.intercept + self.slope * log10(count)


def log_regression(points: Sequence[tuple[int, float]]) -> LogRegression | Refusal:
    """Give the least-squares line of shares (0 to 1) over the logarithm of counts; ``n`` is the number of points.

    Refused: not measured for empty input, too few points (under 10, or all of one count).
    Raises ``FormulaInputError`` for a count under 1, which has no logarithm, or a share outside 0 to 1.
    Source: ordinary least squares.
    """
    if any(count < 1 or not 0 <= share <= 1 for count, share in points):
        raise FormulaInputError("A regression on logarithms needs counts from 1 on and shares of 0 to 1.")
    if not points:
        return Refusal(Reason.NOT_MEASURED, 0, LOG_REGRESSION_VERSION)
    if len(points) < LEAST_POINTS or len({count for count, _ in points}) < LEAST_COUNTS:
        return Refusal(Reason.TOO_FEW_POINTS, len(points), LOG_REGRESSION_VERSION)
    xs, ys = [log10(count) for count, _ in points], [share for _, share in points]
    mean_x, mean_y = sum(xs) / len(xs), sum(ys) / len(ys)
    products = sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys, strict=True))
    slope = products / sum((x - mean_x) ** 2 for x in xs)
    intercept = mean_y - slope * mean_x
    residuals = tuple(y - intercept - slope * x for x, y in zip(xs, ys, strict=True))
    total = sum((y - mean_y) ** 2 for y in ys)
    r_squared = 1 - sum(residual**2 for residual in residuals) / total if total else 0.0
    return LogRegression(slope, intercept, max(r_squared, 0.0), residuals, len(points))
