"""Frameworks, their layers, and what stands in them; all of it is written back to ``content/`` by ``export_content``."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import Count, Field, QuerySet, TextField
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from market.models import Framework, Layer, LayerAssignment
from projects.models import Subcategory


class LayerInline(admin.TabularInline[Layer, Framework]):
    """The layers of a framework, in order."""

    model = Layer
    extra = 0
    fields = ["position", "code", "slug", "name", "name_zh", "parent"]
    ordering = ["position", "pk"]
    show_change_link = True

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer the framework's own layers alone."""
        if db_field.name == "parent" and request.resolver_match:
            key = request.resolver_match.kwargs.get("object_id")
            kwargs["queryset"] = Layer.objects.filter(framework=key).order_by("position", "pk")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(Framework)
class FrameworkAdmin(admin.ModelAdmin[Framework]):
    """Frameworks and their layers."""

    list_display = ["name", "author", "published_on", "claimed_layers", "mirrors_categories", "layer_count", "position"]
    list_editable = ["position"]
    search_fields = ["name", "name_zh", "slug"]
    autocomplete_fields = ["source"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [LayerInline]
    ordering = ["position", "slug"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Framework]:
        return super().get_queryset(request).annotate(layers_counted=Count("layers"))

    @admin.display(description=_("layers"), ordering="layers_counted")
    def layer_count(self, framework: Framework) -> int:
        counted: int = getattr(framework, "layers_counted", 0)
        return counted


class AssignmentInline(admin.TabularInline[LayerAssignment, Layer]):
    """What stands in a layer."""

    model = LayerAssignment
    extra = 0
    fields = ["subcategory", "item", "organization", "author", "reason", "reason_zh", "assigned_on", "source"]
    autocomplete_fields = ["subcategory", "item", "organization", "source"]
    formfield_overrides: ClassVar[Mapping[type[Field[Any, Any]], Mapping[str, Any]]] = {
        TextField: {"widget": forms.Textarea(attrs={"rows": 2, "cols": 40})}
    }


@admin.register(Layer)
class LayerAdmin(admin.ModelAdmin[Layer]):
    """A layer and what stands in it."""

    list_display = ["name", "code", "framework", "parent", "position"]
    list_filter = ["framework"]
    list_select_related = ["framework", "parent"]
    search_fields = ["name", "name_zh", "slug", "code"]
    autocomplete_fields = ["parent"]
    inlines = [AssignmentInline]
    ordering = ["framework__position", "position", "pk"]


class KindFilter(admin.SimpleListFilter):
    """Sections, items or organizations."""

    title = _("kind")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Sequence[tuple[str, Any]]:
        return [("subcategory", _("section")), ("item", _("item")), ("organization", _("organization"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(**{f"{self.value()}__isnull": False}) if self.value() else queryset


class AssignmentForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """An assignment of exactly one thing that does not stand in the framework yet."""

    class Meta:
        model = LayerAssignment
        fields = [
            "layer",
            *("subcategory", "item", "organization"),
            "author",
            "reason",
            "reason_zh",
            "assigned_on",
            "source",
        ]

    def clean(self) -> dict[str, Any]:
        """Refuse none or several things, and what stands in the framework elsewhere."""
        values: dict[str, Any] = super().clean() or {}
        given = {name: values[name] for name in ("subcategory", "item", "organization") if values.get(name)}
        if len(given) != 1:
            raise forms.ValidationError(_("Name one section, one item or one organization."))
        layer = values.get("layer")
        if layer is not None:
            others = LayerAssignment.objects.filter(layer__framework=layer.framework_id, **given).exclude(
                pk=self.instance.pk
            )
            if other := others.select_related("layer").first():
                message = _("It stands in the layer %(layer)s of this framework already.")
                raise forms.ValidationError(message % {"layer": other.layer.name})
        return values


@admin.register(LayerAssignment)
class LayerAssignmentAdmin(admin.ModelAdmin[LayerAssignment]):
    """Where things stand: the list itself lets layers be changed."""

    form = AssignmentForm
    list_display = ["thing", "framework", "layer", "author", "assigned_on", "reason"]
    list_filter = ["framework", KindFilter, "layer", "author"]
    list_select_related = ["framework", "layer", "subcategory__category", "item", "organization"]
    search_fields = ["subcategory__name", "item__name", "organization__name", "reason"]
    autocomplete_fields = ["layer", "subcategory", "item", "organization", "source"]
    ordering = ["framework__position", "layer__position", "pk"]
    list_per_page = 100

    @admin.display(description=_("what"))
    def thing(self, row: LayerAssignment) -> str:
        if row.subcategory:
            return f"{row.subcategory.category.name} / {row.subcategory.name}"
        return str(row.item or row.organization)


@admin.register(Subcategory)
class SubcategoryAdmin(admin.ModelAdmin[Subcategory]):
    """Sections, so that assignments can be looked up by name; they are edited with their categories."""

    search_fields = ["name", "name_zh", "category__name"]
    list_display = ["name", "category"]
    list_select_related = ["category"]
    ordering = ["category__position", "position", "pk"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Subcategory | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Subcategory | None = None) -> bool:
        return False
