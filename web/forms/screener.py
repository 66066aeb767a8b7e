"""Query string of the screener, beside its filters."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from market.screen.column_sets import OVERVIEW, SET_LABELS, SETS
from market.screen.columns import COLUMNS
from web.forms.as_of import AsOfForm

PAGE_SIZES = (50, 100, 200)
PERCENTILES = "percentiles"


class ScreenerForm(AsOfForm):
    """Which columns of which day to show, and how; what cannot be read is reported and ignored."""

    column = forms.MultipleChoiceField(
        choices=[(key, column.label) for key, column in COLUMNS.items()], required=False, label=_("Columns")
    )
    set = forms.ChoiceField(choices=list(SET_LABELS.items()), required=False, label=_("Set of columns"))
    show = forms.ChoiceField(choices=[(PERCENTILES, _("Percentiles"))], required=False, label=_("Show"))
    per = forms.TypedChoiceField(
        choices=[(size, size) for size in PAGE_SIZES], coerce=int, empty_value=None, required=False, label=_("Rows")
    )

    @property
    def chosen_set(self) -> str:
        """The chosen set; "" for columns of the reader's own; the overview where nothing is chosen."""
        chosen: str = self.cleaned_data.get("set") or ""
        return chosen if chosen or self.cleaned_data.get("column") else OVERVIEW

    @property
    def columns(self) -> list[str]:
        """The columns of the set, then the reader's own in their order."""
        of_set = SETS.get(self.chosen_set, ())
        own: Any = self.cleaned_data.get("column") or ()
        return [*of_set, *(key for key in COLUMNS if key in own and key not in of_set)]

    @property
    def shows_percentiles(self) -> bool:
        """Whether each value comes with its percentile among the rows."""
        return self.cleaned_data.get("show") == PERCENTILES

    @property
    def page_size(self) -> int:
        """Rows on a page."""
        return self.cleaned_data.get("per") or PAGE_SIZES[0]
