"""Query string of the page of vendor control."""

from django import forms
from django.utils.translation import gettext_lazy as _

from metrics.vendor_control import ORDERINGS
from projects.models import Category, Maturity
from web.forms.as_of import AsOfForm
from web.forms.fields import CategoryField


class VendorControlForm(AsOfForm):
    """Which projects, as of when, in which order."""

    as_of = forms.CharField(
        required=False,
        max_length=40,
        label=_("As of"),
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    category = CategoryField()
    maturity = forms.ChoiceField(
        choices=[("", _("Any maturity")), *Maturity.choices], required=False, label=_("Maturity")
    )
    sort = forms.ChoiceField(
        choices=[(f"{sign}{key}", key) for key in ORDERINGS for sign in ("", "-")],
        required=False,
        widget=forms.HiddenInput,
        label=_("Order"),
    )
    field_order = ("maturity", "category", "as_of")

    @property
    def order(self) -> str:
        """The column to order by, with "-" for descending; the largest share first if none is asked for."""
        return self.cleaned_data.get("sort") or "-largest"

    @property
    def category_slug(self) -> str:
        """The category asked for, or ""."""
        category: Category | None = self.cleaned_data.get("category")
        return category.slug if category else ""
