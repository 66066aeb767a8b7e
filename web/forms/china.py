"""Query strings of the China page."""

from django import forms
from django.utils.translation import gettext_lazy as _

from projects.home_countries import CHINESE_HOMES
from web.forms.as_of import AsOfForm


class ChinaForm(AsOfForm):
    """A day, and which homes to list: all three, or one."""

    HOMES = (
        ("", _("China, Hong Kong and Taiwan")),
        ("CN", _("Mainland China")),
        ("HK", _("Hong Kong")),
        ("TW", _("Taiwan")),
    )

    home = forms.ChoiceField(choices=HOMES, required=False, label=_("Seat"))

    field_order = ("as_of", "home")

    @property
    def countries(self) -> tuple[str, ...]:
        """The codes to list."""
        home = self.cleaned_data.get("home", "")
        return (home,) if home else CHINESE_HOMES
