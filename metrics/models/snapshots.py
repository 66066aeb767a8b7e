"""One repository on one UTC day: the counts as the source gave them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from metrics.querysets.snapshots import RepositorySnapshotQuerySet
from projects.models import Repository


class SnapshotMethod(models.TextChoices):
    """How the counts were obtained."""

    GRAPHQL = "graphql", _("GitHub GraphQL, in a batch")
    CONFIRMED = "confirmed", _("GitHub GraphQL, asked again alone")
    LANDSCAPE = "landscape", _("processed_landscape.yml of the landscape")


class RepositorySnapshot(models.Model):
    """Counts of one repository on one day; null is unknown, with the reason in ``missing``.

    The table is partitioned by year of ``day`` (migration 0002); nothing points at its rows.
    """

    pk = models.CompositePrimaryKey("repository_id", "day")
    repository = models.ForeignKey(Repository, models.CASCADE, related_name="snapshots")
    day = models.DateField(_("day"))
    observed_at = models.DateTimeField(_("observed at"))
    method = models.CharField(_("method"), max_length=10, choices=SnapshotMethod)
    stars = models.PositiveIntegerField(_("stars"), null=True)
    forks = models.PositiveIntegerField(_("forks"), null=True)
    watchers = models.PositiveIntegerField(_("watchers"), null=True)
    open_issues = models.PositiveIntegerField(_("open issues"), null=True)
    closed_issues = models.PositiveIntegerField(_("closed issues"), null=True)
    open_pull_requests = models.PositiveIntegerField(_("open pull requests"), null=True)
    merged_pull_requests = models.PositiveIntegerField(_("merged pull requests"), null=True)
    closed_pull_requests = models.PositiveIntegerField(_("closed pull requests"), null=True)
    releases = models.PositiveIntegerField(_("releases"), null=True)
    # Commits on the default branch in the 30 days before the day's UTC midnight.
    commits_30d = models.PositiveIntegerField(_("commits in 30 days"), null=True)
    contributors = models.PositiveIntegerField(_("contributors"), null=True)
    # {column: reason}, for columns that are null.
    missing = models.JSONField(_("reasons for unknown counts"), default=dict)

    objects = RepositorySnapshotQuerySet.as_manager()

    class Meta:
        verbose_name = _("repository snapshot")
        verbose_name_plural = _("repository snapshots")
        constraints = [
            models.CheckConstraint(condition=Q(method__in=SnapshotMethod.values), name="snapshot_method_known"),
        ]

    def __str__(self) -> str:
        return f"{self.repository_id} {self.day}"
