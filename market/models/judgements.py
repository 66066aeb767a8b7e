"""What analysts think: criteria, judgements by them, and domestic counterparts."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from projects.models import Item, Source


class Criterion(models.Model):
    """One of the questions by which the essay judges a technology-layer project."""

    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    code = models.CharField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=200)
    name_zh = models.CharField(_("name in Chinese"), max_length=200, blank=True, default="")
    question = models.TextField(_("question"))
    question_zh = models.TextField(_("question in Chinese"), blank=True, default="")
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("source")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")

    def __str__(self) -> str:
        return self.name


class Assessment(models.Model):
    """An analyst's own judgement of an item by one criterion; never a sum, and never computed."""

    class Verdict(models.TextChoices):
        """What the analyst thinks."""

        MET = "met", _("met")
        PARTLY = "partly", _("partly met")
        NOT_MET = "not_met", _("not met")
        UNCLEAR = "unclear", _("unclear")

    criterion = models.ForeignKey(Criterion, models.CASCADE, related_name="assessments", verbose_name=_("criterion"))
    item = models.ForeignKey(Item, models.CASCADE, related_name="assessments", verbose_name=_("item"))
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict)
    judgement = models.TextField(_("judgement"))
    judgement_zh = models.TextField(_("judgement in Chinese"), blank=True, default="")
    author = models.CharField(_("author"), max_length=200)
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    assessed_on = models.DateField(_("assessed on"))
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("source")
    )

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        constraints = [
            models.UniqueConstraint(fields=["criterion", "item", "author"], name="assessment_once_an_author"),
            models.CheckConstraint(
                condition=Q(verdict__in=["met", "partly", "not_met", "unclear"]), name="assessment_verdict_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion_id} {self.item_id} {self.verdict}"


class Counterpart(models.Model):
    """A domestic item that does for its home market what a foreign one does elsewhere; a link with a source, no rank."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="counterparts", verbose_name=_("item"))
    counterpart = models.ForeignKey(
        Item, models.CASCADE, related_name="counterpart_of", verbose_name=_("domestic counterpart")
    )
    reason = models.TextField(_("reason"))
    reason_zh = models.TextField(_("reason in Chinese"), blank=True, default="")
    source = models.ForeignKey(Source, models.PROTECT, related_name="+", verbose_name=_("source"))

    class Meta:
        verbose_name = _("counterpart")
        verbose_name_plural = _("counterparts")
        constraints = [
            models.UniqueConstraint(fields=["item", "counterpart"], name="counterpart_unique"),
            models.CheckConstraint(condition=~Q(item=models.F("counterpart")), name="counterpart_of_another"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.counterpart_id}"
