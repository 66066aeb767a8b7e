"""What the files of content/ last gave."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ContentEntry(models.Model):
    """What a file of ``content/`` last gave for one thing, so that a later load can tell an analyst's edit from it.

    ``key`` is the file's path without ending, for organizations and the taxonomy with the entry's key behind ``#``.
    """

    key = models.CharField(_("key"), max_length=300, unique=True)
    values = models.JSONField(_("values"), default=dict)

    class Meta:
        verbose_name = _("content entry")
        verbose_name_plural = _("content entries")

    def __str__(self) -> str:
        return self.key
