"""The map's query string: the filters that table and API know, and what the map alone has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import django_filters
from django import forms
from django.db.models import Q
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from metrics.map_sizes import Measure
from projects.filters import ItemFilterSet
from projects.localized import in_language
from projects.models import CategoryGroup, Item, Maturity, Organization
from web.forms.as_of import AsOfForm
from web.map_layout import TILE_WIDTHS

if TYPE_CHECKING:
    from projects.querysets.periods import ItemPeriodQuerySet

EVERY_GROUP = "all"
DEFAULT_ZOOM = "m"


@dataclass(frozen=True, slots=True)
class CalledOrganizations:
    """The organizations that a text means: ``label`` is the name of the only one, or the text."""

    label: str
    keys: tuple[int, ...]


class OrganizationField(forms.CharField):
    """Organizations by slug or name, whatever the case; where none is called just so, by a part of the name.

    Cleaned to ``CalledOrganizations``, or None for no text. One query, a second one for a part.
    """

    def clean(self, value: Any) -> CalledOrganizations | None:
        text = super().clean(value)
        if not text:
            return None
        just_so = Q(slug=text) | Q(name__iexact=text) | Q(name_zh=text)
        called = _called(just_so) or _called(Q(name__icontains=text) | Q(name_zh__icontains=text))
        if not called:
            raise forms.ValidationError(_("No organization is called “%(name)s”."), params={"name": text})
        language = get_language()
        names = {in_language(name, name_zh, language=language) for _key, name, name_zh in called}
        return CalledOrganizations(names.pop() if len(names) == 1 else text, tuple(key for key, _name, _zh in called))


def _called(condition: Q) -> list[tuple[int, str, str]]:
    return list(Organization.objects.filter(condition).values_list("pk", "name", "name_zh"))


class OrganizationFilter(django_filters.Filter):  # type: ignore[misc]  # django-filter has no types
    """Cards of the organizations that a text means."""

    field_class = OrganizationField

    def filter(self, qs: ItemPeriodQuerySet, value: CalledOrganizations | None) -> ItemPeriodQuerySet:
        return qs.of_organizations(value.keys) if value else qs


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
    item = forms.CharField(required=False, max_length=200, label=gettext_lazy("Item"))
    zoom = forms.ChoiceField(choices=[(zoom, zoom) for zoom in TILE_WIDTHS], required=False, label=gettext_lazy("Size"))

    size = forms.ChoiceField(
        choices=[(Measure.STARS.value, gettext_lazy("stars")), (Measure.ACTIVITY.value, gettext_lazy("activity"))],
        required=False,
        label=gettext_lazy("Size by"),
    )

    def clean_item(self) -> Item | None:
        """Return the item whose panel is open; None for no text. One query where one is named."""
        slug: str = self.cleaned_data["item"]
        if not slug:
            return None
        item = Item.objects.for_detail().filter(slug=slug).first()
        if item is None:
            raise forms.ValidationError(_("There is no item “%(slug)s”."), params={"slug": slug})
        return item

    @property
    def chosen_group(self) -> str:
        """The valid group; the projects are the default."""
        return self.cleaned_data.get("group") or CategoryGroup.PROJECTS.value

    @property
    def chosen_measure(self) -> Measure | None:
        """What the tiles are as large as; None: their stage."""
        chosen = self.cleaned_data.get("size")
        return Measure(chosen) if chosen else None

    @property
    def chosen_zoom(self) -> str:
        """The valid size of tiles, or the middle one."""
        return self.cleaned_data.get("zoom") or DEFAULT_ZOOM
