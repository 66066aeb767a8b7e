"""Query strings of the data-quality pages."""

from django import forms
from django.utils.translation import gettext_lazy as _

from projects.models import StageReview
from sources.models import ImportNotice


class ReviewFilterForm(forms.Form):
    """``?reason=``: why a stage is on the review list."""

    reason = forms.ChoiceField(choices=StageReview.Reason.choices, required=False, label=_("Reason"))


class NoticeFilterForm(forms.Form):
    """``?kind=``: what an import met."""

    kind = forms.ChoiceField(choices=ImportNotice.Kind.choices, required=False, label=_("Kind"))


class ProblemFilterForm(forms.Form):
    """``?problem=``: what kept repositories from being measured."""

    problem = forms.SlugField(max_length=40, required=False, label=_("Problem"))
