"""The command and the tasks: what they say, start, refuse, and how they end."""

import io
import json
from datetime import UTC, datetime

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import IntegrityError

from metrics.models import Indicator, Metric, RepositorySnapshot
from sources import tasks
from sources.models import MetricsRun, RunStatus
from tests.fakes.github import FakeGithub, Refusal, World
from tests.sources.importers.github.nights import list_world

pytestmark = [pytest.mark.enable_socket, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def queue(monkeypatch):
    """What is put into the queue, in place of a broker."""
    sent = []
    monkeypatch.setattr(
        tasks.continue_metrics_run, "apply_async", lambda args, countdown: sent.append((*args, countdown))
    )
    monkeypatch.setattr(tasks.recompute_indicators, "delay", tasks.recompute_indicators)
    return sent


@pytest.fixture
def fake(settings):
    with FakeGithub(World(12)) as fake:
        list_world(fake.world)
        settings.GITHUB_API_URL, settings.GITHUB_TOKEN = fake.url, fake.token
        yield fake


def sync(*options):
    out = io.StringIO()
    call_command("sync_github", *options, stdout=out, stderr=io.StringIO())
    return out.getvalue()


def work_off(queue):
    while queue:
        run, step, _ = queue.pop(0)
        tasks.continue_metrics_run(run, step)


def test_without_a_token_no_run_is_opened_and_one_sentence_says_so(settings):
    settings.GITHUB_TOKEN = ""

    with pytest.raises(CommandError, match=r"^There is no GitHub token, so nothing is measured; set GITHUB_TOKEN\.$"):
        sync("--wait")
    tasks.start_metrics_run()

    assert MetricsRun.objects.count() == 0


@pytest.mark.parametrize("limit", ["0", "-3"])
def test_a_limit_that_measures_nothing_is_refused(fake, limit):
    with pytest.raises(CommandError, match=rf"^--limit {limit} measures nothing; give 1 or more\.$"):
        sync("--limit", limit)

    assert MetricsRun.objects.count() == 0


def test_waiting_measures_everything_and_reports_json(fake):
    report = json.loads(sync("--wait", "--json"))

    assert (report["status"], report["counts"]) == ("done", {"repositories": 12, "measured": 12})
    assert (report["requests"], report["day"]) == (1, datetime.now(UTC).date().isoformat())
    assert MetricsRun.objects.get().status == RunStatus.DONE


def test_a_recorded_problem_is_no_failure(fake):
    next(iter(fake.world)).refusal = Refusal.DMCA

    assert json.loads(sync("--wait", "--json"))["counts"]["blocked_dmca"] == 1


def test_a_refused_token_fails_with_its_sentence(fake, settings):
    settings.GITHUB_TOKEN = "another"

    with pytest.raises(CommandError, match="GitHub does not accept the token"):
        sync("--wait")


def test_only_and_limit_choose_repositories(fake):
    sync("--wait", "--only", "item-3", "item-5")
    assert RepositorySnapshot.objects.count() == 2
    sync("--wait", "--limit", "4")
    assert [run.is_partial for run in MetricsRun.objects.all()] == [True, True]
    assert MetricsRun.objects.last().counts == {"repositories": 4, "measured": 4}


def test_an_unknown_item_is_refused_by_name(fake):
    with pytest.raises(CommandError, match="There is no item nobody"):
        sync("--only", "nobody", "item-1")
    assert MetricsRun.objects.count() == 0


def test_without_waiting_a_worker_does_it(fake, queue):
    sync()

    assert len(queue) == 1
    work_off(queue)
    assert MetricsRun.objects.get().counts == {"repositories": 12, "measured": 12}


def test_the_first_run_does_not_wait_for_its_hour_and_the_next_does(fake, queue):
    with time_machine.travel("2026-11-22 00:30Z", tick=False):
        tasks.tend_metrics_runs()
        work_off(queue)
        assert MetricsRun.objects.get().status == RunStatus.DONE
    with time_machine.travel("2026-11-23 01:59Z", tick=False):
        tasks.tend_metrics_runs()
        assert MetricsRun.objects.filter(kind="nightly").count() == 1
    with time_machine.travel("2026-11-23 02:00Z", tick=False):
        tasks.start_metrics_run()
        tasks.start_metrics_run()
        assert MetricsRun.objects.filter(kind="nightly").count() == 2


def test_contributors_and_star_history_follow_the_nightly_run(fake, queue):
    for _ in range(4):
        tasks.tend_metrics_runs()
        work_off(queue)

    kinds = list(MetricsRun.objects.order_by("pk").values_list("kind", "status"))
    assert kinds == [("nightly", "done"), ("contributors", "done"), ("stars", "done")]


def test_a_token_taken_away_closes_what_is_open(fake, settings, queue):
    tasks.start_metrics_run()
    settings.GITHUB_TOKEN = ""

    tasks.tend_metrics_runs()

    assert MetricsRun.objects.get().message == "There is no GitHub token."


@pytest.mark.parametrize("failed_with", ["ghp_gone", ""])
def test_another_token_than_failed_is_tried_at_once(fake, settings, queue, failed_with):
    with time_machine.travel("2026-11-22 12:00Z", tick=False):
        tasks.start_metrics_run()
        settings.GITHUB_TOKEN = failed_with
        tasks.tend_metrics_runs()
        work_off(queue)
    with time_machine.travel("2026-11-22 12:01Z", tick=False):
        tasks.tend_metrics_runs()
        assert [run.status for run in MetricsRun.objects.all()] == [RunStatus.FAILED]

        settings.GITHUB_TOKEN = fake.token
        tasks.tend_metrics_runs()
        work_off(queue)

    assert MetricsRun.objects.latest("pk").status == RunStatus.DONE


def test_another_token_goes_on_with_the_slow_runs_of_the_day(fake, settings, queue):
    def tend():
        tasks.tend_metrics_runs()
        work_off(queue)
        return list(MetricsRun.objects.order_by("pk").values_list("kind", "status"))[1:]

    tend()
    settings.GITHUB_TOKEN = "ghp_gone"
    assert tend() == [("contributors", "failed")]
    assert tend() == [("contributors", "failed"), ("stars", "failed")]
    assert len(tend()) == 2

    settings.GITHUB_TOKEN = fake.token
    assert tend()[2:] == [("contributors", "done")]
    assert tend()[3:] == [("stars", "done")]


def test_a_refused_token_is_tried_again_after_an_hour(fake, settings, queue):
    settings.GITHUB_TOKEN = "ghp_gone"
    for minute, runs in ((0, 1), (59, 1), (60, 2)):
        with time_machine.travel(datetime(2026, 11, 22, 12 + minute // 60, minute % 60, tzinfo=UTC), tick=False):
            tasks.tend_metrics_runs()
            work_off(queue)
        assert MetricsRun.objects.count() == runs

    stored = json.dumps(list(MetricsRun.objects.values()), default=str)
    assert settings.GITHUB_TOKEN not in stored


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("GITHUB_TOKEN", "two words", "The GitHub token has characters that no token has."),
        ("GITHUB_API_URL", "ftp://github", "The configured address is none of GitHub's API: "),
    ],
)
def test_settings_that_cannot_be_used_end_the_run_until_they_change(fake, settings, queue, name, value, sentence):
    usable = getattr(settings, name)
    setattr(settings, name, value)
    tasks.tend_metrics_runs()
    work_off(queue)
    tasks.tend_metrics_runs()
    run = MetricsRun.objects.get()
    assert (run.status, queue) == (RunStatus.FAILED, [])
    assert run.message.startswith(sentence)

    setattr(settings, name, usable)
    tasks.tend_metrics_runs()
    work_off(queue)
    assert MetricsRun.objects.latest("pk").status == RunStatus.DONE


def test_a_run_has_a_known_reason():
    now = datetime(2026, 11, 22, tzinfo=UTC)
    with pytest.raises(IntegrityError, match="metrics_run_reason_known"):
        MetricsRun.objects.create(kind="nightly", day=now.date(), started_at=now, reason="mood")


def test_a_long_pause_comes_back_within_the_brokers_patience(fake, queue):
    fake.faults.add("secondary", times=1, retry_after=3000)
    tasks.start_metrics_run()
    run, step, _ = queue.pop()

    tasks.continue_metrics_run(run, step)

    assert queue == [(run, step + 1, 600.0)]


def test_closed_run_has_its_indicators_computed_once(fake, queue, monkeypatch):
    sync()
    work_off(queue)

    run = MetricsRun.objects.get()
    stars = Indicator.objects.filter(metric=Metric.STARS, day=run.day)
    assert stars.exclude(value=None).exists()

    computed = []
    monkeypatch.setattr(tasks, "compute_figures", computed.append)
    tasks.recompute_indicators()
    assert computed == []


def test_what_a_later_run_of_the_day_measures_reaches_the_figures(fake, queue):
    sync("--limit", "1")
    work_off(queue)
    stars = Indicator.objects.filter(metric=Metric.STARS).exclude(value=None)
    assert stars.count() == 1

    sync()
    work_off(queue)

    assert stars.count() == 12


def test_indicators_that_a_killed_worker_left_out_are_computed_by_the_next(fake, queue, monkeypatch):
    monkeypatch.setattr(tasks.recompute_indicators, "delay", lambda: None)
    sync()
    work_off(queue)
    assert not Indicator.objects.exists()

    monkeypatch.setattr(tasks.recompute_indicators, "delay", tasks.recompute_indicators)
    tasks.tend_metrics_runs()
    assert Indicator.objects.exists()
