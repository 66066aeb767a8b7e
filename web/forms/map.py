"""The map's query string: the filters that table and API know, and what the map alone has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import django_filters
from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from projects.filters import ItemFilterSet
from projects.models import CategoryGroup, Maturity, Organization
from web.forms.as_of import AsOfForm
from web.map_layout import TILE_WIDTHS

if TYPE_CHECKING:
    from projects.querysets.periods import ItemPeriodQuerySet

EVERY_GROUP = "all"
DEFAULT_ZOOM = "m"


class OrganizationField(forms.CharField):
    """An organization by its slug or its name, whatever the case; cleaned to its key or None. One query."""

    def clean(self, value: Any) -> int | None:
        text = super().clean(value)
        if not text:
            return None
        called = Organization.objects.filter(Q(slug=text) | Q(name__iexact=text) | Q(name_zh=text))
        found = called.order_by("-pk").values_list("pk", flat=True).first()
        if found is None:
            raise forms.ValidationError(_("No organization is called “%(name)s”."), params={"name": text})
        return found


class OrganizationFilter(django_filters.Filter):  # type: ignore[misc]  # django-filter has no types
    """Cards of one organization."""

    field_class = OrganizationField


class MapFilterSet(ItemFilterSet):
    """The shared filters; an organization may be written by name, and archived projects can be hidden."""

    organization = OrganizationFilter(label=gettext_lazy("Organization"))
    hide_archived = django_filters.BooleanFilter(
        label=gettext_lazy("Hide archived"), method="without_archived", widget=forms.CheckboxInput
    )

    def without_archived(self, periods: ItemPeriodQuerySet, _name: str, is_wanted: bool) -> ItemPeriodQuerySet:  # noqa: FBT001  (django-filter's signature)
        """Leave archived projects out."""
        return periods.exclude(maturity=Maturity.ARCHIVED) if is_wanted else periods


class MapForm(AsOfForm):
    """Which landscape the map shows, and how large; what cannot be read is reported and ignored."""

    group = forms.ChoiceField(
        choices=[(EVERY_GROUP, gettext_lazy("All")), *CategoryGroup.choices],
        required=False,
        label=gettext_lazy("Group"),
    )
    zoom = forms.ChoiceField(choices=[(zoom, zoom) for zoom in TILE_WIDTHS], required=False, label=gettext_lazy("Size"))

    @property
    def chosen_group(self) -> str:
        """The valid group; the projects are the default."""
        return self.cleaned_data.get("group") or CategoryGroup.PROJECTS.value

    @property
    def chosen_zoom(self) -> str:
        """The valid size of tiles, or the middle one."""
        return self.cleaned_data.get("zoom") or DEFAULT_ZOOM
