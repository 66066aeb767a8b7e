"""The number that every committed change of data raises, by whatever path it came."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DataVersion(models.Model):
    """One row (pk 1), raised once by each transaction that wrote to a watched table.

    Triggers do it (migration ``0002_watch_data_version``), so that no import, admin form or
    ``psql`` session can forget to; a ``NOTIFY data_version`` tells the web processes.
    """

    number = models.BigIntegerField(_("number"), default=0)
    changed_at = models.DateTimeField(_("changed at"))

    class Meta:
        verbose_name = _("data version")
        verbose_name_plural = _("data versions")
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="data_version_one_row")]

    def __str__(self) -> str:
        return str(self.number)


class DataTouch(models.Model):
    """A transaction that wrote; its row lives only until that transaction commits."""

    xid = models.BigIntegerField(primary_key=True)

    class Meta:
        verbose_name = _("data touch")
        verbose_name_plural = _("data touches")

    def __str__(self) -> str:
        return str(self.xid)
