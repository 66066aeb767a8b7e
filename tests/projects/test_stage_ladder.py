from datetime import UTC, date, datetime

import pytest

from projects.item_history import Declaration, Stage
from projects.stage_ladder import stage_ladder, stages_until

START = date(2018, 3, 1)


def at(year, month, day):
    return datetime(year, month, day, 12, tzinfo=UTC)


def stage(name, declared_on=None, seen_at=None, *earlier):
    days = [*earlier, declared_on] if declared_on else []
    return Stage(name, declared_on, seen_at, tuple(Declaration(day, at(2021, 6, 9), None) for day in days))


def rungs(*stages, maturity):
    return stage_ladder(stages, maturity=maturity, history_start=START)


def test_ladder_of_an_item_never_hosted_is_empty():
    assert rungs(maturity="") == ()


def test_ladder_shows_the_steps_still_above():
    ladder = rungs(stage("sandbox", None, at(2020, 1, 1)), maturity="sandbox")
    assert [(rung.stage, rung.is_reached, rung.is_current) for rung in ladder] == [
        ("sandbox", True, True),
        ("incubating", False, False),
        ("graduated", False, False),
    ]


def test_ladder_of_an_archived_project_ends_with_the_archive():
    ladder = rungs(stage("sandbox", None, at(2020, 1, 1)), stage("archived", None, at(2021, 1, 1)), maturity="archived")
    assert [rung.stage for rung in ladder] == ["sandbox", "archived"]


def test_ladder_gives_the_day_of_acceptance_to_the_stage_it_led_to():
    accepted = stage("accepted", date(2020, 1, 1), at(2020, 1, 2), date(2019, 12, 31))
    (rung, *_) = rungs(accepted, stage("sandbox", None, at(2020, 1, 2)), maturity="sandbox")
    assert (rung.stage, rung.declared_on, rung.earlier_days) == ("sandbox", date(2020, 1, 1), (date(2019, 12, 31),))


def test_ladder_keeps_an_acceptance_of_another_day():
    accepted = stage("accepted", date(2020, 1, 1), at(2020, 1, 2))
    ladder = rungs(accepted, stage("incubating", date(2021, 1, 1), at(2021, 1, 2)), maturity="incubating")
    assert [rung.stage for rung in ladder] == ["accepted", "incubating", "graduated"]


def test_ladder_notes_dates_more_than_thirty_days_apart():
    late = stage("incubating", date(2020, 1, 1), at(2020, 2, 1))
    early = stage("graduated", date(2022, 3, 4), at(2022, 1, 1))
    near = stage("sandbox", date(2019, 1, 1), at(2019, 1, 31))
    ladder = rungs(near, late, early, maturity="graduated")
    assert [(rung.gap_days, rung.days_early) for rung in ladder] == [(None, 0), (31, -31), (-62, 62)]


@pytest.mark.parametrize(("declared", "gap"), [(date(2018, 3, 2), None), (date(2018, 3, 6), -5)])
def test_ladder_notes_what_the_history_begins_with_before_it_was_declared(declared, gap):
    (rung,) = rungs(stage("graduated", declared, at(2018, 3, 1)), maturity="graduated")
    assert (rung.is_seen_from_start, rung.gap_days) == (True, gap)


def test_ladder_does_not_call_late_what_the_history_begins_with():
    (rung,) = rungs(stage("graduated", date(2016, 1, 1), at(2018, 3, 1)), maturity="graduated")
    assert (rung.gap_days, rung.is_seen_from_start, rung.is_before_history) == (None, True, False)


def test_ladder_tells_what_was_over_before_the_history():
    (rung, _) = rungs(
        stage("incubating", date(2016, 3, 10)),
        stage("graduated", date(2018, 3, 6), at(2018, 3, 1)),
        maturity="graduated",
    )
    assert (rung.is_before_history, rung.gap_days) == (True, None)


def test_stages_until_knows_nothing_of_later_days():
    stages = [
        stage("sandbox", date(2020, 1, 1), at(2020, 1, 5)),
        stage("incubating", date(2021, 1, 1), at(2021, 3, 1)),
        stage("graduated", date(2022, 1, 1), at(2022, 1, 1)),
    ]
    known = stages_until(stages, at(2021, 2, 1))
    assert [(each.stage, each.declared_on, each.seen_at) for each in known] == [
        ("sandbox", date(2020, 1, 1), at(2020, 1, 5)),
        ("incubating", date(2021, 1, 1), None),
    ]
