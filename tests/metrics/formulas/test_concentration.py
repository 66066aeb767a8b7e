import random

import pytest

from metrics.formulas.concentration import (
    ABSENCE_VERSION,
    ELEPHANT_VERSION,
    HHI_VERSION,
    LARGEST_VERSION,
    Concentration,
    Guideline,
    Holdings,
    absence_factor,
    concentration_of,
    elephant_factor,
    hhi,
    largest_share,
)
from metrics.formulas.results import FormulaInputError, Interval, IntervalKind, Reason, Refusal, Value

# Maintainers by employer in cncf/foundation's project-maintainers.csv on 2026-08-21.
LINKERD = Holdings([7])
TIKV = Holdings([5, 1], unknown=1)
PROMETHEUS = Holdings([1, 1, 1, 1, 2, 23, 1, 2, 1, 4, 1, 1], unknown=11, alone=2)
KUBERNETES = Holdings([24, 19, 9, 4, 3, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1], unknown=10, alone=6)


def bounds(low, high):
    return Interval(pytest.approx(low), pytest.approx(high), IntervalKind.BOUNDS)


@pytest.mark.parametrize(
    ("contributions", "expected", "n"),
    [
        # The example of CHAOSS: 1,237.5 of 2,475 take 1,000 + 433.
        ([1000, 202, 90, 33, 332, 343, 42, 433], 2, 8),
        ([5], 1, 1),
        # Exactly half is enough.
        ([5, 5], 1, 2),
        ([5, 5, 5], 2, 3),
        ([1] * 10, 5, 10),
        ([1] * 11, 6, 11),
        ([5, 0, 0], 1, 1),
    ],
)
def test_absence_factor(contributions, expected, n):
    assert absence_factor(contributions) == Value(float(expected), n, ABSENCE_VERSION)


@pytest.mark.parametrize(("contributions", "reason"), [([], Reason.NOT_MEASURED), ([0, 0], Reason.BELOW_FLOOR)])
def test_absence_factor_of_nobody_is_refused(contributions, reason):
    assert absence_factor(contributions) == Refusal(reason, 0, ABSENCE_VERSION)


@pytest.mark.parametrize(
    ("holdings", "largest", "largest_bounds", "elephant", "elephant_bounds", "n"),
    [
        (LINKERD, 1.0, (1.0, 1.0), 1, (1, 1), 7),
        (TIKV, 5 / 7, (5 / 7, 6 / 7), 1, (1, 1), 7),
        # 26 of 52: Grafana's 23 with the unknown 11 as one class, with some of its own, or with Red Hat's 4.
        (PROMETHEUS, 23 / 52, (23 / 52, 34 / 52), 2, (1, 2), 52),
        # 48.5 of 97: 24 + 19 + the unknown 10; with them as the largest's, 34 + 19; apart, 24 + 19 + 9.
        (KUBERNETES, 24 / 97, (24 / 97, 34 / 97), 3, (2, 3), 97),
        (Holdings([], alone=4), 0.25, (0.25, 0.25), 2, (2, 2), 4),
        (Holdings([2, 2], unknown=4), 0.25, (0.25, 0.75), 1, (1, 2), 8),
    ],
)
def test_employers_of_maintainers(holdings, largest, largest_bounds, elephant, elephant_bounds, n):
    assert largest_share(holdings) == Value(largest, n, LARGEST_VERSION, interval=bounds(*largest_bounds))
    assert elephant_factor(holdings) == Value(elephant, n, ELEPHANT_VERSION, interval=bounds(*elephant_bounds))


