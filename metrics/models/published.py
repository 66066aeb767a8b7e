"""Figures that others publish, each with its source."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from projects.models import Item, Source


class ActivityWindow(models.Model):
    """The CNCF's yearly figures of one project: counts over ``[period_start, period_end)``, days in UTC.

    ``is_event_based_unreliable``: counts taken from the event stream lost coverage after May 2025.
    """

    project_name = models.CharField(_("project as published"), max_length=200)
    item = models.ForeignKey(Item, models.SET_NULL, null=True, blank=True, related_name="activity_windows")
    period_start = models.DateField(_("from"))
    period_end = models.DateField(_("to"))
    authors = models.PositiveIntegerField(_("authors"), null=True)
    commits = models.PositiveIntegerField(_("commits"), null=True)
    pull_requests = models.PositiveIntegerField(_("pull requests"), null=True)
    issues = models.PositiveIntegerField(_("issues"), null=True)
    comments = models.PositiveIntegerField(_("comments"), null=True)
    activity = models.PositiveIntegerField(_("activity"), null=True)
    pushes = models.PositiveIntegerField(_("pushes"), null=True)
    is_event_based_unreliable = models.BooleanField(_("event counts are unreliable"), default=False)
    source = models.ForeignKey(Source, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("activity window")
        verbose_name_plural = _("activity windows")
        constraints = [
            models.UniqueConstraint(
                fields=["project_name", "period_start", "period_end"], name="activity_window_unique"
            ),
            models.CheckConstraint(
                condition=Q(period_end__gt=models.F("period_start")), name="activity_window_not_inverted"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_name} {self.period_start}–{self.period_end}"


class MaintainerShare(models.Model):
    """How many maintainers of a project one employer had on a day; an empty employer is unknown. No persons."""

    project_name = models.CharField(_("project as published"), max_length=200)
    item = models.ForeignKey(Item, models.SET_NULL, null=True, blank=True, related_name="maintainer_shares")
    as_of = models.DateField(_("as of"))
    employer = models.CharField(_("employer"), max_length=200, blank=True, default="")
    maintainers = models.PositiveIntegerField(_("maintainers"))
    source = models.ForeignKey(Source, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("maintainers by employer")
        verbose_name_plural = _("maintainers by employer")
        constraints = [
            models.UniqueConstraint(fields=["project_name", "as_of", "employer"], name="maintainer_share_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.project_name} {self.as_of} {self.employer}"
