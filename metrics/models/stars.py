"""Star history as GitHub buckets it: stars added, without names."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from projects.models import Repository


class StarWeek(models.Model):
    """Stars added in one week; ``days`` holds its seven days, whose bounds are GitHub's, not UTC's."""

    repository = models.ForeignKey(Repository, models.CASCADE, related_name="star_weeks")
    week_on = models.DateField(_("week begins on"))
    total = models.PositiveIntegerField(_("stars added"))
    days = ArrayField(models.PositiveIntegerField(), size=7, verbose_name=_("stars added by day"))
    observed_at = models.DateTimeField(_("observed at"))

    class Meta:
        verbose_name = _("week of stars")
        verbose_name_plural = _("weeks of stars")
        constraints = [models.UniqueConstraint(fields=["repository", "week_on"], name="star_week_unique")]

    def __str__(self) -> str:
        return f"{self.repository_id} {self.week_on}"
