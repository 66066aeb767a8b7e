import pytest

from metrics.formulas.releases import FREQUENCY_VERSION, RECENCY_VERSION, days_since, release_frequency
from metrics.formulas.results import Reason, Refusal, Value
from tests.metrics.formulas.points import DAY, before


@pytest.mark.parametrize(
    ("ages", "expected", "n"),
    [([0], 0.0, 1), ([1], 1.0, 1), ([400, 12, 90], 12.0, 3), ([12, 12], 12.0, 2), ([-3, 40], 40.0, 1)],
)
def test_days_since_the_latest(ages, expected, n):
    result = days_since([before(age) for age in ages], as_of=DAY)
    assert result == Value(expected, n, RECENCY_VERSION, start_on=before(expected), end_on=DAY)


@pytest.mark.parametrize("ages", [[], [-1], [-1, -400]])
def test_what_has_not_happened_has_no_age(ages):
    result = days_since([before(age) for age in ages], as_of=DAY)
    assert result == Refusal(Reason.BELOW_FLOOR, 0, RECENCY_VERSION)


@pytest.mark.parametrize(
    ("ages", "expected"), [([], 0), ([0], 1), ([364], 1), ([365], 0), ([-1], 0), ([3, 3, 200, 900], 3)]
)
def test_release_frequency_counts_the_window(ages, expected):
    result = release_frequency([before(age) for age in ages], window_days=365, as_of=DAY)
    assert result == Value(float(expected), expected, FREQUENCY_VERSION, 365, end_on=DAY)


def test_unknown_releases_are_not_no_releases():
    result = release_frequency(None, window_days=365, as_of=DAY)
    assert result == Refusal(Reason.NOT_MEASURED, 0, FREQUENCY_VERSION, 365)
