"""Query string of comparisons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from market.screen.compared import MOST, Alignment
from web.forms.as_of import AsOfForm

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import QueryDict


class CompareForm(AsOfForm):
    """Which items, which count, aligned by what; what cannot be read is reported and ignored."""

    COUNTS = (("stars", _("Stars")), ("contributors", _("Contributors")))
    SCALES = (("linear", _("linear")), ("log", _("logarithmic")))

    items = forms.CharField(required=False, max_length=2000, label=_("Items"))
    find = forms.CharField(required=False, max_length=100, label=_("Add an item"))
    count = forms.ChoiceField(choices=COUNTS, required=False, label=_("Count"))
    align = forms.ChoiceField(choices=Alignment.choices, required=False, label=_("Aligned by"))
    scale = forms.ChoiceField(choices=SCALES, required=False, label=_("Scale"))

    def __init__(self, data: QueryDict, *, now: datetime) -> None:
        """Join the items, which a form of check-boxes sends one by one."""
        joined = data.copy()
        joined["items"] = ",".join(data.getlist("items"))
        super().__init__(joined, now=now)

    @property
    def slugs(self) -> list[str]:
        """The items asked for, each once, in the order asked for."""
        texts: Any = self.cleaned_data.get("items") or ""
        return list(dict.fromkeys(slug for text in texts.split(",") if (slug := text.strip())))

    @property
    def chosen_count(self) -> str:
        """The count asked for; stars if none."""
        return self.cleaned_data.get("count") or "stars"

    @property
    def alignment(self) -> Alignment:
        """What the lines have in common; the date unless told."""
        return Alignment(self.cleaned_data.get("align") or Alignment.DATE)

    @property
    def is_log(self) -> bool:
        """Whether the axis of counts is logarithmic."""
        return self.cleaned_data.get("scale") == "log"

    def report_unknown(self, unknown: list[str]) -> None:
        """Say which items there are none of."""
        if unknown:
            self.add_error("items", _("There is no %(value)s here.") % {"value": ", ".join(unknown)[:200]})

    def report_too_many(self) -> None:
        """Say that only the first ones are shown."""
        self.add_error("items", _("At most %(most)d items can be compared; the first are shown.") % {"most": MOST})
