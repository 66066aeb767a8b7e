"""Query strings of the layer pages."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from projects.trends import Resolution
from web.forms.as_of import AsOfForm
from web.forms.fields import DayField, SpanForm

DAY_INPUT = forms.DateInput(attrs={"type": "date"})


class LayersForm(AsOfForm):
    """As of when."""

    as_of = forms.CharField(required=False, max_length=40, label=_("As of"), widget=DAY_INPUT)


class BoardForm(LayersForm):
    """As of when, what the treemap's areas and colours stand for, and what the heat map counts."""

    AREAS = (("items", _("items")), ("stars", _("stars")))
    COLOURS = (("stage", _("share of hosted projects")), ("growth", _("growth of stars in a year")))
    HEATS = (
        ("added", _("added")),
        ("removed", _("removed")),
        ("stars", _("stars gained")),
        ("raised", _("capital raised")),
    )
    BINS = (("year", _("years")), ("quarter", _("quarters")))

    area = forms.ChoiceField(choices=AREAS, required=False, label=_("Area"))
    colour = forms.ChoiceField(choices=COLOURS, required=False, label=_("Colour"))
    heat = forms.ChoiceField(choices=HEATS, required=False, label=_("Heat map"))
    by = forms.ChoiceField(choices=BINS, required=False, label=_("By"))

    def choice(self, name: str) -> str:
        """Return the value asked for, the first one there is if none."""
        choices = {"area": self.AREAS, "colour": self.COLOURS, "heat": self.HEATS, "by": self.BINS}[name]
        return self.cleaned_data.get(name) or choices[0][0]

    @property
    def resolution(self) -> Resolution:
        """The bins of the heat map."""
        return cast("Resolution", self.choice("by"))


class LayerForm(LayersForm, SpanForm):
    """As of when, and between which days cards came and went."""

    since = DayField(label=_("From"))
    until = DayField(label=_("To"))

    def clean(self) -> dict[str, Any]:
        """Refuse a beginning after the day of the page too, which is the end where none is given."""
        cleaned = super().clean()
        since = cleaned.get("since")
        if since and "until" not in self.errors and not cleaned.get("until") and since > self.chosen.day:
            self.add_error("since", _("This day lies after the last one."))
        return cleaned
