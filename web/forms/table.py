"""Query string of the table page, beside its filters."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from web.forms.as_of import AsOfForm
from web.table_columns import CATALOGUE, LABELS, OVERVIEW, SET_LABELS, SETS, SORTABLE

PAGE_SIZES = (50, 100, 200)


class TableForm(AsOfForm):
    """Which columns of which day to show, in which order; what cannot be read is reported and ignored."""

    column = forms.MultipleChoiceField(
        choices=list(LABELS.items()),
        required=False,
        label=_("Columns"),
        widget=forms.CheckboxSelectMultiple,
    )
    set = forms.ChoiceField(choices=list(SET_LABELS.items()), required=False, label=_("Set of columns"))
    sort = forms.ChoiceField(
        choices=[(f"{sign}{key}", key) for key in SORTABLE for sign in ("", "-")], required=False, label=_("Order")
    )
    per = forms.TypedChoiceField(
        choices=[(size, size) for size in PAGE_SIZES],
        coerce=int,
        empty_value=None,
        required=False,
        label=_("Rows"),
    )
    delisted = forms.BooleanField(required=False, label=_("Include items that left the landscape"))

    def chosen_set(self, *, has_figures: bool) -> str:
        """The chosen set of columns, "" for columns of the reader's own; with nothing chosen, what can be filled."""
        chosen: str = self.cleaned_data.get("set") or ""
        if chosen or self.cleaned_data.get("column"):
            return chosen
        return OVERVIEW if has_figures else CATALOGUE

    def columns(self, *, has_figures: bool) -> list[str]:
        """The columns of the set, then the chosen ones in their own order."""
        of_set = SETS.get(self.chosen_set(has_figures=has_figures), ())
        own: Any = self.cleaned_data.get("column") or ()
        return [*of_set, *(key for key in LABELS if key in own and key not in of_set)]

    @property
    def order(self) -> str:
        """The column to sort by, with "-" for descending; "" if none is chosen."""
        return self.cleaned_data.get("sort") or ""

    @property
    def page_size(self) -> int:
        """Rows on a page."""
        return self.cleaned_data.get("per") or PAGE_SIZES[0]
