"""Query strings of the catalogue's files."""

from datetime import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from projects.as_of import AsOf, InvalidAsOfError, parse_as_of


class DataFileForm(forms.Form):
    """``?as_of=``: the day or instant a file speaks of. What cannot be read is refused, since nobody sees a notice."""

    as_of = forms.CharField(required=False, max_length=40, label=_("As of"))

    def __init__(self, data: object, *, now: datetime) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # a request's QueryDict
        self.now = now

    def clean_as_of(self) -> AsOf:
        try:
            return parse_as_of(self.cleaned_data["as_of"], now=self.now)
        except InvalidAsOfError as error:
            raise ValidationError(str(error)) from error

    def refusal(self) -> HttpResponse:
        """Answer 400 with what is wrong, a line a field, each beginning with the field's name."""
        lines = "".join(f"{name}: {' '.join(map(str, errors))}\n" for name, errors in self.errors.items())
        return HttpResponse(lines, content_type="text/plain; charset=utf-8", status=400)
