"""Watchers and contributors: one request each repository, so weekly, the longest unasked first."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q

from metrics.models import RepositoryFacts, RepositorySnapshot
from projects.data_version import keep_data_version
from projects.models import Repository
from projects.models.repositories import RepositoryAvailability
from sources.clients.github import FullName, ProblemKind, RateLimitedError, RepositoryProblem
from sources.clients.github.contributors import ContributorCount
from sources.importers.github.access import Github
from sources.importers.github.claims import claim_batch
from sources.importers.github.findings import Finding
from sources.importers.github.spending import SPENDING, Spent
from sources.importers.github.store import release, store_fates
from sources.models import MetricsRun, RepositoryFetch

CADENCE = timedelta(days=7)
BATCH = 20


def repositories_to_count(*, now: datetime, most: int) -> list[int]:
    """Return repositories whose contributors were not asked for within a week, the longest unasked first."""
    due = Q(facts__contributors_at=None) | Q(facts__contributors_at__lte=now - CADENCE + timedelta(hours=12))
    reachable = Repository.objects.on_github().current().filter(availability=RepositoryAvailability.AVAILABLE)
    ordered = reachable.filter(due).order_by(F("facts__contributors_at").asc(nulls_first=True), "pk")
    return [pk for pk, _ in ordered.values_list("pk", "facts__contributors_at")[:most]]


def count_batch(run: MetricsRun, github: Github) -> datetime | None:
    """Count watchers and contributors of the next repositories; return when to go on, None if nothing is claimable.

    Raises ``TokenRefusedError`` and ``ApiAddressError``.
    """
    now = github.clock()
    fetches = claim_batch(run, now=now, size=BATCH)
    if not fetches:
        return None
    spent = Spent(github)
    until = now
    counts: dict[int, ContributorCount | RepositoryProblem] = {}
    watchers: dict[str, int] = {}
    try:
        watchers = _watchers(fetches, github)
        for fetch in fetches:
            name = FullName(*fetch.repository.full_name.split("/", 1))
            counts[fetch.pk] = github.client.count_contributors(name)
    except RateLimitedError as error:
        until = error.pause.until
    finally:
        # What was counted is kept, also when the token is refused in the middle.
        spent.note(run)
        _store(run, fetches, counts, watchers, now=github.clock())
    return until


def _watchers(fetches: Sequence[RepositoryFetch], github: Github) -> dict[str, int]:
    """Return the watchers by node id; where GitHub refuses them they are unknown."""
    batch = github.client.fetch_watchers([fetch.repository.node_id for fetch in fetches])
    github.points += batch.cost or 0
    if batch.pause is not None and not batch.answers:
        raise RateLimitedError(batch.pause)
    return dict(batch.answers)


def _store(
    run: MetricsRun,
    fetches: Sequence[RepositoryFetch],
    counts: dict[int, ContributorCount | RepositoryProblem],
    watchers: dict[str, int],
    *,
    now: datetime,
) -> None:
    asked = [fetch for fetch in fetches if fetch.pk in counts]
    with transaction.atomic():
        keep_data_version()
        release(fetch for fetch in fetches if fetch.pk not in counts)
        findings = [Finding(fetch) for fetch in asked]
        facts, days = _known(asked, now)
        for finding in findings:
            found = counts[finding.fetch.pk]
            finding.problem = found if isinstance(found, RepositoryProblem) else None
            finding.is_settled = finding.problem is None
            _take(facts[finding.repository.pk], found, now)
            snapshot = days.get(finding.repository.pk)
            if snapshot is not None:
                _take_in_snapshot(snapshot, found, watchers.get(finding.repository.node_id))
        RepositoryFacts.objects.bulk_create(
            facts.values(),
            update_conflicts=True,
            unique_fields=["repository"],
            update_fields=["contributors", "contributors_at", "contributors_missing"],
        )
        RepositorySnapshot.objects.bulk_create(
            days.values(),
            update_conflicts=True,
            unique_fields=["repository", "day"],
            update_fields=["contributors", "watchers", "missing"],
        )
        store_fates(findings, now=now)
        run.save(update_fields=SPENDING)


def _known(
    fetches: Sequence[RepositoryFetch], now: datetime
) -> tuple[dict[int, RepositoryFacts], dict[int, RepositorySnapshot]]:
    """Return the facts of the repositories, new where there are none, and the day's snapshots; two queries."""
    ids = [fetch.repository_id for fetch in fetches]
    facts = RepositoryFacts.objects.in_bulk(ids)
    for pk in ids:
        facts.setdefault(pk, RepositoryFacts(repository_id=pk, observed_at=now))
    days = RepositorySnapshot.objects.filter(repository_id__in=ids, day=now.date())
    return facts, {snapshot.repository_id: snapshot for snapshot in days}


def _take(facts: RepositoryFacts, found: ContributorCount | RepositoryProblem, now: datetime) -> None:
    """Keep the count, or why there is none; a count known before stays, with its age."""
    if isinstance(found, ContributorCount):
        facts.contributors, facts.contributors_at, facts.contributors_missing = found.count, found.observed_at, ""
    elif not found.is_transient:
        facts.contributors_missing, facts.contributors_at = found.kind.value, now
        if found.kind == ProblemKind.TOO_LARGE:
            facts.contributors = None


def _take_in_snapshot(
    snapshot: RepositorySnapshot, found: ContributorCount | RepositoryProblem, watchers: int | None
) -> None:
    if isinstance(found, ContributorCount):
        snapshot.contributors = found.count
        snapshot.missing.pop("contributors", None)
    elif snapshot.contributors is None:
        snapshot.missing["contributors"] = found.kind.value
    if watchers is not None:
        snapshot.watchers = watchers
