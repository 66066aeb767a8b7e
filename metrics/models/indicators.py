"""Computed figures: a value with its interval, or the refusal with its reason."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from metrics.querysets.indicators import IndicatorQuerySet
from projects.models import Item


class Metric(models.TextChoices):
    """What is computed; the window says over how many days."""

    STARS = "stars", _("stars")
    STAR_GROWTH = "star_growth", _("growth of stars")
    ROSS_GROWTH = "ross_growth", _("ROSS growth")
    ROBUST_GROWTH = "robust_growth", _("robust growth of stars a year")
    BURSTINESS = "burstiness", _("burstiness of stars")
    FORKS = "forks", _("forks")
    CONTRIBUTORS = "contributors", _("contributors")
    CONTRIBUTOR_GROWTH = "contributor_growth", _("growth of contributors")
    COMMITS = "commits", _("commits")
    DAYS_SINCE_RELEASE = "days_since_release", _("days since the latest release")
    DAYS_SINCE_PUSH = "days_since_push", _("days since the latest push")
    ISSUE_CLOSING = "issue_closing", _("issues closed of those opened")
    PULL_REQUEST_CLOSING = "pull_request_closing", _("pull requests closed of those opened")
    ELEPHANT_FACTOR = "elephant_factor", _("elephant factor of maintainers")
    MAINTAINER_HHI = "maintainer_hhi", _("concentration of maintainers' employers")
    STAR_PERCENTILE = "star_percentile", _("percentile of stars in the subcategory")
    GROWTH_PERCENTILE = "growth_percentile", _("percentile of growth in the subcategory")
    CONFIDENCE = "confidence", _("data confidence")


class RefusalReason(models.TextChoices):
    """Why a figure is refused."""

    NO_REPOSITORY = "no_repository", _("The item names no repository that can be measured.")
    NOT_MEASURED = "not_measured", _("Nothing has been measured yet.")
    TOO_FEW_POINTS = "too_few_points", _("There are too few measurements.")
    TOO_SHORT = "too_short", _("The measurements do not reach back far enough.")
    SERIES_BREAK = "series_break", _("The series breaks inside the window.")
    BELOW_FLOOR = "below_floor", _("The count is below the floor of this figure.")
    TOO_FEW_PEERS = "too_few_peers", _("There are too few peers to compare with.")
    UNKNOWN_SHARE = "unknown_share", _("Too much of the total is unknown.")
    STALE = "stale", _("The newest measurement is too old.")
    NEGATIVE = "negative", _("A count that cannot fall has fallen.")


class Indicator(models.Model):
    """One figure of one item on one day; either ``value`` or ``refusal`` is given.

    Units: shares and growth as fractions (0.05 is 5 %), robust growth as a fraction a year, the
    others as their names say; ``low`` and ``high`` bound a 95 % interval where the formula gives one.
    """

    # Its own index would be the unique one's first column over again, and lead the planner astray.
    item = models.ForeignKey(Item, models.CASCADE, related_name="indicators", db_index=False)
    metric = models.CharField(_("metric"), max_length=30, choices=Metric)
    window_days = models.PositiveSmallIntegerField(_("window in days"), default=0)
    day = models.DateField(_("day"))
    value = models.FloatField(_("value"), null=True)
    low = models.FloatField(_("low"), null=True)
    high = models.FloatField(_("high"), null=True)
    n = models.PositiveIntegerField(_("measurements"), default=0)
    refusal = models.CharField(_("refusal"), max_length=20, choices=RefusalReason, blank=True, default="")
    # What a figure rests on beside its value, e.g. the reasons of a confidence grade.
    details = models.JSONField(_("details"), default=dict)
    version = models.CharField(_("formula version"), max_length=30)

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        indexes = [models.Index(fields=["metric", "window_days", "day", "value"], name="indicator_ranking")]
        constraints = [
            models.UniqueConstraint(fields=["item", "metric", "window_days", "day"], name="indicator_unique"),
            models.CheckConstraint(condition=Q(metric__in=Metric.values), name="indicator_metric_known"),
            models.CheckConstraint(
                condition=Q(value__isnull=True) & ~Q(refusal="") | Q(value__isnull=False) & Q(refusal=""),
                name="indicator_value_or_refusal",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.metric}/{self.window_days} {self.day}"
