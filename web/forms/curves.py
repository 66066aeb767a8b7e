"""Query string of an item's curves."""

from django import forms
from django.utils.translation import gettext_lazy as _

from metrics.series import COUNTS, Interval
from web.forms.as_of import AsOfForm


class CurvesForm(AsOfForm):
    """How dense the points are, and up to which day; a file also asks for its count."""

    INTERVALS = ((Interval.DAY, _("days")), (Interval.WEEK, _("weeks")), (Interval.MONTH, _("months")))

    interval = forms.ChoiceField(choices=INTERVALS, required=False, label=_("Points"))
    count = forms.ChoiceField(choices=[(count, count) for count in COUNTS], required=False)

    def interval_or(self, default: Interval) -> Interval:
        """The interval asked for."""
        asked = self.cleaned_data.get("interval")
        return Interval(asked) if asked else default

    @property
    def chosen_count(self) -> str:
        """The count asked for; stars if none."""
        return self.cleaned_data.get("count") or "stars"
