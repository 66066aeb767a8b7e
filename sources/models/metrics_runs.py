"""The log of measuring: one run, and what became of each repository in it."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from projects.models import Repository
from sources.models.imports import RunStatus
from sources.models.run_reasons import RunReason

# From so long before its end on, people are told that the token ends.
TOKEN_WARNING = timedelta(days=14)


class RunKind(models.TextChoices):
    """What a run asks GitHub for."""

    NIGHTLY = "nightly", _("nightly counts")
    CONTRIBUTORS = "contributors", _("contributor counts")
    STARS = "stars", _("star history")


class MetricsRun(models.Model):
    """One reading of every repository, begun on ``day`` (UTC); at most one of a kind is open at a time.

    Whoever finds it open goes on with it: what is left to do stands in its ``fetches``. Work goes on in
    numbered steps, each of them taken once: a message that asks for another than ``step`` is stale.
    """

    kind = models.CharField(_("kind"), max_length=20, choices=RunKind)
    day = models.DateField(_("day"))
    started_at = models.DateTimeField(_("started at"))
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=RunStatus, default=RunStatus.RUNNING)
    # Whether somebody chose the repositories, so that it is not the whole reading of its day.
    is_partial = models.BooleanField(_("only some repositories"), default=False)
    step = models.PositiveIntegerField(_("step"), default=0)
    # When the step is to be taken; null while it is taken.
    due_at = models.DateTimeField(_("next step due at"), null=True, blank=True)
    # {"batch": {...}, "failures": n}: the size of the next batch, and failures in a row.
    pace = models.JSONField(_("pace"), default=dict, blank=True)
    # Until when GitHub asked to be left alone; no request is sent before.
    paused_until = models.DateTimeField(_("paused until"), null=True, blank=True)
    requests = models.PositiveIntegerField(_("requests"), default=0)
    points = models.PositiveIntegerField(_("points"), default=0)
    points_left = models.PositiveIntegerField(_("points left"), null=True, blank=True)
    # When the token ends, as GitHub last said; null if it said nothing.
    token_expires_at = models.DateTimeField(_("token expires at"), null=True, blank=True)
    # A keyed digest of the token and address that the run failed with; empty: with none, or it did not fail.
    failed_access = models.CharField(_("access that failed"), max_length=64, blank=True, default="", editable=False)
    # {"measured": n, "<problem kind>": n, ...}, set when the run is closed.
    counts = models.JSONField(_("counts"), default=dict, blank=True)
    # Whether figures were computed since it closed, that is, with what it measured.
    is_computed = models.BooleanField(_("figures computed"), default=False, editable=False)
    # What stands in the way (no token, a refused one), and what its sentence says besides; empty: nothing.
    reason = models.CharField(_("reason"), max_length=20, blank=True, default="")
    reason_details = models.JSONField(_("details of the reason"), default=dict, blank=True)
    # The same as a sentence in English, for programs.
    message = models.TextField(_("message"), blank=True, default="")

    class Meta:
        verbose_name = _("metrics run")
        verbose_name_plural = _("metrics runs")
        indexes = [models.Index(fields=["-started_at", "-id"], name="metrics_run_newest")]
        constraints = [
            models.UniqueConstraint(fields=["kind"], condition=Q(status="running"), name="metrics_run_one_open"),
            models.CheckConstraint(condition=Q(status__in=RunStatus.values), name="metrics_run_status_known"),
            models.CheckConstraint(condition=Q(kind__in=RunKind.values), name="metrics_run_kind_known"),
            models.CheckConstraint(condition=Q(reason__in=["", *RunReason.values]), name="metrics_run_reason_known"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.day} {self.status}"

    @property
    def sentence(self) -> str:
        """What stands in the way, in the active language; "" for nothing. Runs before there were reasons kept English."""
        return str(RunReason(self.reason).label) % self.reason_details if self.reason else self.message

    def is_token_ending(self, now: datetime) -> bool:
        """Tell whether the token that the run used ends within two weeks, or has ended."""
        return self.token_expires_at is not None and self.token_expires_at - now <= TOKEN_WARNING


class FetchState(models.TextChoices):
    """What became of a repository in a run."""

    PENDING = "pending", _("waiting")
    MEASURED = "measured", _("measured")
    PROBLEM = "problem", _("not measured")


class RepositoryFetch(models.Model):
    """One repository in one run. ``problem`` is the client's word for why it was not measured.

    ``claimed_until`` is the lease of the worker that is asking; one that died loses it by time. After a
    failure it is when to ask again. ``attempts`` counts requests that were of no use, or that nobody lived to judge.
    """

    run = models.ForeignKey(MetricsRun, models.CASCADE, related_name="fetches", verbose_name=_("metrics run"))
    repository = models.ForeignKey(Repository, models.CASCADE, related_name="fetches", verbose_name=_("repository"))
    state = models.CharField(_("state"), max_length=10, choices=FetchState, default=FetchState.PENDING)
    problem = models.CharField(_("problem"), max_length=40, blank=True, default="")
    message = models.CharField(_("message"), max_length=500, blank=True, default="")
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    claimed_until = models.DateTimeField(_("claimed until"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)

    class Meta:
        verbose_name = _("repository in a run")
        verbose_name_plural = _("repositories in runs")
        indexes = [models.Index(fields=["run", "state", "id"], name="repository_fetch_todo")]
        constraints = [
            models.UniqueConstraint(fields=["run", "repository"], name="repository_fetch_unique"),
            models.CheckConstraint(condition=Q(state__in=FetchState.values), name="repository_fetch_state_known"),
        ]

    def __str__(self) -> str:
        return f"{self.run_id} {self.repository_id} {self.state}"
