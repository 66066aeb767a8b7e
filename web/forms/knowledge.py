"""Query strings of the knowledge base's pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from knowledge.essay import GROUPS
from knowledge.models import EventKind, StatementStatus, Verdict
from knowledge.timeline import TimelineQuestion
from web.forms.fields import SpanForm

if TYPE_CHECKING:
    from django.http import QueryDict

EARLIEST_YEAR, LATEST_YEAR = 1900, 2100


class TimelineForm(SpanForm):
    """Which events: of some kinds, from a year to a year, with the catalogue's promotions or without."""

    span = ("first", "last")
    wrong_way_round = _("The last year lies before the first.")

    kind = forms.MultipleChoiceField(
        choices=EventKind.choices, required=False, label=_("Kind"), widget=forms.CheckboxSelectMultiple
    )
    first = forms.IntegerField(required=False, min_value=EARLIEST_YEAR, max_value=LATEST_YEAR, label=_("From year"))
    last = forms.IntegerField(required=False, min_value=EARLIEST_YEAR, max_value=LATEST_YEAR, label=_("To year"))
    promotions = forms.BooleanField(required=False, label=_("with the landscape's promotions"))

    def __init__(self, data: QueryDict) -> None:
        """Read the query string."""
        super().__init__(data)

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

    verdict = forms.ChoiceField(choices=Verdict.choices, required=False, label=_("Verdict"))


class EssayForm(forms.Form):
    """Which statements: of a group, of a status."""

    group = forms.ChoiceField(choices=[("", _("All groups")), *GROUPS.items()], required=False, label=_("Group"))
    status = forms.ChoiceField(
        choices=[("", _("Any status")), *StatementStatus.choices],
        required=False,
        label=_("Status"),
    )
