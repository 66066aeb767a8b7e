"""What happened when, and what was said to happen."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from knowledge.models.concepts import Concept
from knowledge.models.entries import Entry
from projects.models import Item, Organization


class EventPrecision(models.TextChoices):
    """What of a date is known; the rest of it means nothing."""

    DAY = "day", _("day")
    MONTH = "month", _("month")
    YEAR = "year", _("year")
    DECADE = "decade", _("decade")


class EventKind(models.TextChoices):
    """What sort of event it is."""

    FOUNDATION = "foundation", _("foundation")
    RELEASE = "release", _("release")
    COMPANY = "company", _("company")
    DEAL = "deal", _("deal")
    IDEA = "idea", _("idea")
    STANDARD = "standard", _("standard")
    LANDSCAPE = "landscape", _("landscape")
    ESSAY = "essay", _("essay")
    FORECAST = "forecast", _("forecast")


class TimelineEvent(Entry):
    """A dated event; ``until`` closes a stretch of time. ``doubt`` says what is uncertain about it."""

    happened_on = models.DateField(_("happened on"))
    precision = models.CharField(_("precision of the date"), max_length=10, choices=EventPrecision)
    until = models.DateField(_("until"), null=True, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=EventKind)
    text = models.TextField(_("text"))
    text_zh = models.TextField(_("text in Chinese"), blank=True, default="")
    doubt = models.TextField(_("doubt"), blank=True, default="")
    doubt_zh = models.TextField(_("doubt in Chinese"), blank=True, default="")
    concepts = models.ManyToManyField(Concept, related_name="events", verbose_name=_("concepts"), blank=True)
    items = models.ManyToManyField(Item, related_name="events", verbose_name=_("items"), blank=True)
    organizations = models.ManyToManyField(
        Organization, related_name="events", verbose_name=_("organizations"), blank=True
    )

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=EventKind.values), name="timeline_event_kind_known"),
            models.CheckConstraint(
                condition=Q(precision__in=EventPrecision.values), name="timeline_event_precision_known"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=models.F("happened_on")),
                name="timeline_event_not_inverted",
            ),
        ]

    def get_absolute_url(self) -> str:
        return f"{reverse('timeline')}#{self.slug}"


class Verdict(models.TextChoices):
    """What became of a forecast."""

    OPEN = "open", pgettext_lazy("forecast", "open")
    MET = "met", _("met")
    PARTLY = "partly", _("partly met")
    MISSED = "missed", _("missed")
    NOT_MEASURABLE = "not_measurable", _("not measurable")


class Forecast(Entry):
    """What somebody said would come; ``title`` is the claim, ``measure`` what decides it."""

    who = models.CharField(_("who"), max_length=200)
    who_zh = models.CharField(_("who, in Chinese"), max_length=200, blank=True, default="")
    made_on = models.DateField(_("made on"))
    made_precision = models.CharField(_("precision of that date"), max_length=10, choices=EventPrecision)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    due_precision = models.CharField(
        _("precision of the due date"), max_length=10, choices=EventPrecision, blank=True, default=""
    )
    measure = models.TextField(_("measure"))
    measure_zh = models.TextField(_("measure in Chinese"), blank=True, default="")
    verdict = models.CharField(_("verdict"), max_length=20, choices=Verdict)
    evidence = models.TextField(_("evidence"), blank=True, default="")
    evidence_zh = models.TextField(_("evidence in Chinese"), blank=True, default="")

    class Meta:
        verbose_name = _("forecast")
        verbose_name_plural = _("forecasts")
        constraints = [
            models.CheckConstraint(condition=Q(verdict__in=Verdict.values), name="forecast_verdict_known"),
            models.CheckConstraint(condition=Q(verdict="open") | ~Q(evidence=""), name="forecast_verdict_has_evidence"),
            models.CheckConstraint(
                condition=Q(due_on__isnull=True, due_precision="")
                | Q(due_on__isnull=False, due_precision__in=EventPrecision.values),
                name="forecast_due_date_has_precision",
            ),
        ]

    def get_absolute_url(self) -> str:
        return f"{reverse('forecasts')}#{self.slug}"
