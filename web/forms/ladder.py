"""Query strings of the pages of the stage ladder."""

from datetime import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from metrics.base_rates import Question, Transition
from projects.models import Category, Maturity
from web.forms.as_of import AsOfForm
from web.forms.fields import CategoryField

THEN = "then"
FIRST_YEAR = 2015  # the foundation's first


class LadderForm(AsOfForm):
    """Which projects, and as of when: the day the figures end, and the day by which dates had been declared."""

    KNOWN = (("", _("as known today")), (THEN, _("as declared by that day")))

    as_of = forms.CharField(
        required=False,
        max_length=40,
        label=_("As of"),
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    known = forms.ChoiceField(choices=KNOWN, required=False, label=_("Dates"))
    category = CategoryField()
    delisted = forms.BooleanField(required=False, label=_("With projects that left the landscape"))

    @property
    def question(self) -> Question:
        """What is asked for."""
        return Question(
            as_of=self.chosen.instant,
            known_at=self.known_at,
            cohort=self.cleaned_data.get("cohort"),
            category=self.category_slug,
            include_delisted=bool(self.cleaned_data.get("delisted")),
        )

    @property
    def category_slug(self) -> str:
        """The category asked for, or ""."""
        category: Category | None = self.cleaned_data.get("category")
        return category.slug if category else ""

    @property
    def known_at(self) -> datetime:
        """By when dates had been declared."""
        return self.chosen.instant if self.cleaned_data.get("known") == THEN else self.now


class RatesForm(LadderForm):
    """The base rates: of which transition and year of entry besides."""

    TRANSITIONS = (
        ("", _("All")),
        (Transition.SANDBOX_PROMOTED.value, _("sandbox to incubating")),
        (Transition.SANDBOX_ARCHIVED.value, _("sandbox to archive")),
        (Transition.INCUBATING_PROMOTED.value, _("incubating to graduated")),
        (Transition.INCUBATING_ARCHIVED.value, _("incubating to archive")),
    )

    transition = forms.ChoiceField(choices=TRANSITIONS, required=False, label=_("Transition"))
    cohort = forms.IntegerField(required=False, min_value=FIRST_YEAR, max_value=2100, label=_("Entered in the year"))
    field_order = ("transition", "cohort", "category", "as_of", "known", "delisted")

    @property
    def transitions(self) -> list[Transition]:
        """The transitions to show."""
        asked = self.cleaned_data.get("transition")
        return [Transition(asked)] if asked else list(Transition)


class StandingsForm(LadderForm):
    """The list of projects: of which stage, and in which order."""

    SORTS = ("name", "stage", "days", "percentile", "promoted", "archived")

    delisted = None  # type: ignore[assignment]  # how a form drops an inherited field: who left stands nowhere
    stage = forms.ChoiceField(choices=[("", _("All")), *Maturity.choices], required=False, label=_("Stage"))
    sort = forms.ChoiceField(
        choices=[(f"{sign}{key}", key) for key in SORTS for sign in ("", "-")],
        required=False,
        widget=forms.HiddenInput,
        label=_("Order"),
    )
    field_order = ("stage", "category", "as_of", "known")

    @property
    def order(self) -> str:
        """The column to order by, with "-" for descending; the longest in their stage first if none is asked for."""
        return self.cleaned_data.get("sort") or "-days"
