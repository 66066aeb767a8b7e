"""Fields that several pages' query strings share."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from projects.localized import localized
from projects.models import Category

if TYPE_CHECKING:
    CategoryChoiceField = forms.ModelChoiceField[Category]
else:
    CategoryChoiceField = forms.ModelChoiceField


class DayField(forms.DateField):
    """A day as ``2020-04-25``, chosen from the browser's calendar."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(required=False, input_formats=["%Y-%m-%d"], widget=widget, **kwargs)


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
