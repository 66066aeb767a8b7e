"""What a night stores, what it costs, and what becomes of repositories that are not there."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from metrics.models import RepositoryEvent, RepositoryFacts, RepositorySnapshot, SnapshotMethod
from projects.models import DataVersion, ItemRepository, Repository, RepositoryName
from sources.importers.github.steps import drive
from sources.models import FetchState, RepositoryFetch, RunStatus
from tests.fakes.github import Refusal
from tests.sources.importers.github.nights import COUNTS, counts, list_repository

pytestmark = pytest.mark.enable_socket


def events(row):
    return list(RepositoryEvent.objects.filter(repository=row).order_by("pk").values_list("kind", "before", "after"))


def dump():
    return (
        list(RepositorySnapshot.objects.order_by("repository", "day").values()),
        list(RepositoryFacts.objects.order_by("pk").values()),
        list(Repository.objects.order_by("pk").values()),
        list(RepositoryEvent.objects.order_by("pk").values()),
    )


def test_a_night_stores_the_truth_of_every_repository(nights):
    run = nights.night()

    assert (run.status, run.counts) == (RunStatus.DONE, {"repositories": 60, "measured": 60})
    for one in nights.repositories():
        snapshot = RepositorySnapshot.objects.get(repository__github_id=one.database_id)
        assert counts(snapshot) == nights.truth(one)
        assert (snapshot.day, snapshot.observed_at, snapshot.missing) == (nights.clock().date(), nights.clock(), {})


def test_the_second_night_asks_by_node_id_and_costs_as_little(nights):
    nights.night()
    nights.fake.ledger.clear()

    run = nights.next_night()

    assert [record.operation for record in nights.fake.ledger.records] == ["RepositoriesById"] * 2
    assert (run.requests, run.points) == (2, nights.fake.ledger.points)
    assert RepositorySnapshot.objects.count() == 120


def test_twice_on_a_day_is_the_same_as_once(nights):
    nights.night()
    before = dump()

    nights.night()

    assert dump() == before


def test_a_repository_of_two_cards_is_asked_for_once(nights):
    row = Repository.objects.order_by("pk").first()
    other = ItemRepository.objects.exclude(repository=row).order_by("pk").last()
    ItemRepository.objects.create(item=other.item, repository=row)

    run = nights.night()

    assert run.counts["repositories"] == 60
    assert nights.fake.ledger.report()["repositories_asked"] == 60


def test_two_addresses_of_one_repository_are_both_measured(nights):
    first = nights.repositories()[0]
    former = first.full_name
    nights.fake.world.rename(first, "new-home/project")
    second = list_repository("new-home/project", slug="twin")

    nights.night()

    rows = Repository.objects.filter(node_id=first.node_id).order_by("pk")
    assert [row.github_id for row in rows] == [first.database_id, None]
    assert [counts(row.snapshots.get()) for row in rows] == [nights.truth(first)] * 2
    assert events(rows[0]) == [("renamed", former, "new-home/project")]
    assert rows[1] == second


@pytest.mark.parametrize(
    ("refusal", "availability", "problem"),
    [
        (Refusal.MISSING, "missing", "not_found"),
        (Refusal.PRIVATE, "missing", "not_found"),
        (Refusal.DMCA, "blocked", "blocked_dmca"),
        (Refusal.TOS, "blocked", "blocked_tos"),
        (Refusal.SAML, "refused", "forbidden_saml"),
        (Refusal.POLICY, "refused", "forbidden_policy"),
    ],
)
def test_a_refused_repository_keeps_its_last_values_and_its_state_is_recorded(nights, refusal, availability, problem):
    nights.night()
    one = nights.repositories()[7]
    one.refusal = refusal

    run = nights.next_night()

    row = nights.row(one)
    assert (row.availability, row.availability_seen_at) == (availability, nights.clock())
    assert row.snapshots.count() == 1
    assert run.fetches.get(repository=row).problem == problem
    assert run.counts == {"repositories": 60, "measured": 59, problem: 1}


def test_a_repository_that_comes_back_is_measured_again(nights):
    one = nights.repositories()[7]
    one.refusal = Refusal.MISSING
    nights.night()
    one.refusal = None

    nights.next_night()

    row = nights.row(one)
    assert [kind for kind, _, _ in events(row)] == ["missing", "returned"]
    assert row.availability == "available"
    assert counts(row.snapshots.get()) == nights.truth(one)


def test_an_empty_repository_has_no_commits_rather_than_none_made(nights):
    one = nights.repositories()[3]
    one.is_empty = True

    nights.night()

    snapshot = nights.row(one).snapshots.get()
    assert (snapshot.commits_30d, snapshot.missing) == (None, {"commits_30d": "empty"})


def test_a_rename_is_followed_named_and_dated(nights):
    nights.night()
    one = nights.repositories()[5]
    former = one.full_name
    nights.fake.world.rename(one, "elsewhere/thing")

    nights.next_night()

    row = nights.row(one)
    assert (row.full_name, row.url) == ("elsewhere/thing", f"https://github.com/{former}")
    assert events(row) == [("renamed", former, "elsewhere/thing")]
    assert list(RepositoryName.objects.filter(repository=row).values_list("full_name", "last_seen_at")) == [
        ("elsewhere/thing", None)
    ]
    assert counts(row.snapshots.order_by("day").last()) == nights.truth(one)


def test_swapped_names_keep_each_repository_its_series(nights):
    nights.night()
    one, other = nights.repositories()[:2]
    names = one.full_name, other.full_name
    nights.fake.world.rename(one, "tmp/tmp")
    nights.fake.world.rename(other, names[0])
    nights.fake.world.rename(one, names[1])

    nights.next_night()

    for repository, name in ((one, names[1]), (other, names[0])):
        row = nights.row(repository)
        assert row.full_name == name
        assert counts(row.snapshots.order_by("day").last()) == nights.truth(repository)


def test_another_repository_under_the_old_name_is_a_break(nights):
    nights.night()
    one = nights.repositories()[9]
    row = nights.row(one)
    new = nights.fake.world.recreate(one)

    nights.next_night()

    row.refresh_from_db()
    assert (row.github_id, row.node_id) == (new.database_id, new.node_id)
    assert ("recreated", str(one.database_id), str(new.database_id)) in events(row)
    assert counts(row.snapshots.order_by("day").last()) == nights.truth(new)


def test_what_was_known_of_the_former_repository_is_not_taken_for_the_new_one(nights):
    one = nights.repositories()[9]
    one.license_spdx, one.topics = "MIT", ["cncf"]
    nights.night()
    row = nights.row(one)
    RepositoryFacts.objects.filter(pk=row.pk).update(
        contributors=5, contributors_at=nights.clock(), stars_history_at=nights.clock()
    )
    new = nights.fake.world.recreate(one)
    new.license_spdx, new.topics = "", []

    nights.next_night()

    facts = RepositoryFacts.objects.get(pk=row.pk)
    assert {kind for kind, _, _ in events(row)} == {"recreated"}
    assert (facts.license_spdx, facts.topics) == ("", [])
    assert (facts.contributors, facts.contributors_at, facts.stars_history_at) == (None, None, None)


def test_what_is_said_for_the_first_time_is_no_change(nights):
    one = nights.repositories()[4]
    one.license_spdx, one.topics, one.hidden = "MIT", ["cncf"], {"repositoryTopics"}
    nights.night()
    facts = RepositoryFacts.objects.get(pk=nights.row(one).pk)
    assert (facts.license_spdx, facts.topics) == ("MIT", None)
    one.hidden = set()
    RepositoryFacts.objects.update(license_spdx=None)

    nights.next_night()

    facts.refresh_from_db()
    assert (facts.license_spdx, facts.topics) == ("MIT", ["cncf"])
    assert events(nights.row(one)) == []


def test_changes_of_licence_topics_and_archiving_become_events(nights):
    one = nights.repositories()[4]
    one.license_spdx, one.topics, one.is_archived = "MIT", ["cncf"], False
    nights.night()
    one.license_spdx, one.topics = "", ["cncf", "storage"]
    nights.fake.world.archive(one, nights.clock())

    nights.next_night()

    assert sorted(events(nights.row(one))) == [
        ("archived", "", ""),
        ("relicensed", "MIT", ""),
        ("topics", "cncf", "cncf, storage"),
    ]
    archived = RepositoryEvent.objects.get(kind="archived")
    assert archived.at.date() < nights.clock().date()


def test_a_new_release_becomes_an_event_on_the_day_it_was_published(nights):
    one = nights.repositories()[3]
    one.fixed = {**one.fixed, "releases": 3}
    nights.night()
    assert not nights.row(one).events.filter(kind="released").exists()
    one.fixed = {**one.fixed, "releases": 4}

    nights.next_night()

    released = nights.row(one).events.get(kind="released")
    assert (released.before, released.after) == ("v1.3.0", "v1.4.0")
    assert released.at == RepositoryFacts.objects.get(pk=nights.row(one).pk).latest_release_at

    nights.next_night()

    assert nights.row(one).events.filter(kind="released").count() == 1


def test_a_hidden_figure_costs_only_itself(nights):
    one = nights.repositories()[2]
    one.hidden = {"issues"}

    nights.night()

    snapshot = nights.row(one).snapshots.get()
    told = {**nights.truth(one), "open_issues": None, "closed_issues": None}
    assert counts(snapshot) == told
    assert set(snapshot.missing) == {"open_issues", "closed_issues"}


def test_a_sudden_fall_is_confirmed_alone_before_it_is_stored(nights):
    nights.night()
    real = max(nights.repositories(), key=lambda one: one.final_stars)
    real.fixed = {**real.fixed, "stars": 10}
    nights.fake.ledger.clear()

    nights.next_night()

    snapshot = nights.row(real).snapshots.order_by("day").last()
    assert (snapshot.stars, snapshot.method) == (10, SnapshotMethod.CONFIRMED)


def test_a_batch_that_shrank_silently_is_not_believed(nights):
    nights.night()
    nights.fake.faults.add("shrink", times=1, above=10)

    nights.next_night()

    for one in nights.repositories():
        assert counts(nights.row(one).snapshots.order_by("day").last()) == nights.truth(one)


def test_the_data_version_moves_once_a_night(nights):
    nights.night()
    one = nights.repositories()[5]
    nights.fake.world.rename(one, "elsewhere/thing")
    nights.clock.advance(days=1)
    run = nights.open()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM projects_datatouch")

    with nights.connected() as github:
        while True:
            with connection.cursor() as cursor:
                cursor.execute("SELECT count(*) FROM projects_datatouch")
                touched = cursor.fetchone()[0]
            if drive(run.pk, github) is None:
                break
            assert touched == 0

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM projects_datatouch")
        assert cursor.fetchone()[0] == 1
    assert DataVersion.objects.count() == 1


def test_a_batch_costs_the_same_queries_whatever_its_size(nights):
    nights.night()
    ids = list(Repository.objects.order_by("pk").values_list("pk", flat=True))
    costs = []
    for size in (3, 50):
        nights.clock.advance(days=1)
        run = nights.open(repositories=ids[:size])
        with nights.connected() as github, CaptureQueriesContext(connection) as queries:
            drive(run.pk, github)
        costs.append(len(queries))
        nights.finish(run)

    assert costs[0] == costs[1]
    assert costs[0] <= 40


def test_ten_nights_store_the_truth_of_each(nights):
    told = {}
    for night in range(10):
        if night == 3:
            nights.fake.world.rename(nights.repositories()[1], "moved/one")
        if night == 5:
            nights.fake.faults.add("bad_gateway", times=3)
        run = nights.next_night()
        assert run.counts == {"repositories": 60, "measured": 60}
        for one in nights.repositories():
            told[one.database_id, nights.clock().date()] = nights.truth(one)

    stored = {
        (snapshot.repository.github_id, snapshot.day): counts(snapshot)
        for snapshot in RepositorySnapshot.objects.select_related("repository")
    }
    assert stored == told
    assert len(COUNTS) == 9


def test_only_what_waits_is_left_pending_while_a_run_is_open(nights):
    run = nights.open()
    with nights.connected() as github:
        drive(run.pk, github)

    states = RepositoryFetch.objects.filter(run=run).values_list("state", flat=True)
    assert sorted(states) == [FetchState.MEASURED] * 50 + [FetchState.PENDING] * 10
