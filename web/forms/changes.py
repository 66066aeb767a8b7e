"""Query strings of the changes pages."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from projects.changes_feed import ChangeFilters
from projects.diff import Difference
from projects.maturity_steps import MATURITY_KINDS
from projects.models import ChangeKind
from web.forms.fields import CategoryField, DayField, SearchField, SpanForm

MATURITY_MOVES = "maturity"
KIND_CHOICES = [(MATURITY_MOVES, _("maturity moves")), *ChangeKind.choices]


class ChangeFilterForm(SpanForm):
    """Which changes to show; whatever cannot be read is reported and ignored."""

    q = SearchField(label=_("Text"))
    category = CategoryField()
    kind = forms.MultipleChoiceField(
        choices=KIND_CHOICES, required=False, label=_("Kind"), widget=forms.MultipleHiddenInput
    )
    since = DayField(label=_("From"))
    until = DayField(label=_("To"))
    hide_first = forms.BooleanField(required=False, label=_("Hide the first version's listings"))
    hide_taxonomy = forms.BooleanField(required=False, label=_("Hide moves by renamed sections"))

    def filters(self) -> ChangeFilters:
        """Return the valid part of the query string."""
        cleaned = self.cleaned_data
        category = cleaned.get("category")
        return ChangeFilters(
            kinds=_kinds(cleaned.get("kind", [])),
            category=category.slug if category else "",
            text=cleaned.get("q", ""),
            since=cleaned.get("since"),
            until=cleaned.get("until"),
            without_first_version=cleaned.get("hide_first", False),
            without_taxonomy_breaks=cleaned.get("hide_taxonomy", False),
        )


def _kinds(chosen: list[str]) -> frozenset[str]:
    kinds = set(chosen) - {MATURITY_MOVES}
    return frozenset(kinds.union(MATURITY_KINDS) if MATURITY_MOVES in chosen else kinds)


class DiffForm(forms.Form):
    """Which two days to compare, and which differences to show."""

    kind = forms.ChoiceField(choices=[("", ""), *Difference.choices], required=False, widget=forms.HiddenInput)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed on unchanged
        # "from" is a word of Python's, so it cannot be an attribute.
        self.fields["from"] = DayField(label=_("From the end of"))
        self.fields["to"] = DayField(label=_("to the end of"))

    def clean(self) -> None:
        """Refuse two days after the newest version: nothing is known of what differs between them."""
        super().clean()
        first, newest = self.cleaned_data.get("from"), self.initial.get("to")
        last = self.cleaned_data.get("to") or newest
        if first and newest and min(first, last) > newest:
            problem = _("The newest version of the landscape is of %(day)s.")
            self.add_error("from", problem % {"day": newest.isoformat()})

    def days(self, *, default_from: date, default_to: date) -> tuple[date, date]:
        """Return the two days, the defaults for what is missing or unreadable."""
        cleaned = self.cleaned_data
        return cleaned.get("from") or default_from, cleaned.get("to") or default_to
