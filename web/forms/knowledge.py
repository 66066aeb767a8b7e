"""Query strings of the knowledge base's pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knowledge.essay import GROUPS
from knowledge.models import EventKind, StatementStatus, Verdict
from knowledge.timeline import TimelineQuestion

if TYPE_CHECKING:
    from django.http import QueryDict

EARLIEST_YEAR, LATEST_YEAR = 1900, 2100


class TimelineForm(forms.Form):
    """Which events: of some kinds, from a year to a year, with the catalogue's promotions or without."""

    kind = forms.MultipleChoiceField(
        choices=EventKind.choices, required=False, label=gettext_lazy("Kind"), widget=forms.CheckboxSelectMultiple
    )
    first = forms.IntegerField(
        required=False, min_value=EARLIEST_YEAR, max_value=LATEST_YEAR, label=gettext_lazy("From year")
    )
    last = forms.IntegerField(
        required=False, min_value=EARLIEST_YEAR, max_value=LATEST_YEAR, label=gettext_lazy("To year")
    )
    promotions = forms.BooleanField(required=False, label=gettext_lazy("with the landscape's promotions"))

    def __init__(self, data: QueryDict) -> None:
        """Read the query string."""
        super().__init__(data)

    def clean(self) -> dict[str, Any]:
        """Refuse years that stand the wrong way round."""
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("first"), cleaned.get("last")
        if first is not None and last is not None and first > last:
            self.add_error("last", _("The last year lies before the first."))
        return cleaned

    @property
    def question(self) -> TimelineQuestion:
        """What is asked for; invalid values ask for nothing."""
        known = self.cleaned_data
        return TimelineQuestion(
            kinds=tuple(known.get("kind") or ()),
            first_year=known.get("first") if "last" in known else None,
            last_year=known.get("last"),
            with_promotions=bool(known.get("promotions")),
        )


class ForecastForm(forms.Form):
    """Which verdict."""

    verdict = forms.ChoiceField(choices=Verdict.choices, required=False, label=gettext_lazy("Verdict"))


class EssayForm(forms.Form):
    """Which statements: of a group, of a status."""

    group = forms.ChoiceField(
        choices=[("", gettext_lazy("All groups")), *GROUPS.items()], required=False, label=gettext_lazy("Group")
    )
    status = forms.ChoiceField(
        choices=[("", gettext_lazy("Any status")), *StatementStatus.choices],
        required=False,
        label=gettext_lazy("Status"),
    )