@pytest.mark.parametrize(
    ("holdings", "expected", "low", "high"),
    [
        (LINKERD, 10_000, 10_000, 10_000),
        # 25 + 1 + 1 of 49; the unknown one as PingCAP's: 36 + 1.
        (TIKV, 10_000 * 27 / 49, 10_000 * 27 / 49, 10_000 * 37 / 49),
        # 529 + 16 + 2 x 4 + 8 x 1 + 2 alone = 563; with 121, with 11, with 34 x 34 for 23 x 23, of 2,704.
        (PROMETHEUS, 10_000 * 684 / 2704, 10_000 * 574 / 2704, 10_000 * 1190 / 2704),
        (Holdings([1, 1, 1, 1]), 2_500, 2_500, 2_500),
        (Holdings([], alone=4), 2_500, 2_500, 2_500),
    ],
)
def test_hhi(holdings, expected, low, high):
    assert hhi(holdings) == Value(
        pytest.approx(expected),
        sum(holdings.known) + holdings.unknown + holdings.alone,
        HHI_VERSION,
        0,
        bounds(low, high),
    )


@pytest.mark.parametrize("formula", [elephant_factor, largest_share, hhi])
def test_the_unknown_may_be_half_but_not_more(formula):
    assert isinstance(formula(Holdings([5], unknown=5)), Value)
    refusal = formula(Holdings([5], unknown=6))
    assert (refusal.reason, refusal.n) == (Reason.UNKNOWN_SHARE, 11)
    assert formula(Holdings([], unknown=25)).reason == Reason.UNKNOWN_SHARE


@pytest.mark.parametrize("formula", [elephant_factor, largest_share, hhi])
@pytest.mark.parametrize("holdings", [Holdings([]), Holdings([0, 0])])
def test_nobody_is_not_measured(formula, holdings):
    refusal = formula(holdings)
    assert (refusal.reason, refusal.n) == (Reason.NOT_MEASURED, 0)


@pytest.mark.parametrize("formula", [elephant_factor, largest_share, hhi])
@pytest.mark.parametrize("holdings", [Holdings([-1, 5]), Holdings([5], unknown=-1), Holdings([5], alone=-1)])
def test_counts_are_never_negative(formula, holdings):
    with pytest.raises(FormulaInputError):
        formula(holdings)


def test_contributions_are_never_negative():
    with pytest.raises(FormulaInputError):
        absence_factor([5, -1])


@pytest.mark.parametrize("seed", range(30))
def test_values_lie_in_their_bounds_and_mind_no_order(seed):
    draw = random.Random(seed)
    known = [draw.randint(1, 30) for _ in range(draw.randint(1, 12))]
    holdings = Holdings(known, unknown=draw.randint(0, sum(known)), alone=draw.randint(0, 4))
    shuffled = Holdings(sorted(known), unknown=holdings.unknown, alone=holdings.alone)
    for formula in (elephant_factor, largest_share, hhi):
        result = formula(holdings)
        assert result.interval.low <= result.value <= result.interval.high
        assert formula(shuffled) == result


@pytest.mark.parametrize(
    ("index", "in_2010", "in_2023"),
    [
        (0, Concentration.UNCONCENTRATED, Concentration.UNCONCENTRATED),
        (999.9, Concentration.UNCONCENTRATED, Concentration.UNCONCENTRATED),
        (1000, Concentration.UNCONCENTRATED, Concentration.MODERATE),
        (1500, Concentration.MODERATE, Concentration.MODERATE),
        (1800, Concentration.MODERATE, Concentration.MODERATE),
        (1800.1, Concentration.MODERATE, Concentration.HIGH),
        (2500, Concentration.MODERATE, Concentration.HIGH),
        (2500.1, Concentration.HIGH, Concentration.HIGH),
        (10_000, Concentration.HIGH, Concentration.HIGH),
    ],
)
def test_both_guidelines_name_a_concentration(index, in_2010, in_2023):
    assert concentration_of(index, guideline=Guideline.US_2010) == in_2010
    assert concentration_of(index, guideline=Guideline.US_2023) == in_2023


@pytest.mark.parametrize("index", [-0.1, 10_000.1])
def test_an_hhi_has_a_range(index):
    with pytest.raises(FormulaInputError):
        concentration_of(index, guideline=Guideline.US_2023)
