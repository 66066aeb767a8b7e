"""Whether a spreading has a curve that may be drawn: a logistic fit, and the rule that mostly refuses it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from math import exp, log, sqrt

from metrics.formulas.proportions import Z_95
from metrics.formulas.results import FormulaInputError, Interval

VERSION = "s-curve/1"
LEAST_POINTS = 6
WIDEST_REACH = 0.15
PARAMETERS = 3
MOST_STEPS = 200
CONVERGED = 1e-12
# Marquardt's damping: where it begins, by how much it moves, and where no step helps any more.
DAMPING, DAMPING_FACTOR, MOST_DAMPING = 1e-3, 10.0, 1e12
STEEPEST = 50.0
SINGULAR = 1e-18


class NoCurve(StrEnum):
    """Why no curve is drawn."""

    TOO_FEW_POINTS = "too_few_points"
    NO_FIT = "no_fit"
    BEFORE_INFLECTION = "before_inflection"
    CEILING_UNCERTAIN = "ceiling_uncertain"


@dataclass(frozen=True, slots=True)
class LogisticFit:
    """``A(t) = ceiling / (1 + exp(-rate * (t - inflection)))``: shares of 0 to 1, ``t`` and ``inflection`` in years."""

    ceiling: float
    rate: float
    inflection: float
    ceiling_interval: Interval
    n: int
    version: str = VERSION

    def at(self, year: float) -> float:
        """Give the share at a time."""
        return _logistic((self.ceiling, self.rate, self.inflection), year)


@dataclass(frozen=True, slots=True)
class NotFitted:
    """No curve, and why; ``n`` counts the comparable points."""

    reason: NoCurve
    n: int
    version: str = VERSION


Point = tuple[float, float]
Parameters = tuple[float, float, float]
Matrix = list[list[float]]


def s_curve(points: Sequence[Point]) -> LogisticFit | NotFitted:
    """Give the logistic curve of points (year, share 0 to 1) of one instrument, or the reason to draw none.

    Drawn only with at least 6 comparable points, the last of them past the inflection, and the ceiling's 95 %
    interval within 15 points of it on both sides. Refused: too few points (also for empty input), no fit (none
    converges to a rising curve), before inflection, ceiling uncertain. ``n`` is the number of points.
    Raises ``FormulaInputError`` for years that do not ascend or shares outside 0 to 1.
    Source: Bass 1969 (doi:10.1287/mnsc.15.5.215) for the shape; Marquardt 1963 (doi:10.1137/0111030) for the fit;
    the rule is ours.
    """
    years = [year for year, _ in points]
    if any(later <= earlier for earlier, later in pairwise(years)):
        raise FormulaInputError("The years of a curve ascend.")
    if any(not 0 <= share <= 1 for _, share in points):
        raise FormulaInputError("A share lies between 0 and 1.")
    if len(points) < LEAST_POINTS:
        return NotFitted(NoCurve.TOO_FEW_POINTS, len(points))
    fit = fit_logistic(points)
    if fit is None:
        return NotFitted(NoCurve.NO_FIT, len(points))
    if fit.inflection > years[-1]:
        return NotFitted(NoCurve.BEFORE_INFLECTION, len(points))
    if fit.ceiling_interval.high - fit.ceiling >= WIDEST_REACH:
        return NotFitted(NoCurve.CEILING_UNCERTAIN, len(points))
    return fit


def fit_logistic(points: Sequence[Point]) -> LogisticFit | None:
    """Give the least-squares logistic curve through at least four points; None if none converges to a rising one.

    The ceiling's interval is the normal one of the linearised fit, of shares alike in their variance.
    """
    parameters = _converged(points, _first_guess(points))
    if parameters is None:
        return None
    ceiling, rate, inflection = parameters
    normal = _normal_matrix(points, parameters)
    variance = _first_of_inverse(normal)
    if rate <= 0 or rate > STEEPEST or ceiling <= 0 or variance is None:
        return None
    spread = _squares(points, parameters) / (len(points) - PARAMETERS)
    reach = Z_95 * sqrt(spread * variance)
    return LogisticFit(ceiling, rate, inflection, Interval(ceiling - reach, ceiling + reach), len(points))


def _first_guess(points: Sequence[Point]) -> Parameters:
    """Start from a ceiling above the highest share, and from the line of the logits under it."""
    ceiling = max(share for _, share in points) * 1.1 or 0.1
    logits = [(year, _logit(share, ceiling)) for year, share in points]
    mean_year = sum(year for year, _ in logits) / len(logits)
    mean = sum(logit for _, logit in logits) / len(logits)
    products = sum((year - mean_year) * (logit - mean) for year, logit in logits)
    rate = products / sum((year - mean_year) ** 2 for year, _ in logits) or 0.1
    return ceiling, rate, mean_year - mean / rate


def _logit(share: float, ceiling: float) -> float:
    kept = min(max(share, ceiling * 0.01), ceiling * 0.99)
    return log(kept / (ceiling - kept))


def _converged(points: Sequence[Point], parameters: Parameters) -> Parameters | None:
    """Improve parameters until their squares fall no more; None if that takes too long."""
    damping, squares = DAMPING, _squares(points, parameters)
    for _ in range(MOST_STEPS):
        step = _step(points, parameters, damping)
        tried = None if step is None else _moved(parameters, step)
        new_squares = _squares(points, tried) if tried else squares
        if tried is not None and new_squares < squares:
            gained, parameters, squares = squares - new_squares, tried, new_squares
            damping /= DAMPING_FACTOR
            if gained <= CONVERGED * max(squares, CONVERGED):
                return parameters
        else:
            damping *= DAMPING_FACTOR
            if damping > MOST_DAMPING:
                return parameters
    return None


def _moved(parameters: Parameters, step: Sequence[float]) -> Parameters:
    ceiling, rate, inflection = (value + change for value, change in zip(parameters, step, strict=True))
    return ceiling, rate, inflection


def _logistic(parameters: Parameters, year: float) -> float:
    ceiling, rate, inflection = parameters
    # Beyond 700 the exponential overflows, and the share is 0 or the ceiling long before.
    return ceiling / (1 + exp(min(max(-rate * (year - inflection), -700.0), 700.0)))


def _gradient(parameters: Parameters, year: float) -> Parameters:
    ceiling, rate, inflection = parameters
    part = _logistic((1.0, rate, inflection), year)
    slope = ceiling * part * (1 - part)
    return part, slope * (year - inflection), -slope * rate


def _squares(points: Sequence[Point], parameters: Parameters) -> float:
    return sum((share - _logistic(parameters, year)) ** 2 for year, share in points)


def _normal_matrix(points: Sequence[Point], parameters: Parameters) -> Matrix:
    gradients = [_gradient(parameters, year) for year, _ in points]
    size = range(PARAMETERS)
    return [[sum(one[row] * one[column] for one in gradients) for column in size] for row in size]


def _step(points: Sequence[Point], parameters: Parameters, damping: float) -> list[float] | None:
    normal = _normal_matrix(points, parameters)
    for place in range(PARAMETERS):
        normal[place][place] *= 1 + damping
    missed = [(share - _logistic(parameters, year), _gradient(parameters, year)) for year, share in points]
    right = [sum(miss * gradient[place] for miss, gradient in missed) for place in range(PARAMETERS)]
    return _solved(normal, right)


def _first_of_inverse(matrix: Matrix) -> float | None:
    solved = _solved(matrix, [1.0, 0.0, 0.0])
    return None if solved is None else solved[0]


def _solved(matrix: Matrix, right: Sequence[float]) -> list[float] | None:
    """Solve three equations by Cramer's rule; None if they depend on each other."""
    determinant = _determinant(matrix)
    if abs(determinant) < SINGULAR:
        return None
    solved = []
    for place in range(PARAMETERS):
        replaced = [[*row[:place], value, *row[place + 1 :]] for row, value in zip(matrix, right, strict=True)]
        solved.append(_determinant(replaced) / determinant)
    return solved


def _determinant(matrix: Matrix) -> float:
    (a, b, c), (d, e, f), (g, h, i) = matrix
    return a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)
