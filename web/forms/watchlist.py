"""What people choose about their watchlist."""

from datetime import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import DigestFrequency, WatchDelivery
from accounts.watchlist import Seen
from projects.models import Item, Organization


class WatchForm(forms.Form):
    """Which thing to watch: an item or an organization, by its slug."""

    item = forms.ModelChoiceField(Item.objects.all(), to_field_name="slug", required=False, widget=forms.HiddenInput)
    organization = forms.ModelChoiceField(
        Organization.objects.all(), to_field_name="slug", required=False, widget=forms.HiddenInput
    )

    def clean(self) -> None:
        if self.thing is None:
            raise forms.ValidationError(_("There is no such item or organization."))

    @property
    def thing(self) -> Item | Organization | None:
        """What was named."""
        return self.cleaned_data.get("item") or self.cleaned_data.get("organization")


class SeenForm(forms.Form):
    """Up to which point a page showed what happened; a later one than now is taken for now."""

    at = forms.DateTimeField(widget=forms.HiddenInput)
    catalogue_at = forms.DateTimeField(widget=forms.HiddenInput, required=False)
    # One thing alone, by the key of its watch; empty: all.
    watch = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)

    def seen(self, now: datetime) -> Seen:
        """Return the point."""
        cleaned = self.cleaned_data
        catalogue_at = cleaned.get("catalogue_at")
        return Seen(min(cleaned["at"], now), min(catalogue_at, now) if catalogue_at else None)


class DigestForm(forms.ModelForm[WatchDelivery]):
    """How often to be told by e-mail."""

    frequency = forms.ChoiceField(choices=DigestFrequency.choices, label=_("E-mail"))

    class Meta:
        model = WatchDelivery
        fields = ["frequency"]
