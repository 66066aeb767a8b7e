"""The filters of rounds, acquisitions and investors."""

from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from api.countries import CountryFilter
from api.v1.filters import AskedFilterSet, NamedSlugFilter
from market.investors import known_investors
from market.models import Acquisition, Confidence, Layer, Series
from market.organization_layers import organizations_in_layer
from projects.filters import SlugFilter
from projects.models import Organization, OrganizationKind

EARLIEST_YEAR, LATEST_YEAR = 1900, 2200


class LayerField(forms.CharField):
    """``framework/layer`` by their slugs."""

    def clean(self, value: Any) -> Any:
        text: str = super().clean(value)
        if not text:
            return None
        framework, _slash, slug = text.partition("/")
        layer = Layer.objects.filter(framework__slug=framework, slug=slug).select_related("framework").first()
        if layer is None:
            raise ValidationError(
                _("There is no such layer; write framework/layer, such as investment-layers/technology.")
            )
        return layer


class LayerFilter(django_filters.Filter):  # type: ignore[misc]  # django-filter has no types
    """Organizations that stand in a layer or in a part of it."""

    field_class = LayerField

    def filter(self, qs: QuerySet[Any], value: Layer | None) -> QuerySet[Any]:
        return qs if value is None else qs.filter(organization__in=organizations_in_layer(value))


def _year() -> django_filters.Filter:
    return django_filters.NumberFilter(
        label="Year of the announcement.",
        field_name="announced_on__year",
        min_value=EARLIEST_YEAR,
        max_value=LATEST_YEAR,
        decimal_places=0,
    )


class FundingRoundFilterSet(AskedFilterSet):
    """Choices among rounds."""

    year = _year()
    series = django_filters.MultipleChoiceFilter(label="Series", choices=Series.choices, distinct=False)
    country = CountryFilter(field_name="organization__country", label="ISO 3166-1 alpha-2 of the organization's seat.")
    organization = SlugFilter("organization", Organization.objects.all(), label="Slug of the organization.")
    investor = NamedSlugFilter("investments__investor", known_investors(), label="Slug of an investor.")
    confidence = django_filters.MultipleChoiceFilter(label="Confidence", choices=Confidence.choices, distinct=False)
    layer = LayerFilter(label="A layer as framework/layer, by their slugs.")


class AcquisitionFilterSet(AskedFilterSet):
    """Choices among sales."""

    year = _year()
    kind = django_filters.MultipleChoiceFilter(label="Kind", choices=Acquisition.Kind.choices, distinct=False)
    target = SlugFilter("target", Organization.objects.all(), label="Slug of what was sold.")
    acquirer = SlugFilter("acquirer", Organization.objects.all(), label="Slug of the buyer.")
    confidence = django_filters.MultipleChoiceFilter(label="Confidence", choices=Confidence.choices, distinct=False)


class InvestorFilterSet(AskedFilterSet):
    """Choices among investors."""

    kind = django_filters.MultipleChoiceFilter(label="Kind", choices=OrganizationKind.choices, distinct=False)
    country = CountryFilter(label="ISO 3166-1 alpha-2 of the seat.")
