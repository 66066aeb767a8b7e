import pytest

from metrics.formulas.proportions import wilson_interval
from metrics.formulas.results import FormulaInputError, Interval


@pytest.mark.parametrize(
    ("successes", "trials", "low", "high"),
    [
        # The textbook's cases, to four places.
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (5, 10, 0.2366, 0.7634),
        (1, 1, 0.2065, 1.0),
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
    ],
)
def test_wilson_interval(successes, trials, low, high):
    assert wilson_interval(successes, trials) == Interval(pytest.approx(low, abs=6e-5), pytest.approx(high, abs=6e-5))


@pytest.mark.parametrize("trials", range(1, 60))
def test_the_share_lies_in_its_interval(trials):
    for successes in range(trials + 1):
        interval = wilson_interval(successes, trials)
        assert 0 <= interval.low <= successes / trials <= interval.high <= 1


@pytest.mark.parametrize(("successes", "trials"), [(0, 0), (2, 1), (-1, 1), (0, -1)])
def test_wilson_interval_needs_trials(successes, trials):
    with pytest.raises(FormulaInputError):
        wilson_interval(successes, trials)
