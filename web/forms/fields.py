"""Fields that several pages' query strings share."""

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from projects.as_of import EARLIEST_ZONE
from projects.localized import localized
from projects.models import Category

if TYPE_CHECKING:
    CategoryChoiceField = forms.ModelChoiceField[Category]
else:
    CategoryChoiceField = forms.ModelChoiceField


class DayField(forms.DateField):
    """A day as ``2020-04-25``, chosen from the browser's calendar; one that has begun nowhere on earth is refused."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(required=False, input_formats=["%Y-%m-%d"], widget=widget, **kwargs)

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value and value > (timezone.now() + EARLIEST_ZONE).date():
            raise forms.ValidationError(_("%(text)s lies in the future."), params={"text": value.isoformat()})


class SpanForm(forms.Form):
    """Two fields of which the second does not lie before the first; the second is reported and ignored if it does."""

    span: ClassVar[tuple[str, str]] = ("since", "until")
    wrong_way_round: ClassVar[Any] = _("This day lies before the first one.")

    def clean(self) -> dict[str, Any]:
        """Compare the ends where both are given."""
        cleaned = super().clean() or self.cleaned_data
        first, last = (cleaned.get(name) for name in self.span)
        if first is not None and last is not None and last < first:
            self.add_error(self.span[1], self.wrong_way_round)
        return cleaned


class CategoryField(CategoryChoiceField):
    """A category by its slug, named in the reader's language."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            queryset=Category.objects.in_map_order(),
            to_field_name="slug",
            required=False,
            label=_("Category"),
            empty_label=_("All categories"),
            **kwargs,
        )

    def label_from_instance(self, obj: Category) -> str:
        return localized(obj, "name", language=get_language())


class SearchField(forms.CharField):
    """Words that a reader looks for."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"type": "search", "autocomplete": "off"})
        super().__init__(required=False, max_length=200, widget=widget, **kwargs)
