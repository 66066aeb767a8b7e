"""The questions that the essay promises to answer, answered."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from knowledge.models.comparisons import Comparison
from knowledge.models.concepts import Concept
from knowledge.models.entries import Entry
from projects.models import Item


class Question(Entry):
    """A question with its answer.

    ``evidence`` names the live figures beside it: a list of ``{"kind", "of", "caption", "caption_zh"}``, ``of`` a list of
    slugs.
    """

    number = models.PositiveSmallIntegerField(_("number"), unique=True)
    short_answer = models.TextField(_("short answer"))
    short_answer_zh = models.TextField(_("short answer in Chinese"), blank=True, default="")
    body = models.TextField(_("answer"))
    body_zh = models.TextField(_("answer in Chinese"), blank=True, default="")
    evidence = models.JSONField(_("evidence"), default=list, blank=True)
    concepts = models.ManyToManyField(Concept, related_name="questions", verbose_name=_("concepts"), blank=True)
    comparisons = models.ManyToManyField(
        Comparison, related_name="questions", verbose_name=_("comparisons"), blank=True
    )
    items = models.ManyToManyField(Item, related_name="questions", verbose_name=_("items"), blank=True)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")

    def get_absolute_url(self) -> str:
        return reverse("question_detail", args=[self.slug])
