"""Several workers, dead workers, lost messages: the run is finished, nothing twice, nothing lost."""

import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest
from django.db import connection

from metrics.models import RepositorySnapshot
from sources.importers.github.claims import LEASE, claim_batch
from sources.importers.github.steps import abandoned_steps, drive, first_step, take_step
from sources.importers.github.turn import turn
from sources.models import MetricsRun, RepositoryFetch, RunStatus
from tests.fakes.github import FakeGithub, World
from tests.sources.importers.github.nights import Nights, database_url, list_world

pytestmark = pytest.mark.enable_socket
PATIENCE_SECONDS = 120

WORKER = """
import django
django.setup()
from django.core.management import call_command
call_command("sync_github", "--wait")
"""


class RealClock:
    """The machine's time, with the one method that a virtual clock has too."""

    sleep = staticmethod(time.sleep)

    def __call__(self):
        return datetime.now(UTC)


def worker_process(fake):
    environment = os.environ | {
        "DATABASE_URL": database_url(),
        "GITHUB_API_URL": fake.url,
        "GITHUB_TOKEN": fake.token,
        "DJANGO_SETTINGS_MODULE": "landscape.settings",
    }
    return subprocess.Popen(
        [sys.executable, "-c", WORKER], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def assert_measured_once(run, number):
    run.refresh_from_db()
    assert (run.status, run.counts) == (RunStatus.DONE, {"repositories": number, "measured": number})
    assert RepositorySnapshot.objects.count() == number


def test_a_step_is_taken_once_however_often_its_message_comes(nights):
    run = nights.open()
    first = first_step(run, now=nights.clock())

    with nights.connected() as github:
        second = take_step(first.run, first.step, github)
        assert take_step(first.run, first.step, github) is None

    assert (second.run, second.step) == (run.pk, first.step + 1)
    assert nights.fake.ledger.requests == 1


def test_a_message_of_a_closed_run_does_nothing(nights):
    run = nights.night()

    with nights.connected() as github:
        assert take_step(run.pk, run.step, github) is None


def test_a_lost_message_is_sent_anew_after_a_while(nights):
    run = nights.open()

    assert abandoned_steps(now=nights.clock() + timedelta(seconds=5)) == []
    (anew,) = abandoned_steps(now=nights.clock() + timedelta(seconds=31))

    with nights.connected() as github:
        assert take_step(run.pk, run.step, github) is None
        assert take_step(anew.run, anew.step, github) is not None


def test_a_batch_of_a_dead_worker_is_asked_for_again_when_its_lease_ends(nights):
    run = nights.open()
    MetricsRun.objects.update(step=1, due_at=None)
    lost = claim_batch(run, now=nights.clock(), size=50)
    (anew,) = abandoned_steps(now=nights.clock())

    with nights.connected() as github:
        onward = take_step(anew.run, anew.step, github)
        assert RepositoryFetch.objects.filter(run=run, state="measured").count() == 10
        while onward is not None:
            nights.clock.advance_to(onward.at)
            onward = take_step(onward.run, onward.step, github)

    assert len(lost) == 50
    assert_measured_once(run, 60)
    assert nights.clock() <= run.started_at + LEASE + timedelta(seconds=1)


@pytest.mark.django_db(transaction=True)
def test_only_one_has_the_turn_and_death_gives_it_back(clock):
    held = []

    def hold():
        with turn() as is_ours:
            held.append(is_ours)
            with connection.cursor() as cursor:
                # What a killed process leaves: a closed connection.
                cursor.connection.close()

    with turn() as is_ours:
        other = Thread(target=hold)
        other.start()
        other.join()
        assert (is_ours, held) == (True, [False])
    for _ in range(2):
        other = Thread(target=hold)
        other.start()
        other.join()
    assert held == [False, True, True]


@pytest.mark.django_db(transaction=True)
def test_two_workers_share_one_run_and_one_budget():
    with FakeGithub(World(300)) as fake:
        list_world(fake.world)
        nights = Nights(fake, RealClock())
        run = nights.open()
        workers = [Thread(target=work, args=(nights, run)) for _ in range(2)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()

        assert_measured_once(run, 300)
        assert fake.ledger.report()["repositories_asked"] == 300
        assert fake.ledger.requests == 6


def work(nights, run):
    try:
        with nights.connected() as github:
            while (onward := drive(run.pk, github)) is not None:
                time.sleep(min(0.05, max(0.0, (onward.at - nights.clock()).total_seconds())))
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_a_killed_process_loses_nothing():
    with FakeGithub(World(400)) as fake:
        list_world(fake.world)
        fake.faults.add("timeout", rate=0.2)
        fake.faults.timeout_seconds = 0.3
        for _ in range(3):
            measured = RepositoryFetch.objects.filter(state="measured").count()
            process = worker_process(fake)
            deadline = time.monotonic() + PATIENCE_SECONDS
            while RepositoryFetch.objects.filter(state="measured").count() <= measured:
                assert time.monotonic() < deadline, process.communicate()
                time.sleep(0.02)
            process.send_signal(signal.SIGKILL)
            process.communicate()
        fake.faults.clear()
        # Rests and leases are proven on the virtual clock; here nobody waits for them.
        MetricsRun.objects.update(due_at=None)
        RepositoryFetch.objects.update(claimed_until=None)

        process = worker_process(fake)
        out, errors = process.communicate(timeout=PATIENCE_SECONDS)

        assert process.returncode == 0, (out, errors)
        assert_measured_once(MetricsRun.objects.get(), 400)
        for one in fake.world:
            snapshot = RepositorySnapshot.objects.get(repository__github_id=one.database_id)
            assert snapshot.stars == fake.world.truth(one, snapshot.day)["stars"]
