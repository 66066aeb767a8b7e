"""What a repository is, as GitHub last said: what changes seldom and is no count."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from projects.models import Repository


class RepositoryFacts(models.Model):
    """The newest facts of one repository; their changes are ``RepositoryEvent`` rows.

    ``license_spdx``: an SPDX id, "NOASSERTION" for a licence GitHub does not recognise, empty for none, null for not said
    yet; so are ``topics``.
    """

    repository = models.OneToOneField(Repository, models.CASCADE, primary_key=True, related_name="facts")
    observed_at = models.DateTimeField(_("observed at"))
    license_spdx = models.CharField(_("licence (SPDX)"), max_length=100, blank=True, null=True)  # noqa: DJ001 - unknown is not none
    primary_language = models.CharField(_("primary language"), max_length=100, blank=True, default="")
    # [{"name": …, "size_bytes": …}], largest first.
    languages = models.JSONField(_("languages"), default=list)
    topics = models.JSONField(_("topics"), null=True)
    default_branch = models.CharField(_("default branch"), max_length=300, blank=True, default="")
    size_kb = models.BigIntegerField(_("size in kB"), null=True)
    created_at = models.DateTimeField(_("created at"), null=True)
    pushed_at = models.DateTimeField(_("pushed at"), null=True)
    archived_at = models.DateTimeField(_("archived at"), null=True)
    latest_release_tag = models.CharField(_("latest release"), max_length=300, blank=True, default="")
    latest_release_at = models.DateTimeField(_("latest release at"), null=True)
    is_fork = models.BooleanField(_("is a fork"), default=False)
    # Contributor counts come by another request, on a slower cadence.
    contributors = models.PositiveIntegerField(_("contributors"), null=True)
    contributors_at = models.DateTimeField(_("contributors counted at"), null=True)
    contributors_missing = models.CharField(_("why contributors are unknown"), max_length=100, blank=True, default="")
    stars_history_at = models.DateTimeField(_("star history read at"), null=True)

    class Meta:
        verbose_name = _("facts of a repository")
        verbose_name_plural = _("facts of repositories")

    def __str__(self) -> str:
        return str(self.repository_id)
