"""Contributors, watchers and star history: slower, within a budget, filled back over several nights."""

import pytest
from django.db.models import Sum

from metrics.models import RepositoryFacts, StarWeek
from sources.clients.github import GithubClient
from sources.importers.github.cadence import open_due_run
from sources.importers.github.slow_counts import repositories_to_count
from sources.importers.github.star_weeks import repositories_to_read
from sources.models import MetricsRun, RunKind, RunStatus
from tests.fakes.github import FakeGithub, World
from tests.sources.importers.github.nights import Nights

pytestmark = pytest.mark.enable_socket


@pytest.fixture
def fake(clock):
    """Few repositories: each has up to nineteen pages of star history."""
    with FakeGithub(World(15), clock=clock) as fake:
        yield fake


def slow_nights(nights, number):
    """Let whole nights pass: the counts, and then what else is due."""
    for _ in range(number):
        nights.clock.advance(days=1)
        while (run := open_due_run(nights.access, now=nights.clock(), is_hour_over=True)) is not None:
            nights.finish(run)


def test_contributors_and_watchers_are_counted_after_the_nightly_run(nights):
    slow_nights(nights, 1)

    for one in nights.repositories():
        row, told = nights.row(one), nights.fake.world.truth(one, nights.clock().date())
        snapshot = row.snapshots.get()
        assert (snapshot.contributors, snapshot.watchers) == (told["contributors"], told["watchers"])
        assert (row.facts.contributors, row.facts.contributors_at) == (told["contributors"], row.facts.contributors_at)


def test_contributors_are_asked_for_weekly(nights):
    slow_nights(nights, 1)

    assert repositories_to_count(now=nights.clock(), most=100) == []
    nights.clock.advance(days=7)
    assert len(repositories_to_count(now=nights.clock(), most=100)) == 15


def test_a_history_too_large_to_count_is_unknown_with_its_reason(nights):
    one = nights.repositories()[8]
    one.is_history_too_large = True

    slow_nights(nights, 1)

    row = nights.row(one)
    assert (row.facts.contributors, row.facts.contributors_missing) == (None, "too_large")
    assert row.snapshots.get().missing == {"contributors": "too_large"}
    assert MetricsRun.objects.get(kind=RunKind.CONTRIBUTORS).counts["too_large"] == 1


def test_measuring_again_on_the_day_keeps_its_contributors(nights):
    slow_nights(nights, 1)
    before = {row.pk: row.contributors for row in RepositoryFacts.objects.all()}

    nights.night()

    for one in nights.repositories():
        row = nights.row(one)
        assert row.snapshots.get().contributors == before[row.pk]


def test_star_history_is_filled_back_over_several_nights_within_the_budget(nights, clock):
    thrifty = Nights(nights.fake, clock, nightly_rest_requests=40)

    slow_nights(thrifty, 1)
    first = MetricsRun.objects.get(kind=RunKind.STARS)
    left = len(repositories_to_read(now=clock(), most=100))
    assert 40 <= first.requests <= 40 + 20 + 20
    assert first.counts["not_asked"] == left > 0
    slow_nights(thrifty, 5)

    assert repositories_to_read(now=clock(), most=100) == []
    for one in nights.repositories():
        row = nights.row(one)
        stars = StarWeek.objects.filter(repository=row).aggregate(stars=Sum("total"))["stars"]
        read_on = row.facts.stars_history_at.date()
        assert stars == nights.fake.world.stars(one, read_on)


def test_what_was_counted_before_the_token_was_refused_is_kept(nights, monkeypatch):
    nights.next_night()
    counted = GithubClient.count_contributors

    def count_four(client, full_name):
        if count_four.times == 4:
            nights.fake.token = "another"
        count_four.times += 1
        return counted(client, full_name)

    count_four.times = 0
    monkeypatch.setattr(GithubClient, "count_contributors", count_four)

    run = nights.finish(open_due_run(nights.access, now=nights.clock(), is_hour_over=True))

    assert (run.kind, run.status) == (RunKind.CONTRIBUTORS, RunStatus.FAILED)
    assert run.counts == {"repositories": 15, "measured": 4, "not_asked": 11}
    assert RepositoryFacts.objects.exclude(contributors=None).count() == 4


def test_limits_of_rest_are_kept_too(nights):
    nights.fake.faults.add("secondary", times=3, resource="core")

    slow_nights(nights, 1)

    assert nights.fake.ledger.violations == []
    assert MetricsRun.objects.get(kind=RunKind.CONTRIBUTORS).counts == {"repositories": 15, "measured": 15}
