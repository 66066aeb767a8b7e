"""Query string of the trends page."""

from typing import cast, get_args

from django import forms
from django.utils.translation import gettext_lazy as _

from projects.models import Category
from projects.trends import Resolution
from web.forms.fields import CategoryField, DayField, SpanForm


class TrendsForm(SpanForm):
    """Which stretch of the history to draw, how finely, and of which category."""

    RESOLUTIONS = (("month", _("months")), ("quarter", _("quarters")), ("year", _("years")))

    resolution = forms.ChoiceField(choices=RESOLUTIONS, required=False, widget=forms.HiddenInput)
    category = CategoryField()
    since = DayField(label=_("From"))
    until = DayField(label=_("To"))

    @property
    def chosen_resolution(self) -> Resolution:
        """The resolution asked for; months if none."""
        asked = self.cleaned_data.get("resolution")
        return cast("Resolution", asked) if asked in get_args(Resolution) else "month"

    @property
    def chosen_category(self) -> Category | None:
        """The category asked for."""
        category: Category | None = self.cleaned_data.get("category")
        return category
