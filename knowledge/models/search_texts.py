"""The texts of the knowledge base as the search reads them."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class TextKind(models.TextChoices):
    """What a text is about, in the order in which equally good texts stand."""

    CONCEPT = "concept", _("concept")
    QUESTION = "question", _("question")
    COMPARISON = "comparison", _("comparison")
    INSIGHT = "insight", _("insight")
    EVENT = "event", _("event")
    FORECAST = "forecast", _("forecast")
    STATEMENT = "statement", _("statement")


class SearchText(models.Model):
    """One entry, cut into words; made anew from the entries whenever they change, so never edited.

    ``path`` names the entry as links do ("concept:sidecar"). ``names`` are its titles and aliases; ``words`` holds English
    stems and Chinese words, the latter as the segmentation cuts them.
    """

    kind = models.CharField(_("kind"), max_length=20, choices=TextKind)
    path = models.CharField(_("path"), max_length=200, unique=True)
    title = models.CharField(_("title"), max_length=300)
    title_zh = models.CharField(_("title in Chinese"), max_length=300, blank=True, default="")
    summary = models.TextField(_("summary"), blank=True, default="")
    summary_zh = models.TextField(_("summary in Chinese"), blank=True, default="")
    names = ArrayField(models.CharField(max_length=300), verbose_name=_("names"), default=list)
    text = models.TextField(_("text"), blank=True, default="")
    words = SearchVectorField(_("words"))

    class Meta:
        verbose_name = _("searched text")
        verbose_name_plural = _("searched texts")
        indexes = [GinIndex(fields=["words"], name="search_text_words")]
        constraints = [models.CheckConstraint(condition=Q(kind__in=TextKind.values), name="search_text_kind_known")]

    def __str__(self) -> str:
        return self.path
