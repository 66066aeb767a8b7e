"""What the words mean, and how they hang together."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from knowledge.models.entries import Entry
from market.models import Layer
from projects.models import Item, Subcategory


class ConceptKind(models.TextChoices):
    """What sort of thing a concept is."""

    IDEA = "idea", _("idea")
    PRACTICE = "practice", _("practice")
    ARCHITECTURE = "architecture", _("architecture")
    TECHNOLOGY = "technology", _("technology")
    ORGANIZATION = "organization", _("way of organizing")
    BUSINESS = "business", _("business")
    HISTORY = "history", _("history")


class Concept(Entry):
    """A term that is explained; ``items`` implement it, its subcategories and layers are where the landscape has it."""

    kind = models.CharField(_("kind"), max_length=20, choices=ConceptKind)
    definition = models.TextField(_("definition"))
    definition_zh = models.TextField(_("definition in Chinese"), blank=True, default="")
    replaces = models.TextField(_("replaces"), blank=True, default="")
    replaces_zh = models.TextField(_("replaces, in Chinese"), blank=True, default="")
    enables = models.TextField(_("enables"), blank=True, default="")
    enables_zh = models.TextField(_("enables, in Chinese"), blank=True, default="")
    body = models.TextField(_("explanation"), blank=True, default="")
    body_zh = models.TextField(_("explanation in Chinese"), blank=True, default="")
    items = models.ManyToManyField(
        Item, through="ConceptItem", related_name="concepts", verbose_name=_("implemented by")
    )
    subcategories = models.ManyToManyField(
        Subcategory, related_name="concepts", verbose_name=_("subcategories"), blank=True
    )
    layers = models.ManyToManyField(Layer, related_name="concepts", verbose_name=_("layers"), blank=True)

    class Meta:
        verbose_name = _("concept")
        verbose_name_plural = _("concepts")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ConceptKind.values), name="concept_kind_known"),
            models.CheckConstraint(condition=~Q(definition=""), name="concept_is_defined"),
        ]

    def get_absolute_url(self) -> str:
        return reverse("concept_detail", args=[self.slug])


class ConceptItem(models.Model):
    """An item that implements a concept; the best known has the lowest ``position``."""

    concept = models.ForeignKey(Concept, models.CASCADE, related_name="concept_items")
    item = models.ForeignKey(Item, models.CASCADE, related_name="concept_items", verbose_name=_("item"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("item of a concept")
        verbose_name_plural = _("items of concepts")
        constraints = [models.UniqueConstraint(fields=["concept", "item"], name="concept_item_unique")]

    def __str__(self) -> str:
        return f"{self.concept_id} {self.item_id}"


class ConceptAlias(models.Model):
    """Another word for a concept; texts and searches find the concept by it."""

    concept = models.ForeignKey(Concept, models.CASCADE, related_name="aliases", verbose_name=_("concept"))
    name = models.CharField(_("name"), max_length=100)
    is_chinese = models.BooleanField(_("is Chinese"), default=False)

    class Meta:
        verbose_name = _("alias")
        verbose_name_plural = _("aliases")
        constraints = [models.UniqueConstraint(fields=["concept", "name"], name="concept_alias_unique")]

    def __str__(self) -> str:
        return self.name


class ConceptRelation(models.Model):
    """How one concept stands to another; it is read from ``concept`` to ``other``."""

    class Kind(models.TextChoices):
        """What the first is to the second."""

        PART_OF = "part_of", _("is part of")
        KIND_OF = "kind_of", _("is a kind of")
        NEEDS = "needs", _("needs")
        SUCCEEDS = "succeeds", _("succeeds")
        CONTRASTS_WITH = "contrasts_with", _("contrasts with")

    concept = models.ForeignKey(Concept, models.CASCADE, related_name="relations", verbose_name=_("concept"))
    other = models.ForeignKey(Concept, models.CASCADE, related_name="relations_to", verbose_name=_("other concept"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)

    class Meta:
        verbose_name = _("relation")
        verbose_name_plural = _("relations")
        constraints = [
            models.UniqueConstraint(fields=["concept", "other", "kind"], name="concept_relation_unique"),
            models.CheckConstraint(condition=~Q(concept=models.F("other")), name="concept_relation_to_another"),
            models.CheckConstraint(
                condition=Q(kind__in=["part_of", "kind_of", "needs", "succeeds", "contrasts_with"]),
                name="concept_relation_kind_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.concept_id} {self.kind} {self.other_id}"
