"""Query strings of the organization pages."""

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from projects.models import Organization, OrganizationKind
from projects.organization_cards import most_cards_first, still_listed, with_listed_items
from web.country_names import country_name
from web.forms.fields import SearchField

if TYPE_CHECKING:
    from projects.querysets.organizations import OrganizationQuerySet


class OrganizationFilterForm(forms.Form):
    """Which organizations to list, and in which order."""

    SORTS = (("items", _("most cards first")), ("name", _("by name")))

    q = SearchField(label=_("Name"))
    kind = forms.ChoiceField(choices=[("", _("All kinds")), *OrganizationKind.choices], required=False, label=_("Kind"))
    country = forms.ChoiceField(required=False, label=_("Country"))
    sort = forms.ChoiceField(choices=SORTS, required=False, label=_("Order"))
    former = forms.BooleanField(required=False, label=_("With those no longer listed"))

    def __init__(self, data: object) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # a request's QueryDict
        countries = Organization.objects.known_countries()
        field = self.fields["country"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (for the type checker)
        named = sorted((country_name(code), code) for code in countries)
        field.choices = [("", _("All countries")), *((code, name) for name, code in named)]

    @property
    def is_filtered(self) -> bool:
        """Whether anything chosen leaves organizations out."""
        return any(self.cleaned_data.get(name) for name in ("q", "kind", "country"))

    def organizations(self) -> "OrganizationQuerySet":
        """Return the organizations asked for, in the order asked for; by the number of their cards by default."""
        cleaned = self.cleaned_data
        found = Organization.objects.called_like(cleaned.get("q", "")).seated_in(cleaned.get("country", ""))
        found = with_listed_items(found.of_kind(cleaned.get("kind", "")))
        if not cleaned.get("former"):
            found = still_listed(found)
        return found.by_name() if cleaned.get("sort") == "name" else most_cards_first(found)
