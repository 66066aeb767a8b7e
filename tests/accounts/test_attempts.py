"""How often something may be tried."""

from datetime import UTC, datetime, timedelta

import pytest

from accounts.attempts import Limit
from accounts.models import Attempt

NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)
LIMIT = Limit("test", most=2, window=timedelta(minutes=10))

pytestmark = pytest.mark.django_db


def test_limit_refuses_once_there_were_more_than_most():
    assert [LIMIT.take("anna", now=NOW) for _ in range(4)] == [True, True, False, False]


def test_limit_counts_each_subject_alone():
    for _ in range(3):
        LIMIT.take("anna", "192.0.2.1", now=NOW)

    assert LIMIT.take("anna", "192.0.2.2", now=NOW)
    assert LIMIT.take("ben", "192.0.2.1", now=NOW)
    assert Limit("other", most=1, window=timedelta(minutes=10)).take("anna", "192.0.2.1", now=NOW)


def test_limit_opens_again_after_its_window():
    for _ in range(3):
        LIMIT.take("anna", now=NOW)

    assert not LIMIT.take("anna", now=NOW + timedelta(minutes=9, seconds=59))
    assert LIMIT.take("anna", now=NOW + timedelta(minutes=10))


def test_limit_forgets_after_success():
    for _ in range(3):
        LIMIT.take("anna", now=NOW)

    LIMIT.forget("anna")

    assert LIMIT.take("anna", now=NOW)


def test_limit_sweeps_closed_windows_and_keeps_no_names():
    LIMIT.take("anna", now=NOW)
    LIMIT.take("ben", now=NOW + timedelta(minutes=5))

    LIMIT.take("carla", now=NOW + timedelta(minutes=11))

    assert Attempt.objects.count() == 2
    assert not any("ben" in row.digest for row in Attempt.objects.all())


def test_limit_costs_one_query_while_a_window_is_open(django_assert_num_queries):
    LIMIT.take("anna", now=NOW)

    with django_assert_num_queries(1):
        LIMIT.take("anna", now=NOW)
