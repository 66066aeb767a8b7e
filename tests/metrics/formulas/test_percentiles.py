import random

import pytest

from metrics.formulas.percentiles import VERSION, percentiles
from metrics.formulas.results import Reason, Refusal, Value


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ([50, 10, 40, 20, 30], [90, 10, 70, 30, 50]),
        ([7, 7, 7, 7, 7], [50, 50, 50, 50, 50]),
        # Two share the top: four tenths below, a tenth each of their own.
        ([1, 2, 3, 9, 9], [10, 30, 50, 80, 80]),
        ([0, 0, 0, 0, 5], [40, 40, 40, 40, 90]),
        ([-1.5, -0.5, 0.0, 0.5, 1.5], [10, 30, 50, 70, 90]),
    ],
)
def test_percentiles_by_hand(figures, expected):
    assert percentiles(figures) == [Value(pytest.approx(value), 5, VERSION) for value in expected]


def test_an_unknown_figure_is_no_peer():
    known = Value(50.0, 5, VERSION)
    assert percentiles([None, 1, 1, 1, 1, 1]) == [Refusal(Reason.NOT_MEASURED, 5, VERSION), *[known] * 5]


@pytest.mark.parametrize("count", range(1, 5))
def test_under_five_peers_are_too_few(count):
    assert percentiles([1.0] * count) == [Refusal(Reason.TOO_FEW_PEERS, count, VERSION)] * count


def test_no_figures_give_none():
    assert percentiles([]) == []


@pytest.mark.parametrize("seed", range(10))
def test_percentiles_average_fifty_and_follow_the_figures(seed):
    draw = random.Random(seed)
    figures = [draw.randint(0, 20) for _ in range(40)]
    found = [result.value for result in percentiles(figures)]
    assert sum(found) / 40 == pytest.approx(50)
    assert all(0 < value < 100 for value in found)
    ordered = sorted(zip(figures, found, strict=True))
    assert [value for _, value in ordered] == sorted(found)
