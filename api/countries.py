"""Countries as parameters: codes of ISO 3166-1 alpha-2, in either case."""

from functools import cache
from typing import Any

import django_filters
from babel import Locale
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LENGTH = 2
# What Unicode's list has beside ISO 3166-1: unions, reserved codes, codes for testing.
NO_COUNTRIES = frozenset({"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"})


@cache
def country_codes() -> frozenset[str]:
    """Return every code of ISO 3166-1 alpha-2."""
    return frozenset(code for code in map(str, Locale("en").territories) if len(code) == LENGTH) - NO_COUNTRIES


class CountryField(forms.CharField):
    """A code that is one of a country."""

    def clean(self, value: Any) -> str:
        code: str = super().clean(value).upper()
        if code and code not in country_codes():
            raise ValidationError(_("No country has this code; ISO 3166-1 alpha-2 has DE or US, for example."))
        return code


class CountryFilter(django_filters.CharFilter):  # type: ignore[misc]  # django-filter has no types
    """The country of a seat."""

    field_class = CountryField

    def __init__(self, **options: Any) -> None:
        super().__init__(min_length=LENGTH, max_length=LENGTH, **options)
