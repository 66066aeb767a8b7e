from datetime import date
from decimal import Decimal

import pytest

from metrics.formulas.capital import exit_multiple, median, months_between, step_up


def test_twistlock_sold_for_six_and_a_half_times_its_capital():
    raised = Decimal("2.8") + 10 + 17 + 33
    assert raised == Decimal("62.8")
    assert round(exit_multiple(price=Decimal(410), raised=raised), 1) == Decimal("6.5")


@pytest.mark.parametrize(("price", "raised"), [(None, Decimal(1)), (Decimal(1), None), (Decimal(1), Decimal(0))])
def test_a_multiple_needs_both(price, raised):
    assert exit_multiple(price=price, raised=raised) is None


def test_step_up_is_pre_money_over_post_money():
    assert step_up(post_before=Decimal(100), post_now=Decimal(250), raised_now=Decimal(50)) == 2
    for unknown in ("post_before", "post_now", "raised_now"):
        known = {"post_before": Decimal(1), "post_now": Decimal(1), "raised_now": Decimal(1)}
        assert step_up(**{**known, unknown: None}) is None


def test_months_between_counts_calendar_months():
    assert months_between(date(2016, 7, 31), date(2017, 4, 1)) == 9
    assert months_between(date(2017, 4, 1), date(2016, 7, 1)) == -9
    assert months_between(date(2017, 4, 1), date(2017, 4, 30)) == 0


def test_median_of_none_one_and_two():
    assert median([]) is None
    assert median([Decimal(3)]) == 3
    assert median([Decimal(4), Decimal(1)]) == Decimal("2.5")
    assert median([Decimal(9), Decimal(1), Decimal(2)]) == 2
