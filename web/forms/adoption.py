"""Query strings of the adoption pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from market.measured_share import Measure
from market.models import SurveyFigure
from web.forms.fields import CategoryField, DayField

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from django.http import QueryDict

    from projects.models import Category


class WaveForm(forms.Form):
    """Which wave of a survey; the newest that is offered if none."""

    year = forms.TypedChoiceField(coerce=int, required=False, label=_("Wave"))

    def __init__(self, data: QueryDict, *, years: Sequence[int]) -> None:
        """Offer these years, the newest first."""
        filled = data.copy()
        if years:
            filled.setdefault("year", str(max(years)))
        super().__init__(filled)
        self.years = sorted(years, reverse=True)
        self.fields["year"].choices = [(year, str(year)) for year in self.years]  # type: ignore[attr-defined]

    @property
    def chosen_year(self) -> int | None:
        """The wave asked for; None if none is offered."""
        return self.cleaned_data.get("year") or next(iter(self.years), None)


class AdoptionForm(WaveForm):
    """Which list of projects, of which wave."""

    LISTS = (
        ("curves", _("Curves")),
        ("ranking", _("Ranking")),
        ("pipeline", _("From evaluating to production")),
    )

    list = forms.ChoiceField(choices=LISTS, required=False, widget=forms.HiddenInput)

    @property
    def chosen_list(self) -> str:
        """The list asked for; curves if none."""
        return self.cleaned_data.get("list") or "curves"


class SurveyForm(forms.Form):
    """Which question of the survey."""

    QUESTIONS = (
        (SurveyFigure.Question.CHALLENGE, _("Challenges in using containers")),
        (SurveyFigure.Question.CONTAINER_USE, _("Use of containers by environment")),
        (SurveyFigure.Question.PRODUCTION, _("Projects in production")),
        (SurveyFigure.Question.EVALUATING, _("Projects being evaluated")),
    )

    question = forms.ChoiceField(choices=QUESTIONS, required=False, widget=forms.HiddenInput)

    @property
    def chosen_question(self) -> str:
        """The question asked for; the challenges if none."""
        return self.cleaned_data.get("question") or SurveyFigure.Question.CHALLENGE


class SharesForm(forms.Form):
    """What is shared out, in which category, on which day."""

    MEASURES = (
        (Measure.STARS, _("Stars by item")),
        (Measure.MAINTAINERS, _("Maintainers by item")),
        (Measure.EMPLOYERS, _("Maintainers by employer")),
        (Measure.RESPONDENTS, _("Surveyed users by item")),
    )

    measure = forms.ChoiceField(choices=MEASURES, required=False, widget=forms.HiddenInput)
    category = CategoryField()
    day = DayField(label=_("As of"))

    @property
    def chosen_measure(self) -> Measure:
        """The measure asked for; stars if none."""
        return Measure(self.cleaned_data.get("measure") or Measure.STARS)

    @property
    def chosen_category(self) -> Category | None:
        """The category asked for."""
        category: Category | None = self.cleaned_data.get("category")
        return category

    @property
    def chosen_day(self) -> date | None:
        """The day asked for."""
        day: date | None = self.cleaned_data.get("day")
        return day
