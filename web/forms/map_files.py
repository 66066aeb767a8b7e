"""Query strings of the map as a picture."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from projects.models import CategoryGroup
from web.forms.as_of import AsOfForm

EVERY_GROUP = "all"


class MapPictureForm(AsOfForm):
    """``?as_of=``, ``?group=`` ("all" for every group) and ``?language=``."""

    group = forms.ChoiceField(
        choices=[*CategoryGroup.choices, (EVERY_GROUP, _("All"))], required=False, label=_("Group")
    )
    language = forms.ChoiceField(choices=settings.LANGUAGES, required=False, label=_("Language"))

    def clean_group(self) -> str:
        """Return the group of categories; "" for every group."""
        group: str = self.cleaned_data["group"] or CategoryGroup.PROJECTS
        return "" if group == EVERY_GROUP else group

    def clean_language(self) -> str:
        return self.cleaned_data["language"] or settings.LANGUAGE_CODE
