"""When a logistic curve is drawn, and that it is the right one."""

from math import exp

import pytest

from metrics.formulas import s_curve as module
from metrics.formulas.results import FormulaInputError
from metrics.formulas.s_curve import LogisticFit, NoCurve, NotFitted, fit_logistic, s_curve

# Kubernetes in production, as the survey's first instrument counted it.
KUBERNETES = [(2018, 842 / 1483), (2019, 1019 / 1334), (2020, 887 / 1065), (2021, 1061 / 1334)]


def logistic(years, *, ceiling=0.8, rate=0.9, inflection=2018.5, errors=(0.0,)):
    return [
        (year, ceiling / (1 + exp(-rate * (year - inflection))) + errors[place % len(errors)])
        for place, year in enumerate(years)
    ]


def test_exact_points_give_their_curve_back():
    fit = s_curve(logistic(range(2014, 2024)))
    assert isinstance(fit, LogisticFit)
    assert (fit.ceiling, fit.rate, fit.inflection) == pytest.approx((0.8, 0.9, 2018.5), abs=1e-4)
    assert fit.at(2018.5) == pytest.approx(0.4, abs=1e-4)
    assert fit.n == 10
    assert fit.ceiling_interval.low == pytest.approx(fit.ceiling_interval.high, abs=1e-3)


def test_scattered_points_give_an_interval_that_holds_the_ceiling():
    fit = s_curve(logistic(range(2014, 2026), errors=(0.02, -0.02, -0.01, 0.01)))
    assert isinstance(fit, LogisticFit)
    assert fit.ceiling_interval.low < 0.8 < fit.ceiling_interval.high
    assert fit.ceiling_interval.high - fit.ceiling < 0.15


def test_the_survey_never_has_enough_comparable_points():
    assert s_curve(KUBERNETES) == NotFitted(NoCurve.TOO_FEW_POINTS, 4)
    assert s_curve([]) == NotFitted(NoCurve.TOO_FEW_POINTS, 0)


def test_a_curve_whose_inflection_lies_ahead_is_refused():
    points = logistic(range(2012, 2019), inflection=2020, ceiling=0.9)
    assert s_curve(points) == NotFitted(NoCurve.BEFORE_INFLECTION, 7)


def test_an_uncertain_ceiling_is_refused():
    points = logistic(range(2013, 2020), inflection=2017, errors=(0.03, -0.03))
    assert s_curve(points) == NotFitted(NoCurve.CEILING_UNCERTAIN, 7)


@pytest.mark.parametrize(
    "shares",
    [
        [0.9, 0.8, 0.6, 0.4, 0.2, 0.1],  # falls
        [0.5] * 6,  # stands still
        [0.0] * 6,
        [0.0, 0.0, 0.0, 0.7, 0.7, 0.7],  # a step
        [0.0, 0.2, 1.0, 0.1, 0.0, 0.5],  # goes up and down
    ],
)
def test_what_does_not_rise_along_a_curve_is_refused(shares):
    points = [(2015 + place, share) for place, share in enumerate(shares)]
    assert s_curve(points) == NotFitted(NoCurve.NO_FIT, 6)


def test_a_fit_that_takes_too_long_is_none(monkeypatch):
    monkeypatch.setattr(module, "MOST_STEPS", 1)
    assert fit_logistic(logistic(range(2014, 2024), errors=(0.05, -0.05))) is None


@pytest.mark.parametrize(
    "points", [[(2019, 0.1), (2018, 0.2)], [(2018, 0.1), (2018, 0.2)], [(2018, 1.2)], [(2018, -0.1)]]
)
def test_what_no_survey_can_give_is_an_error(points):
    with pytest.raises(FormulaInputError):
        s_curve(points)
