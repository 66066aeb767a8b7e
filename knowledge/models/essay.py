"""What the essay of June 2020 says, and what it teaches."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from knowledge.models.concepts import Concept
from knowledge.models.entries import Entry
from projects.models import Item, Organization


class InsightKind(models.TextChoices):
    """What sort of thought it is."""

    CRITERIA = "criteria", _("criteria")
    OPPORTUNITIES = "opportunities", _("opportunities")
    DISPLACEMENTS = "displacements", _("displacements")
    LESSONS = "lessons", _("lessons")
    CASE_STUDIES = "case-studies", _("case studies")
    ANALOGIES = "analogies", _("analogies")
    CORE_STATEMENTS = "core-statements", _("core statements")
    TRAITS = "traits", _("traits")
    CHINA = "china", _("China")
    THESIS = "thesis", _("thesis check")


class Insight(Entry):
    """A thought of the essay in our words; ``today`` is what became of it."""

    kind = models.CharField(_("kind"), max_length=20, choices=InsightKind)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    text = models.TextField(_("text"))
    text_zh = models.TextField(_("text in Chinese"), blank=True, default="")
    today = models.TextField(_("today"), blank=True, default="")
    today_zh = models.TextField(_("today, in Chinese"), blank=True, default="")
    concepts = models.ManyToManyField(Concept, related_name="insights", verbose_name=_("concepts"), blank=True)
    items = models.ManyToManyField(Item, related_name="insights", verbose_name=_("items"), blank=True)
    organizations = models.ManyToManyField(
        Organization, related_name="insights", verbose_name=_("organizations"), blank=True
    )

    class Meta:
        verbose_name = _("insight")
        verbose_name_plural = _("insights")
        constraints = [models.CheckConstraint(condition=Q(kind__in=InsightKind.values), name="insight_kind_known")]

    def get_absolute_url(self) -> str:
        return f"{reverse('insights', args=[self.kind])}#{self.slug}"


class StatementStatus(models.TextChoices):
    """How a statement of the essay stands to what is known now."""

    STANDS = "stands", _("stands")
    DATED = "dated", _("true then")
    DIFFERS = "differs", _("the data differ")
    DOUBTFUL = "doubtful", _("doubtful")
    NOT_MEASURABLE = "not_measurable", _("not measurable")


class Statement(models.Model):
    """One statement of the essay, in our words; ``home`` says where Strata answers it ("concept:sidecar", "catalogue")."""

    code = models.CharField(_("id"), max_length=20, unique=True)
    position = models.PositiveSmallIntegerField(_("position"))
    text = models.TextField(_("text"))
    text_zh = models.TextField(_("text in Chinese"), blank=True, default="")
    home = models.CharField(_("answered in"), max_length=200)
    status = models.CharField(_("status"), max_length=20, choices=StatementStatus)
    today = models.TextField(_("today"), blank=True, default="")
    today_zh = models.TextField(_("today, in Chinese"), blank=True, default="")

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        constraints = [
            models.CheckConstraint(condition=Q(status__in=StatementStatus.values), name="statement_status_known"),
            models.CheckConstraint(condition=~Q(home=""), name="statement_has_a_home"),
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return f"{reverse('essay')}#{self.code}"
