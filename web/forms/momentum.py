"""Query string of the momentum page."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from metrics.momentum import LEAST_STARS, WINDOW_DAYS, Within
from projects.models import Category, Maturity
from web.forms.fields import CategoryField

MATURITIES = [
    ("", _("Any maturity")),
    *((value, label) for value, label in Maturity.choices if value != Maturity.ARCHIVED),
]


class MomentumForm(forms.Form):
    """Which list, over which window, of which items."""

    LISTS = (
        ("growing", _("Fastest growing")),
        ("risers", _("Risers")),
        ("sleepers", _("Sleepers")),
        ("entrants", _("New entrants")),
        ("archived", _("Archived")),
        ("delisted", _("Delisted")),
        ("dormant", _("Dormant but listed")),
    )
    WINDOWS = ((30, _("30 days")), (90, _("90 days")), (365, _("365 days")))

    list = forms.ChoiceField(choices=LISTS, required=False, widget=forms.HiddenInput)
    window = forms.TypedChoiceField(choices=WINDOWS, coerce=int, required=False, label=_("Over"))
    category = CategoryField()
    maturity = forms.ChoiceField(choices=MATURITIES, required=False, label=_("Maturity"))
    least_stars = forms.IntegerField(required=False, min_value=0, max_value=1_000_000, label=_("Least stars"))

    def __init__(self, data: QueryDict) -> None:
        """Show what holds where nothing is asked for."""
        filled = data.copy()
        for name, value in (("window", WINDOW_DAYS), ("least_stars", LEAST_STARS)):
            filled.setdefault(name, str(value))
        super().__init__(filled)

    @property
    def chosen_list(self) -> str:
        """The list asked for; the fastest growing if none."""
        return self.cleaned_data.get("list") or "growing"

    @property
    def chosen_window(self) -> int:
        """The window asked for, in days."""
        return self.cleaned_data.get("window") or WINDOW_DAYS

    @property
    def chosen_category(self) -> Category | None:
        """The category asked for."""
        category: Category | None = self.cleaned_data.get("category")
        return category

    @property
    def within(self) -> Within:
        """What narrows a list; the floor of stars is ours if none is asked for."""
        stars = self.cleaned_data.get("least_stars")
        return Within(
            category=self.chosen_category.slug if self.chosen_category else "",
            maturity=self.cleaned_data.get("maturity", ""),
            least_stars=LEAST_STARS if stars is None else stars,
        )
