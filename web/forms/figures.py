"""Which figure a reader speaks of, and what they say about it."""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from accounts.models import FigureReport

LONGEST_PAGE = 500
LONGEST_FIGURE = 300


class NoPageError(ValueError):
    """The text is not the address of a page of this site."""


def page_match(page: str) -> ResolverMatch:
    """Return which view answers a page's path and query; raises NoPageError for anything else."""
    if not page.startswith("/") or not url_has_allowed_host_and_scheme(page, allowed_hosts=None):
        raise NoPageError
    path = urlsplit(page).path
    # Addresses of the other language are only known while that language is on.
    with translation.override(translation.get_language_from_path(path) or settings.LANGUAGE_CODE):
        try:
            return resolve(path)
        except Resolver404 as error:
            raise NoPageError from error


class PageField(forms.CharField):
    """A page of this site, as path and query."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=LONGEST_PAGE, label=_("Page"), **kwargs)

    def validate(self, value: str) -> None:
        super().validate(value)
        try:
            page_match(value)
        except NoPageError as error:
            raise ValidationError(_("This is no page of this site."), code="no_page") from error


class FigureForm(forms.Form):
    """``?page=`` and ``?figure=``: where a figure stands and what it is called."""

    page = PageField()
    figure = forms.CharField(max_length=LONGEST_FIGURE, label=_("Figure"))


class ReportForm(forms.ModelForm[FigureReport]):
    """What is wrong with a figure; ``website`` is a trap that people do not see."""

    page = PageField(help_text=_("Path and query of its address, for example /trends/"))
    website = forms.CharField(
        required=False,
        label=_("Leave this empty"),
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    class Meta:
        model = FigureReport
        fields = ["page", "figure", "message", "email"]
        widgets = {"message": forms.Textarea(attrs={"rows": 6})}
        help_texts = {"email": _("Only if you want an answer; nobody else sees it.")}

    @property
    def is_from_a_machine(self) -> bool:
        """Whether the trap was filled in."""
        return bool(self.cleaned_data.get("website"))
