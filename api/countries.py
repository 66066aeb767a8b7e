"""Countries as parameters: codes of ISO 3166-1 alpha-2, in either case."""

from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from projects.countries import LENGTH, country_codes

NO_COUNTRY = gettext_lazy("No country has this code; ISO 3166-1 alpha-2 has DE or US, for example.")


class CountryField(forms.CharField):
    """A code that is one of a country."""

    default_error_messages = {"min_length": NO_COUNTRY, "max_length": NO_COUNTRY}

    def clean(self, value: Any) -> str:
        code: str = super().clean(value).upper()
        if code and code not in country_codes():
            raise ValidationError(NO_COUNTRY)
        return code


class CountryFilter(django_filters.CharFilter):  # type: ignore[misc]  # django-filter has no types
    """The country of a seat."""

    field_class = CountryField

    def __init__(self, **options: Any) -> None:
        super().__init__(min_length=LENGTH, max_length=LENGTH, **options)
