"""What people fill in to keep a screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.models import SavedScreen

if TYPE_CHECKING:
    from accounts.models import User

MOST_SCREENS = 100
# Where the reader was in a list is no part of the screen.
PASSING = ("page",)
LONGEST_QUERY = 4000


class SavedScreenForm(forms.ModelForm[SavedScreen]):
    """Name, query string and openness of one screen; its user comes with ``instance``."""

    class Meta:
        model = SavedScreen
        fields = ["name", "is_shared", "query"]
        widgets = {"query": forms.HiddenInput}
        labels = {"name": _("Name"), "is_shared": _("Whoever has the link may see it")}

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        others = self._user().saved_screens.exclude(pk=self.instance.pk)
        if others.filter(name=name).exists():
            raise forms.ValidationError(_("You have a screen of that name already."))
        if not self.instance.pk and others.count() >= MOST_SCREENS:
            raise forms.ValidationError(_("You have %(most)d screens. Delete one first.") % {"most": MOST_SCREENS})
        return name

    def clean_query(self) -> str:
        """Leave out what is no part of the screen; a renamed screen keeps its query."""
        return screen_query(self.cleaned_data["query"])

    def _user(self) -> User:
        return self.instance.user


class RenameForm(SavedScreenForm):
    """A new name for a screen, or another openness."""

    class Meta(SavedScreenForm.Meta):
        fields = ["name", "is_shared"]


def screen_query(text: str) -> str:
    """Return a query string without what passes, written anew; "" for one that is too long to be read."""
    if len(text) > LONGEST_QUERY:
        return ""
    query = QueryDict(text.removeprefix("?"), mutable=True)
    for name in PASSING:
        query.pop(name, None)
    return query.urlencode()
