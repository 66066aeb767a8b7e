from datetime import UTC, date, datetime

import pytest
from model_bakery import baker
from psycopg.types.range import TimestamptzRange

from projects.models import StageDeclaration
from projects.stage_gaps import stage_gaps
from tests.web.catalogue import FIRST, item, period

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def at(year, month, day):
    return datetime(year, month, day, 12, tzinfo=UTC)


def declared(of, stage, day, known_at):
    baker.make(StageDeclaration, item=of, stage=stage, declared_on=day, during=TimestamptzRange(known_at, None))


def climber(number=0):
    """Seen in the sandbox as accepted, in incubation 266 days after its declared day."""
    tikv = item(f"TiKV {number}", maturity="incubating")
    period(tikv, at(2018, 8, 28), at(2019, 5, 21), maturity="sandbox")
    period(tikv, at(2019, 5, 21), maturity="incubating")
    declared(tikv, "accepted", date(2018, 8, 28), at(2021, 6, 15))
    declared(tikv, "incubating", date(2018, 8, 28), at(2022, 10, 25))
    return tikv


def test_a_gap_is_of_the_stage_that_was_seen_late():
    period(item("First"), FIRST)
    tikv, plain = climber(), item("Plain")
    assert stage_gaps([tikv.pk, plain.pk], NOW) == {(tikv.pk, "incubating"): 266}


def test_what_was_declared_later_is_not_known_yet():
    assert stage_gaps([climber().pk], at(2021, 7, 1)) == {}


@pytest.mark.parametrize("items", [1, 3])
def test_three_queries_for_any_number_of_items(items, django_assert_num_queries):
    keys = [climber(number).pk for number in range(items)]
    with django_assert_num_queries(3):
        assert len(stage_gaps(keys, NOW)) == items
