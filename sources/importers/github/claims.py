"""Which repositories of a run are asked for next, and by whom."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import BooleanField, Case, F, Min, Q, QuerySet, Value, When

from sources.models import FetchState, MetricsRun, RepositoryFetch

# The turn keeps two workers apart; the lease keeps a batch that killed its worker aside for a while.
LEASE = timedelta(seconds=30)
LARGEST = 50
# Requests of no use after which a repository is given up for this run; the last ones ask for it alone.
MOST_ATTEMPTS = 12
LONGEST_BACKOFF = timedelta(seconds=30)
FIRST_BACKOFF = timedelta(seconds=1)


def claim_batch(run: MetricsRun, *, now: datetime, size: int) -> list[RepositoryFetch]:
    """Return at most ``size`` repositories of one kind (with or without a node id), now ours until the lease ends.

    Those that failed before come last, in ever smaller company, so that one bad repository is soon alone.
    """
    with transaction.atomic():
        claimable = _claimable(run, now)
        first = claimable.order_by("attempts", "has_no_id", "pk").values("attempts", "has_no_id").first()
        if first is None:
            return []
        most = company(first["attempts"], size)
        rows = (
            claimable.filter(attempts=first["attempts"], has_no_id=first["has_no_id"])
            .order_by("pk")
            .select_for_update(skip_locked=True, of=("self",))
        )
        fetches = list(rows.select_related("repository")[:most])
        RepositoryFetch.objects.filter(pk__in=[fetch.pk for fetch in fetches]).update(
            claimed_until=now + LEASE, attempts=F("attempts") + 1
        )
    for fetch in fetches:
        fetch.claimed_until, fetch.attempts = now + LEASE, fetch.attempts + 1
    return fetches


def company(attempts: int, size: int) -> int:
    """Return how many repositories that failed ``attempts`` times are asked for at a time."""
    return max(1, min(size, LARGEST >> attempts)) if attempts else size


def backoff(attempts: int) -> timedelta:
    """Return how long to leave a repository alone after its ``attempts``-th failure."""
    return min(FIRST_BACKOFF * (1 << min(attempts - 1, 10)), LONGEST_BACKOFF)


def next_due(run: MetricsRun, now: datetime) -> datetime | None:
    """Return when something is claimable again; None if nothing is left to ask."""
    left = _pending(run)
    if _claimable(run, now).exists():
        return now
    due: datetime | None = left.aggregate(due=Min("claimed_until"))["due"]
    return due


def given_up(run: MetricsRun) -> QuerySet[RepositoryFetch]:
    """Return what was tried too often, with nobody left who could judge it."""
    return run.fetches.filter(state=FetchState.PENDING, attempts__gte=MOST_ATTEMPTS)


def _pending(run: MetricsRun) -> QuerySet[RepositoryFetch]:
    return run.fetches.filter(state=FetchState.PENDING, attempts__lt=MOST_ATTEMPTS)


def _claimable(run: MetricsRun, now: datetime) -> QuerySet[Any]:
    no_id = Case(When(repository__node_id="", then=Value(True)), default=Value(False), output_field=BooleanField())  # noqa: FBT003
    return _pending(run).filter(_free(now)).annotate(has_no_id=no_id)


def _free(now: datetime) -> Q:
    return Q(claimed_until=None) | Q(claimed_until__lte=now)
