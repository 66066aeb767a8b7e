"""Limits are kept to the second, faults are survived, and nothing is ever stored that nobody said."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils.translation import override

from metrics.models import RepositorySnapshot
from sources.importers.github.steps import drive
from sources.models import MetricsRun, RunStatus
from tests.fakes.github import Refusal
from tests.sources.importers.github.nights import Nights, counts

pytestmark = pytest.mark.enable_socket
FAULTS = ["bad_gateway", "bad_gateway_html", "gateway_timeout", "server_error", "null_data", "html"]


def assert_truth(nights):
    for one in nights.repositories():
        assert counts(nights.row(one).snapshots.order_by("day").last()) == nights.truth(one)


@pytest.mark.parametrize("kind", [*FAULTS, "resource_limits", "history_limits", "reset"])
def test_a_fault_costs_a_retry_and_nothing_else(nights, kind):
    nights.fake.faults.add(kind, times=2)

    run = nights.night()

    assert run.counts == {"repositories": 60, "measured": 60}
    assert_truth(nights)


@pytest.mark.parametrize("kind", ["bad_gateway", "resource_limits", "gateway_timeout"])
def test_batches_that_are_too_large_shrink_until_they_are_answered(nights, kind):
    nights.fake.faults.add(kind, above=12)

    run = nights.night()

    assert run.counts == {"repositories": 60, "measured": 60}
    assert_truth(nights)
    assert run.requests <= 20


def test_a_third_of_all_requests_failing_loses_nothing(nights):
    for kind in (*FAULTS, "resource_limits", "history_limits", "reset"):
        nights.fake.faults.add(kind, rate=0.05)

    for _ in range(3):
        assert nights.next_night().counts == {"repositories": 60, "measured": 60}
        assert_truth(nights)


@pytest.mark.parametrize("kind", ["primary", "secondary", "secondary_429", "secondary_untold"])
def test_nothing_is_sent_while_limited(nights, kind):
    nights.fake.faults.add(kind, times=1)
    began = nights.clock()

    run = nights.night()

    assert nights.fake.ledger.violations == []
    assert run.counts == {"repositories": 60, "measured": 60}
    assert nights.clock() - began >= timedelta(seconds=60)


def test_a_limited_step_comes_back_by_countdown_and_the_run_says_until_when(nights):
    nights.fake.faults.add("secondary", times=1, retry_after=120)
    run = nights.open()

    with nights.connected() as github:
        onward = drive(run.pk, github)

    run.refresh_from_db()
    assert timedelta(seconds=120) <= onward.at - nights.clock() <= timedelta(seconds=122)
    assert run.paused_until == onward.at


@pytest.mark.parametrize("is_valkey_lost", [False, True])
def test_a_pause_holds_for_another_worker_even_if_valkey_forgot_it(nights, is_valkey_lost):
    nights.fake.faults.add("secondary", times=1)
    run = nights.open()
    with nights.connected() as github:
        drive(run.pk, github)
    if is_valkey_lost:
        cache.clear()

    with nights.connected() as github:
        nights.clock.advance(seconds=30)
        MetricsRun.objects.update(due_at=None)
        drive(run.pk, github)

    assert nights.fake.ledger.requests == 1
    assert nights.finish(run).counts == {"repositories": 60, "measured": 60}
    assert nights.fake.ledger.violations == []


def test_refusals_without_a_time_are_waited_out_ever_longer(nights):
    nights.fake.faults.add("secondary_untold", times=3)
    began = nights.clock()

    nights.night()

    assert nights.clock() - began >= timedelta(minutes=1 + 2 + 4)
    assert nights.fake.ledger.violations == []


def test_a_share_of_the_budget_is_left_for_others(nights, clock):
    careful = Nights(nights.fake, clock, budget_left=4990)
    began = nights.clock()

    for _ in range(3):
        careful.night()

    assert nights.clock() - began >= timedelta(minutes=59)
    assert min(budget.limit - budget.used for budget in nights.fake.budgets.values()) >= 4980


def test_a_second_look_waits_for_its_own_budget_and_nothing_is_asked_meanwhile(nights):
    """What GraphQL does not find is asked of REST, whose budget can end while GraphQL's does not."""
    for one in nights.repositories()[:2]:
        one.refusal = Refusal.MISSING
    core = nights.fake.budgets["core"]
    core.used = core.limit
    began = nights.clock()

    run = nights.night()

    assert run.counts["measured"] == 58
    assert run.requests <= 10
    assert nights.clock() - began >= timedelta(minutes=59)
    assert nights.fake.ledger.violations == []


def test_a_refused_token_ends_the_run_with_a_sentence_that_does_not_hold_it(nights, caplog):
    nights.fake.token = "another"

    run = nights.night()

    assert run.status == RunStatus.FAILED
    assert run.message == "GitHub does not accept the token: Bad credentials."
    assert (run.reason, run.reason_details) == ("token_refused", {"said": "Bad credentials"})
    assert run.counts == {"repositories": 60, "measured": 0, "not_asked": 60}
    assert run.requests == 1
    assert nights.access.token not in caplog.text + str(run.counts) + repr(nights.access)


def test_a_token_that_ends_soon_is_told(nights):
    nights.fake.token_expires = f"{nights.clock() + timedelta(days=5):%Y-%m-%d %H:%M:%S} UTC"

    assert nights.night().message == "The GitHub token expires on 2026-11-27."


def test_a_token_that_ends_soon_is_told_though_the_last_step_asks_nothing(nights):
    nights.fake.token_expires = f"{nights.clock() + timedelta(days=5):%Y-%m-%d %H:%M:%S} UTC"
    run = nights.open()

    while run.status == RunStatus.RUNNING:
        # The queue gives every step a connection of its own.
        with nights.connected() as github:
            onward = drive(run.pk, github)
        run.refresh_from_db()
        nights.clock.advance_to(onward.at if onward else nights.clock())

    assert run.message == "The GitHub token expires on 2026-11-27."
    assert run.token_expires_at == nights.clock() + timedelta(days=5) - (nights.clock() - run.started_at)


def test_a_figure_refused_for_a_while_comes_though_batches_failed_before(nights):
    for _ in range(4):
        nights.fake.faults.add("bad_gateway", times=2)
        nights.fake.faults.add("history_limits", times=2)

    run = nights.night()

    assert run.counts == {"repositories": 60, "measured": 60}
    assert_truth(nights)


def test_an_outage_ends_the_run_and_stores_nothing(nights):
    nights.night()
    nights.fake.faults.add("bad_gateway")

    run = nights.next_night()

    assert run.status == RunStatus.FAILED
    assert run.message.startswith("GitHub gave no answer again and again")
    with override("zh-hans"):
        assert run.sentence.startswith("GitHub 一再没有应答")
    assert nights.fake.ledger.requests < 30
    assert RepositorySnapshot.objects.filter(day=nights.clock().date()).count() == 0
    assert {row.availability for row in map(nights.row, nights.repositories())} == {"available"}


def test_one_repository_that_breaks_every_answer_is_found_and_recorded(nights):
    poison = nights.repositories()[17]
    answer = nights.fake.answer

    def break_with_poison(method, target, headers, content):
        if f'"{poison.name}"'.encode() in content:
            nights.fake.faults.add("bad_gateway", times=1)
        return answer(method, target, headers, content)

    nights.fake.answer = break_with_poison

    run = nights.night()

    assert run.counts == {"repositories": 60, "measured": 59, "timeout": 1}
    assert run.fetches.get(problem="timeout").repository.full_name == poison.full_name
    assert nights.fake.ledger.requests < 40
