"""What surveys found about who uses what."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from market.querysets.surveys import SurveyFigureQuerySet, SurveyWaveQuerySet
from projects.models import Item, Source


class Survey(models.Model):
    """A survey that is repeated."""

    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=200)
    name_zh = models.CharField(_("name in Chinese"), max_length=200, blank=True, default="")
    publisher = models.CharField(_("publisher"), max_length=200)
    summary = models.TextField(_("summary"), blank=True, default="")
    summary_zh = models.TextField(_("summary in Chinese"), blank=True, default="")

    class Meta:
        verbose_name = _("survey")
        verbose_name_plural = _("surveys")

    def __str__(self) -> str:
        return self.name


class SurveyWave(models.Model):
    """One round of questioning; ``breaks_series``: its figures must not be joined to those of the wave before."""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="waves", verbose_name=_("survey"))
    year = models.PositiveSmallIntegerField(_("year"))
    respondents = models.PositiveIntegerField(_("respondents"), null=True, blank=True)
    base = models.TextField(_("who was asked"), blank=True, default="")
    base_zh = models.TextField(_("who was asked, in Chinese"), blank=True, default="")
    breaks_series = models.BooleanField(_("breaks the series"), default=False)
    break_reason = models.TextField(_("why it breaks the series"), blank=True, default="")
    break_reason_zh = models.TextField(_("why it breaks the series, in Chinese"), blank=True, default="")
    source = models.ForeignKey(Source, models.PROTECT, related_name="+", verbose_name=_("source"))

    objects = SurveyWaveQuerySet.as_manager()

    class Meta:
        verbose_name = _("survey wave")
        verbose_name_plural = _("survey waves")
        constraints = [
            models.UniqueConstraint(fields=["survey", "year"], name="survey_wave_unique"),
            models.CheckConstraint(
                condition=Q(breaks_series=False) | ~Q(break_reason=""), name="survey_wave_break_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.survey_id} {self.year}"


class SurveyFigure(models.Model):
    """How many of those asked gave one answer: ``answered`` of ``asked``, ``share`` 0 to 1.

    Where only a printed share is known, ``answered`` is null and no interval can be given.
    """

    class Question(models.TextChoices):
        """What was asked."""

        PRODUCTION = "production", _("uses it in production")
        EVALUATING = "evaluating", _("evaluates it")
        CHALLENGE = "challenge", _("challenge in using containers")
        CONTAINER_USE = "container_use", _("uses containers in this environment")

    wave = models.ForeignKey(SurveyWave, models.CASCADE, related_name="figures", verbose_name=_("wave"))
    question = models.CharField(_("question"), max_length=20, choices=Question)
    subject = models.CharField(_("answer as published"), max_length=200)
    subject_zh = models.CharField(_("answer in Chinese"), max_length=200, blank=True, default="")
    item = models.ForeignKey(
        Item, models.SET_NULL, null=True, blank=True, related_name="survey_figures", verbose_name=_("item")
    )
    answered = models.PositiveIntegerField(_("gave this answer"), null=True, blank=True)
    asked = models.PositiveIntegerField(_("were asked"), null=True, blank=True)
    share = models.DecimalField(_("share (0 to 1)"), max_digits=6, decimal_places=5)
    # "of those asked", "of container users": shares of one wave can have different bases.
    base = models.CharField(_("share of whom"), max_length=200, blank=True, default="")
    base_zh = models.CharField(_("share of whom, in Chinese"), max_length=200, blank=True, default="")
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("source if not the wave's")
    )

    objects = SurveyFigureQuerySet.as_manager()

    class Meta:
        verbose_name = _("survey figure")
        verbose_name_plural = _("survey figures")
        indexes = [models.Index(fields=["item", "question"], name="survey_figure_item")]
        constraints = [
            models.UniqueConstraint(fields=["wave", "question", "subject"], name="survey_figure_unique"),
            models.CheckConstraint(condition=Q(share__gte=0, share__lte=1), name="survey_figure_share_range"),
            models.CheckConstraint(
                condition=Q(answered__isnull=True)
                | Q(answered__isnull=False, asked__isnull=False, answered__lte=models.F("asked"), asked__gt=0),
                name="survey_figure_answered_of_asked",
            ),
            models.CheckConstraint(
                condition=Q(question__in=["production", "evaluating", "challenge", "container_use"]),
                name="survey_figure_question_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.wave_id} {self.question} {self.subject}"
