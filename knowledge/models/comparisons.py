"""Two or more things beside each other, aspect by aspect."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from knowledge.models.concepts import Concept
from knowledge.models.entries import Entry


class Comparison(Entry):
    """A table of things and aspects; ``verdict`` says when to choose which."""

    summary = models.TextField(_("summary"))
    summary_zh = models.TextField(_("summary in Chinese"), blank=True, default="")
    verdict = models.TextField(_("verdict"), blank=True, default="")
    verdict_zh = models.TextField(_("verdict in Chinese"), blank=True, default="")

    class Meta:
        verbose_name = _("comparison")
        verbose_name_plural = _("comparisons")

    def get_absolute_url(self) -> str:
        return reverse("comparison_detail", args=[self.slug])


class ComparisonColumn(models.Model):
    """One of the things compared; it leads to its concept if it has one."""

    comparison = models.ForeignKey(Comparison, models.CASCADE, related_name="columns")
    concept = models.ForeignKey(
        Concept, models.SET_NULL, null=True, blank=True, related_name="comparison_columns", verbose_name=_("concept")
    )
    name = models.CharField(_("name"), max_length=200)
    name_zh = models.CharField(_("name in Chinese"), max_length=200, blank=True, default="")
    position = models.PositiveSmallIntegerField(_("position"))

    class Meta:
        verbose_name = _("column of a comparison")
        verbose_name_plural = _("columns of comparisons")
        constraints = [models.UniqueConstraint(fields=["comparison", "position"], name="comparison_column_unique")]

    def __str__(self) -> str:
        return self.name


class ComparisonRow(models.Model):
    """One aspect; ``cells`` holds ``{"text", "text_zh"}`` for each column, in the order of the columns."""

    comparison = models.ForeignKey(Comparison, models.CASCADE, related_name="rows")
    aspect = models.CharField(_("aspect"), max_length=200)
    aspect_zh = models.CharField(_("aspect in Chinese"), max_length=200, blank=True, default="")
    cells = models.JSONField(_("cells"), default=list)
    position = models.PositiveSmallIntegerField(_("position"))

    class Meta:
        verbose_name = _("row of a comparison")
        verbose_name_plural = _("rows of comparisons")
        constraints = [models.UniqueConstraint(fields=["comparison", "position"], name="comparison_row_unique")]

    def __str__(self) -> str:
        return self.aspect
