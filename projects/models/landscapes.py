"""The landscape this database holds, and every version of its file."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Landscape(models.Model):
    """The one landscape of a database (pk 1): where it comes from and how to speak of it."""

    name = models.CharField(_("name"), max_length=200)
    foundation = models.CharField(_("foundation"), max_length=200, blank=True, default="")
    # Tells one history from another: a repository's root commit, a file's address, or "built-in".
    origin = models.CharField(_("origin"), max_length=500)
    # Where commits can be looked up, e.g. https://github.com/cncf/landscape; empty when they cannot.
    public_url = models.URLField(_("public address"), max_length=500, blank=True, default="")
    licence = models.CharField(_("licence"), max_length=100, blank=True, default="")
    attribution = models.CharField(_("attribution"), max_length=300, blank=True, default="")
    is_built_in = models.BooleanField(_("is the built-in data"), default=False)
    # True while only newest versions were imported, so that the history before them is still to be read.
    is_latest_only = models.BooleanField(_("holds the newest versions only"), default=False)
    # The commit at which the source stood, so that one that has not moved need not be opened; empty for a file.
    tip = models.CharField(_("tip of the source"), max_length=64, blank=True, default="")
    # The commit whose logos were last brought in.
    logos_tip = models.CharField(_("tip of the logos"), max_length=64, blank=True, default="")
    imported_at = models.DateTimeField(_("imported at"))

    class Meta:
        verbose_name = _("landscape")
        verbose_name_plural = _("landscapes")
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="landscape_one_row")]

    def __str__(self) -> str:
        return self.name


class VersionStatus(models.TextChoices):
    """Whether a version of the file could be read."""

    READ = "read", _("read")
    UNREADABLE = "unreadable", _("unreadable")


class LandscapeVersion(models.Model):
    """One version of the landscape file on the mainline.

    ``effective_at`` is ``committed_at`` kept from ever falling along the mainline (a commit's
    clock once went back), so that periods are never inverted.
    """

    position = models.PositiveIntegerField(_("position on the mainline"), unique=True)
    commit = models.CharField(_("commit"), max_length=64, unique=True)
    committed_at = models.DateTimeField(_("committed at"))
    effective_at = models.DateTimeField(_("effective at"))
    status = models.CharField(_("status"), max_length=10, choices=VersionStatus)
    problem = models.TextField(_("problem"), blank=True, default="")

    class Meta:
        verbose_name = _("landscape version")
        verbose_name_plural = _("landscape versions")
        indexes = [models.Index(fields=["effective_at", "position"], name="version_effective_position")]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=VersionStatus.values), name="version_status_known"),
            models.CheckConstraint(
                condition=Q(effective_at__gte=models.F("committed_at")), name="version_effective_not_before_commit"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commit[:12]} ({self.committed_at:%Y-%m-%d})"
