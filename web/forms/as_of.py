"""The day that a page speaks of."""

from datetime import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from projects.as_of import AsOf, InvalidAsOfError, parse_as_of


class AsOfForm(forms.Form):
    """``?as_of=``: a day or an instant; what cannot be read is reported, and the present shown."""

    as_of = forms.CharField(required=False, max_length=40, label=_("As of"))

    def __init__(self, data: object, *, now: datetime) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # a request's QueryDict
        self.now = now
        self.chosen = AsOf(now, "", is_now=True)

    def clean_as_of(self) -> str:
        """Read the instant into ``chosen``."""
        text: str = self.cleaned_data["as_of"]
        try:
            self.chosen = parse_as_of(text, now=self.now)
        except InvalidAsOfError as error:
            raise ValidationError(str(error)) from error
        return text
