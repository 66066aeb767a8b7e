"""A run goes on in numbered steps, one batch each; whatever dies, the next one takes over."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F

from sources.clients.github import Resource
from sources.importers.github.access import Access, Clock, Github, connected
from sources.importers.github.batch import measure_batch
from sources.importers.github.cadence import is_budget_spent
from sources.importers.github.claims import given_up, next_due
from sources.importers.github.reasons import ENDINGS, UNUSABLE, Why, why_ended
from sources.importers.github.runs import close_run, fail_run
from sources.importers.github.slow_counts import count_batch
from sources.importers.github.star_weeks import read_weeks
from sources.importers.github.turn import turn
from sources.models import FetchState, MetricsRun, RunKind, RunReason, RunStatus

logger = logging.getLogger(__name__)

BATCHES = {RunKind.NIGHTLY: measure_batch, RunKind.CONTRIBUTORS: count_batch, RunKind.STARS: read_weeks}
RESOURCES = {RunKind.NIGHTLY: Resource.GRAPHQL, RunKind.CONTRIBUTORS: Resource.CORE, RunKind.STARS: Resource.CORE}
# A message is thought lost when its step is so late.
PATIENCE = timedelta(seconds=30)
BUSY = timedelta(seconds=2)


@dataclass(frozen=True)
class Onward:
    """The step that comes next, and when (UTC)."""

    run: int
    step: int
    at: datetime


def first_step(run: MetricsRun, *, now: datetime) -> Onward:
    """Return the step that a run waits for."""
    return Onward(run.pk, run.step, now)


def step_with(access: Access, run_id: int, step: int, *, clock: Clock) -> Onward | None:
    """Take a step over a connection of its own; a token or address that none can be made with ends the run."""
    try:
        with connected(access, clock=clock) as github:
            return take_step(run_id, step, github)
    except UNUSABLE as error:
        run = MetricsRun.objects.filter(pk=run_id, status=RunStatus.RUNNING).first()
        if run is not None:
            fail_run(run, access, now=clock(), why=why_ended(error))
        return None


def take_step(run_id: int, step: int, github: Github) -> Onward | None:
    """Do one batch if ``step`` is the run's next one; return what comes then, None if nothing or if it was stale."""
    with turn() as is_ours:
        if not is_ours:
            return Onward(run_id, step, github.clock() + BUSY)
        taken = MetricsRun.objects.filter(pk=run_id, status=RunStatus.RUNNING, step=step)
        if not taken.update(step=step + 1, due_at=None):
            return None
        return _advanced(MetricsRun.objects.get(pk=run_id), github)


def drive(run_id: int, github: Github) -> Onward | None:
    """Do one batch whatever step the run is at; None once it is closed. Another worker's turn is waited for."""
    with turn() as is_ours:
        run = MetricsRun.objects.get(pk=run_id)
        if run.status != RunStatus.RUNNING:
            return None
        if not is_ours:
            return Onward(run_id, run.step, github.clock() + BUSY)
        if run.due_at is not None and run.due_at > github.clock():
            return Onward(run_id, run.step, run.due_at)
        run.step += 1
        run.due_at = None
        run.save(update_fields=["step", "due_at"])
        return _advanced(run, github)


def abandoned_steps(*, now: datetime) -> list[Onward]:
    """Return the steps nobody will take unless they are asked for anew: their worker died, or the message was lost."""
    with turn() as is_ours:
        if not is_ours:
            return []
        found = []
        for run in MetricsRun.objects.filter(status=RunStatus.RUNNING).order_by("pk"):
            if run.due_at is not None and run.due_at + PATIENCE > now:
                continue
            MetricsRun.objects.filter(pk=run.pk).update(step=F("step") + 1, due_at=now)
            found.append(Onward(run.pk, run.step + 1, now))
        return found


def _advanced(run: MetricsRun, github: Github) -> Onward | None:
    try:
        at = None if is_budget_spent(run, github.access) else BATCHES[RunKind(run.kind)](run, github)
    except ENDINGS as error:
        logger.warning("Metrics run %s ends: %s", run.pk, error)
        fail_run(run, github.access, now=github.clock(), why=why_ended(error))
        return None
    # A step that sends nothing learns nothing of the token; what an earlier one learnt stays.
    run.token_expires_at = github.client.token_expires_at or run.token_expires_at
    at = at or _due(run, github)
    if at is None:
        close_run(run, now=github.clock(), why=_token_warning(run, now=github.clock()))
        return None
    run.due_at = at
    run.paused_until = _pause(run, github)
    run.save(update_fields=["due_at", "paused_until", "token_expires_at"])
    return Onward(run.pk, run.step, at)


def _due(run: MetricsRun, github: Github) -> datetime | None:
    """Return when there is something to ask again; None if the run is to be closed."""
    now = github.clock()
    if is_budget_spent(run, github.access):
        return None
    due = next_due(run, now)
    if due is None:
        given_up(run).update(
            state=FetchState.PROBLEM,
            problem="unknown",
            message="Asked again and again, with no answer that could be judged.",
            finished_at=now,
            claimed_until=None,
        )
    return due


def _pause(run: MetricsRun, github: Github) -> datetime | None:
    pause = github.limiter.pause(RESOURCES[RunKind(run.kind)])
    return pause.until if pause else None


def _token_warning(run: MetricsRun, *, now: datetime) -> Why | None:
    """Return what is to be told of a token that ends soon."""
    if run.token_expires_at is None or not run.is_token_ending(now):
        return None
    return Why(RunReason.TOKEN_ENDS, {"day": run.token_expires_at.date().isoformat()})
