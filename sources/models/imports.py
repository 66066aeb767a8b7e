"""The log of imports: what was read from a landscape, when, with which result."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class RunStatus(models.TextChoices):
    """How a run stands."""

    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")


class ImportRun(models.Model):
    """One reading of a landscape: its source (without credentials), counts and result."""

    source = models.CharField(_("source"), max_length=500)
    started_at = models.DateTimeField(_("started at"))
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=RunStatus, default=RunStatus.RUNNING)
    # {"versions": n, "unreadable": n, "items": n, "periods": n, "changes": n, "warnings": n, ...}
    counts = models.JSONField(_("counts"), default=dict, blank=True)
    message = models.TextField(_("message"), blank=True, default="")

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        constraints = [models.CheckConstraint(condition=Q(status__in=RunStatus.values), name="import_run_status_known")]

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d %H:%M} {self.status}"


class ImportNotice(models.Model):
    """Something an import met and survived, each once: an unknown key, an unreadable version, a bad logo."""

    class Kind(models.TextChoices):
        """What was met."""

        UNKNOWN_KEY = "unknown_key", _("unknown key")
        UNREADABLE = "unreadable", _("unreadable version")
        LOGO = "logo", _("logo left out")
        PLACEMENT = "placement", _("second path to a place that does not exist")
        REPOSITORY = "repository", _("address that is no repository")
        DUPLICATE = "duplicate", _("name that several cards carry")
        VALUE = "value", _("value left out")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    subject = models.CharField(_("subject"), max_length=300)
    detail = models.TextField(_("detail"), blank=True, default="")
    commit = models.CharField(_("commit"), max_length=64, blank=True, default="")
    count = models.PositiveIntegerField(_("times"), default=1)
    first_seen_at = models.DateTimeField(_("first seen at"))

    class Meta:
        verbose_name = _("import notice")
        verbose_name_plural = _("import notices")
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject"], name="import_notice_unique"),
            models.CheckConstraint(
                condition=Q(
                    kind__in=["unknown_key", "unreadable", "logo", "placement", "repository", "duplicate", "value"]
                ),
                name="import_notice_kind_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.subject}"
