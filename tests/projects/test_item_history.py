from datetime import date

import pytest
from model_bakery import baker
from psycopg.types.range import TimestamptzRange

from projects.item_history import item_history
from projects.models import StageDeclaration
from tests.web.catalogue import instant, item, period, shelf, version

pytestmark = pytest.mark.django_db


def declare(of, stage, day, since, until=None):
    during = TimestamptzRange(since, until)
    return baker.make(StageDeclaration, item=of, stage=stage, declared_on=day, during=during)


def steps(history):
    return [(step.at, step.before, step.after) for step in history.transitions]


def test_item_history_of_an_item_never_listed_is_empty(django_assert_num_queries):
    named = item("Borg", listed_at=None)
    with django_assert_num_queries(2):
        history = item_history(named)
    assert (history.periods, history.transitions, history.stages) == ((), (), ())


def test_item_history_tells_periods_and_steps_with_their_commits(django_assert_num_queries):
    cilium = item("Cilium")
    period(cilium, instant(2018, 3, 1), instant(2021, 10, 13), maturity="")
    begun = period(cilium, instant(2021, 10, 13), instant(2023, 10, 11), maturity="incubating")
    last = period(cilium, instant(2023, 10, 11), maturity="graduated")

    with django_assert_num_queries(2):
        history = item_history(cilium)

    assert [(row.starts_at, row.ends_at, row.maturity) for row in history.periods] == [
        (instant(2018, 3, 1), instant(2021, 10, 13), ""),
        (instant(2021, 10, 13), instant(2023, 10, 11), "incubating"),
        (instant(2023, 10, 11), None, "graduated"),
    ]
    assert [(step.at, step.before, step.after, step.commit) for step in history.transitions] == [
        (instant(2021, 10, 13), "", "incubating", begun.version.commit),
        (instant(2023, 10, 11), "incubating", "graduated", last.version.commit),
    ]
    assert [(stage.stage, stage.seen_at) for stage in history.stages] == [
        ("accepted", instant(2021, 10, 13)),
        ("incubating", instant(2021, 10, 13)),
        ("graduated", instant(2023, 10, 11)),
    ]


def test_item_history_joins_periods_that_differ_in_nothing_shown():
    moved = item("Moved")
    first = period(moved, instant(2020, 1, 1), instant(2020, 2, 1), extra={"links": {}})
    period(moved, instant(2020, 2, 1), instant(2020, 3, 1), extra={"links": {"twitter": "x"}})
    period(moved, instant(2020, 3, 1), instant(2020, 4, 1), subcategory=shelf(name="Network"))
    # After a gap it is a period of its own, though it says the same.
    period(moved, instant(2020, 5, 1), subcategory=shelf(name="Network"))

    periods = item_history(moved).periods

    assert [(row.starts_at, row.ends_at, row.subcategory) for row in periods] == [
        (instant(2020, 1, 1), instant(2020, 3, 1), "Storage"),
        (instant(2020, 3, 1), instant(2020, 4, 1), "Network"),
        (instant(2020, 5, 1), None, "Network"),
    ]
    assert periods[0].commit == first.version.commit


def test_item_history_names_the_version_that_dropped_a_hosted_item(django_assert_num_queries):
    rkt = item("rkt")
    period(rkt, instant(2018, 3, 1), instant(2019, 8, 16), maturity="incubating")
    period(rkt, instant(2021, 11, 8), maturity="archived")
    version(instant(2019, 8, 16))
    last_of_that_instant = version(instant(2019, 8, 16))
    version(instant(2019, 8, 17))

    with django_assert_num_queries(3):
        history = item_history(rkt)

    assert steps(history) == [
        (instant(2018, 3, 1), "", "incubating"),
        (instant(2019, 8, 16), "incubating", ""),
        (instant(2021, 11, 8), "", "archived"),
    ]
    assert history.transitions[1].commit == last_of_that_instant.commit


def test_item_history_ends_with_the_departure_of_a_hosted_item():
    left = item("Left")
    period(left, instant(2018, 3, 1), instant(2019, 1, 1), maturity="sandbox")
    assert steps(item_history(left))[-1] == (instant(2019, 1, 1), "sandbox", "")


def test_item_history_keeps_declared_days_that_were_corrected():
    openebs = item("OpenEBS")
    period(openebs, instant(2020, 1, 1), maturity="sandbox")
    declare(openebs, "accepted", date(2019, 5, 14), instant(2021, 6, 9), instant(2024, 10, 22))
    declare(openebs, "accepted", date(2024, 10, 21), instant(2024, 10, 22))
    declare(openebs, "archived", date(2024, 2, 1), instant(2024, 2, 2))

    stages = {stage.stage: stage for stage in item_history(openebs).stages}

    assert list(stages) == ["accepted", "sandbox", "archived"]
    assert stages["accepted"].declared_on == date(2024, 10, 21)
    assert [each.declared_on for each in stages["accepted"].declarations] == [date(2019, 5, 14), date(2024, 10, 21)]
    assert (stages["sandbox"].declared_on, stages["sandbox"].seen_at) == (None, instant(2020, 1, 1))
    assert (stages["archived"].declared_on, stages["archived"].seen_at) == (date(2024, 2, 1), None)


def test_item_history_puts_another_foundations_stages_by_date():
    other = item("Other")
    period(other, instant(2020, 1, 1), instant(2021, 1, 1), maturity="labs")
    period(other, instant(2021, 1, 1), maturity="impact")
    assert [stage.stage for stage in item_history(other).stages] == ["accepted", "labs", "impact"]
