"""Storing one batch: all of it or nothing."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from metrics.models import RepositoryEvent, RepositoryEventKind, RepositorySnapshot
from projects.data_version import keep_data_version
from sources.importers.github.claims import backoff
from sources.importers.github.facts import store_facts
from sources.importers.github.findings import Finding
from sources.importers.github.identities import store_identities
from sources.importers.github.snapshots import store_snapshots
from sources.models import FetchState, MetricsRun, RepositoryFetch

FETCH_COLUMNS = ["state", "problem", "message", "attempts", "claimed_until", "finished_at"]


def store_batch(
    run: MetricsRun,
    findings: Sequence[Finding],
    latest: Mapping[int, RepositorySnapshot],
    *,
    day: date,
    now: datetime,
) -> None:
    """Store answers, identities, events and the fate of every repository of the batch in one transaction."""
    with transaction.atomic():
        keep_data_version()
        events = store_identities(findings, now=now)
        anew = {one.repository_id for one in events if one.kind == RepositoryEventKind.RECREATED}
        events += store_facts(findings, anew=anew)
        store_snapshots(findings, latest, day=day)
        RepositoryEvent.objects.bulk_create(events, ignore_conflicts=True)
        store_fates(findings, now=now)
        run.save(update_fields=["pace", "requests", "points", "points_left", "message"])


def store_fates(findings: Iterable[Finding], *, now: datetime) -> None:
    """Note what became of each repository: measured, a problem, or to be asked again; one query."""
    fetches = [_judged(finding, now) for finding in findings]
    RepositoryFetch.objects.bulk_update(fetches, FETCH_COLUMNS)


def release(fetches: Iterable[RepositoryFetch]) -> None:
    """Give back what was claimed and not asked, as if it had never been claimed; one query."""
    ids = [fetch.pk for fetch in fetches]
    RepositoryFetch.objects.filter(pk__in=ids, state=FetchState.PENDING).update(
        claimed_until=None, attempts=F("attempts") - 1
    )


def _judged(finding: Finding, now: datetime) -> RepositoryFetch:
    fetch = finding.fetch
    fetch.claimed_until = finding.waits_until
    if finding.is_unasked:
        fetch.attempts = max(0, fetch.attempts - 1)
        return fetch
    problem = finding.problem
    fetch.problem, fetch.message = (problem.kind.value, problem.message[:500]) if problem else ("", "")
    if finding.is_asked_again:
        fetch.claimed_until = now + backoff(fetch.attempts)
        return fetch
    fetch.state = FetchState.PROBLEM if problem else FetchState.MEASURED
    fetch.finished_at = now
    return fetch
