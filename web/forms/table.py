"""Query string of the table page, beside its filters."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from projects.table import COLUMNS, DEFAULT_COLUMNS
from web.forms.as_of import AsOfForm

PAGE_SIZES = (50, 100, 200)


class TableForm(AsOfForm):
    """Which columns of which day to show, in which order; what cannot be read is reported and ignored."""

    column = forms.MultipleChoiceField(
        choices=[(column.key, column.label) for column in COLUMNS.values()],
        required=False,
        label=_("Columns"),
        widget=forms.CheckboxSelectMultiple,
    )
    sort = forms.ChoiceField(
        choices=[(f"{sign}{key}", key) for key in COLUMNS for sign in ("", "-")], required=False, label=_("Order")
    )
    per = forms.TypedChoiceField(
        choices=[(size, size) for size in PAGE_SIZES],
        coerce=int,
        empty_value=None,
        required=False,
        label=_("Rows"),
    )
    delisted = forms.BooleanField(required=False, label=_("Include items that left the landscape"))

    @property
    def columns(self) -> list[str]:
        """The chosen columns in their own order; the usual ones if none is chosen."""
        chosen: Any = self.cleaned_data.get("column") or DEFAULT_COLUMNS
        return [key for key in COLUMNS if key in chosen]

    @property
    def order(self) -> str:
        """The column to sort by, with "-" for descending; "" if none is chosen."""
        return self.cleaned_data.get("sort") or ""

    @property
    def page_size(self) -> int:
        """Rows on a page."""
        return self.cleaned_data.get("per") or PAGE_SIZES[0]
