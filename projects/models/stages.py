"""What the foundation hosts: projects, their maturity, and the dates that were declared for it."""

from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Maturity(models.TextChoices):
    """The CNCF's maturity words; another foundation's words are kept as they are."""

    SANDBOX = "sandbox", _("sandbox")
    INCUBATING = "incubating", _("incubating")
    GRADUATED = "graduated", _("graduated")
    ARCHIVED = "archived", _("archived")


class Project(models.Model):
    """What several cards share when they are one hosted project ("Dapr" and "Dapr (Serverless)")."""

    slug = models.SlugField(_("slug"), max_length=200, unique=True)
    name = models.CharField(_("name"), max_length=200)

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")

    def __str__(self) -> str:
        return self.name


class StageDeclaration(models.Model):
    """An official date of a stage, and when the landscape said so (48 were corrected later)."""

    item = models.ForeignKey("projects.Item", models.CASCADE, related_name="stage_declarations")
    # "accepted" is the day the foundation took the project in, at whatever stage.
    stage = models.CharField(_("stage"), max_length=50)
    declared_on = models.DateField(_("declared on"))
    during = DateTimeRangeField(_("said during"))

    class Meta:
        verbose_name = _("stage declaration")
        verbose_name_plural = _("stage declarations")
        constraints = [
            models.UniqueConstraint(fields=["item", "stage", "during"], name="stage_declaration_unique"),
            models.CheckConstraint(condition=~Q(stage=""), name="stage_declaration_stage_given"),
            models.CheckConstraint(condition=Q(during__isempty=False), name="stage_declaration_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.stage} {self.declared_on}"


class StageReview(models.Model):
    """A stage that was seen over 30 days after its declared day, or before it, or that contradicts another one."""

    class Reason(models.TextChoices):
        """Why the stage is on the list."""

        SEEN_LATE = "seen_late", _("seen more than 30 days after the declared day")
        SEEN_EARLY = "seen_early", _("seen before the declared day")
        NEVER_SEEN = "never_seen", _("declared, but never seen in the landscape")
        OUT_OF_ORDER = "out_of_order", _("the declared dates contradict the order of stages")

    item = models.ForeignKey("projects.Item", models.CASCADE, related_name="stage_reviews", verbose_name=_("item"))
    stage = models.CharField(_("stage"), max_length=50)
    reason = models.CharField(_("reason"), max_length=20, choices=Reason)
    declared_on = models.DateField(_("declared on"))
    seen_at = models.DateTimeField(_("seen at"), null=True, blank=True)
    days = models.IntegerField(_("days between"), null=True, blank=True)

    class Meta:
        verbose_name = _("stage to review")
        verbose_name_plural = _("stages to review")
        constraints = [models.UniqueConstraint(fields=["item", "stage"], name="stage_review_unique")]

    def __str__(self) -> str:
        return f"{self.item_id} {self.stage}: {self.reason}"
