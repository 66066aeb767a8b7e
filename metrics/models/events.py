"""What happened to a repository, dated."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from projects.models import Repository


class RepositoryEventKind(models.TextChoices):
    """What was seen to have changed between two readings."""

    RENAMED = "renamed", _("renamed or transferred")
    RECREATED = "recreated", _("another repository under the same name")
    ARCHIVED = "archived", _("archived")
    UNARCHIVED = "unarchived", _("no longer archived")
    DISABLED = "disabled", _("disabled")
    RELICENSED = "relicensed", _("licence changed")
    RELEASED = "released", _("released")
    TOPICS = "topics", _("topics changed")
    MISSING = "missing", _("gone")
    RETURNED = "returned", _("there again")
    BLOCKED = "blocked", _("blocked")
    BREAK = "break", _("series breaks")


class RepositoryEvent(models.Model):
    """One change; ``at`` is when it was seen, unless the source dates it."""

    repository = models.ForeignKey(Repository, models.CASCADE, related_name="events")
    at = models.DateTimeField(_("at"))
    kind = models.CharField(_("kind"), max_length=20, choices=RepositoryEventKind)
    before = models.CharField(_("before"), max_length=500, blank=True, default="")
    after = models.CharField(_("after"), max_length=500, blank=True, default="")

    class Meta:
        verbose_name = _("repository event")
        verbose_name_plural = _("repository events")
        indexes = [models.Index(fields=["-at", "-id"], name="repository_event_newest")]
        constraints = [
            models.UniqueConstraint(fields=["repository", "kind", "at"], name="repository_event_unique"),
            models.CheckConstraint(
                condition=Q(kind__in=RepositoryEventKind.values), name="repository_event_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.repository_id} {self.kind} {self.at:%Y-%m-%d}"
