"""Ways to divide the landscape, and where each thing stands in them."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from projects.models import Item, Organization, Source, Subcategory


class Framework(models.Model):
    """A division of the landscape into layers, by somebody, at some time.

    ``claimed_layers``: how many its author says there are, where that is not how many are named.
    ``mirrors_categories``: its layers are the landscape's own categories, so that nothing is assigned by hand.
    """

    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=200)
    name_zh = models.CharField(_("name in Chinese"), max_length=200, blank=True, default="")
    summary = models.TextField(_("summary"), blank=True, default="")
    summary_zh = models.TextField(_("summary in Chinese"), blank=True, default="")
    author = models.CharField(_("author"), max_length=200)
    published_on = models.DateField(_("published on"), null=True, blank=True)
    claimed_layers = models.PositiveSmallIntegerField(_("layers claimed"), null=True, blank=True)
    mirrors_categories = models.BooleanField(_("mirrors the landscape's categories"), default=False)
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("source")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("framework")
        verbose_name_plural = _("frameworks")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("framework_detail", args=[self.slug])


class Layer(models.Model):
    """One part of a framework; ``code`` is the author's own number of it ("1a", "TM-03"), if there is one."""

    framework = models.ForeignKey(Framework, models.CASCADE, related_name="layers", verbose_name=_("framework"))
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="children", verbose_name=_("part of")
    )
    slug = models.SlugField(_("slug"), max_length=80)
    code = models.CharField(_("code"), max_length=20, blank=True, default="")
    name = models.CharField(_("name"), max_length=200)
    name_zh = models.CharField(_("name in Chinese"), max_length=200, blank=True, default="")
    summary = models.TextField(_("summary"), blank=True, default="")
    summary_zh = models.TextField(_("summary in Chinese"), blank=True, default="")
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("layer")
        verbose_name_plural = _("layers")
        constraints = [
            models.UniqueConstraint(fields=["framework", "slug"], name="layer_slug_unique"),
            models.CheckConstraint(condition=~Q(parent=models.F("pk")), name="layer_not_its_own_parent"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("layer_detail", args=[self.framework.slug, self.slug])


class LayerAssignment(models.Model):
    """Where one subcategory, item or organization stands in a framework, who put it there, and why.

    An item's own assignment overrides that of its subcategory. ``framework`` repeats the layer's, so that the database
    can hold that nothing stands twice in one framework; a trigger sets it.
    """

    framework = models.ForeignKey(Framework, models.CASCADE, related_name="assignments", editable=False)
    layer = models.ForeignKey(Layer, models.CASCADE, related_name="assignments", verbose_name=_("layer"))
    subcategory = models.ForeignKey(
        Subcategory, models.CASCADE, null=True, blank=True, related_name="layer_assignments"
    )
    item = models.ForeignKey(Item, models.CASCADE, null=True, blank=True, related_name="layer_assignments")
    organization = models.ForeignKey(
        Organization, models.CASCADE, null=True, blank=True, related_name="layer_assignments"
    )
    author = models.CharField(_("author"), max_length=200)
    reason = models.TextField(_("reason"))
    reason_zh = models.TextField(_("reason in Chinese"), blank=True, default="")
    assigned_on = models.DateField(_("assigned on"))
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("source")
    )

    class Meta:
        verbose_name = _("assignment to a layer")
        verbose_name_plural = _("assignments to layers")
        constraints = [
            models.UniqueConstraint(fields=["framework", "subcategory"], name="layer_assignment_subcategory_once"),
            models.UniqueConstraint(fields=["framework", "item"], name="layer_assignment_item_once"),
            models.UniqueConstraint(fields=["framework", "organization"], name="layer_assignment_organization_once"),
            models.CheckConstraint(
                condition=Q(subcategory__isnull=False, item__isnull=True, organization__isnull=True)
                | Q(subcategory__isnull=True, item__isnull=False, organization__isnull=True)
                | Q(subcategory__isnull=True, item__isnull=True, organization__isnull=False),
                name="layer_assignment_of_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.layer_id} {self.subcategory_id or self.item_id or self.organization_id}"
