"""The filters that the table page and the API share."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from projects.models import Category, ItemKind, ItemPeriod, Maturity, Organization, Subcategory
from projects.search import matching_items
from projects.search_matching import LONGEST_QUERY

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import Model
    from django.http import QueryDict

    from projects.querysets.periods import ItemPeriodQuerySet

# Days are written one way in every language.
ISO_DAY = ["%Y-%m-%d"]
YES_NO = (("true", _("yes")), ("false", _("no")))


class KnownWordsField(forms.MultipleChoiceField):
    """Words of a column; a word that stands in none of its rows is refused. One query at most.

    ``usual`` words are always known, and cost no query.
    """

    def __init__(
        self, *, column: str, model: type[Model] = ItemPeriod, usual: Iterable[str] = (), **options: Any
    ) -> None:
        self.column = column
        self.model = model
        self.usual = frozenset(usual)
        options.setdefault("choices", ())
        super().__init__(**options)

    def validate(self, value: list[str]) -> None:
        unusual = set(value) - self.usual
        if not unusual:
            return
        no_null = ProhibitNullCharactersValidator()
        for word in unusual:
            no_null(word)
        rows: QuerySet[Model] = QuerySet(self.model).filter(**{f"{self.column}__in": unusual})
        used = rows.values_list(self.column, flat=True)
        if unknown := sorted(unusual - set(used.distinct())):
            raise ValidationError(self.error_messages["invalid_choice"], "invalid_choice", {"value": unknown[0][:100]})


class KnownWordsFilter(django_filters.MultipleChoiceFilter):  # type: ignore[misc]  # django-filter has no types
    """Any of some words of a column."""

    field_class = KnownWordsField


class MaturityFilter(KnownWordsFilter):
    """Any of some words of maturity, other foundations' included; ``column`` and ``field_name`` as of its base."""

    def __init__(self, **options: Any) -> None:
        usual = {"column": "maturity", "usual": Maturity.values, "choices": Maturity.choices, "distinct": False}
        super().__init__(**usual, **options)


class SlugFilter(django_filters.ModelMultipleChoiceFilter):  # type: ignore[misc]  # django-filter has no types
    """What belongs to any of some rows, which their slugs name; ``path`` is the lookup of such a row."""

    def __init__(self, path: str, queryset: QuerySet[Any], **options: Any) -> None:
        super().__init__(field_name=f"{path}__slug", to_field_name="slug", queryset=queryset, distinct=False, **options)


class BlankFreeFilterSet(django_filters.FilterSet):  # type: ignore[misc]  # django-filter has no types
    """A filter set to which an empty value, as forms send it, is no value."""

    def __init__(self, data: QueryDict | None = None, *args: Any, **options: Any) -> None:
        super().__init__(None if data is None else without_blanks(data), *args, **options)


def without_blanks(data: QueryDict) -> QueryDict:
    """Drop empty values."""
    kept = data.copy()
    for name, values in data.lists():
        kept.setlist(name, [value for value in values if value])
        if not kept.getlist(name):
            del kept[name]
    return kept


class ItemFilterSet(BlankFreeFilterSet):
    """Choices among periods (``projects.as_of.periods_at``): each item as the landscape showed it then.

    Several values of one filter are alternatives; different filters all hold.
    """

    maturity = MaturityFilter(label=_("Maturity"))
    kind = django_filters.MultipleChoiceFilter(label=_("Kind"), choices=ItemKind.choices, distinct=False)
    category = SlugFilter("subcategory__category", Category.objects.order_by("position", "name"), label=_("Category"))
    subcategory = SlugFilter(
        "subcategory", Subcategory.objects.order_by("category__position", "position", "name"), label=_("Subcategory")
    )
    organization = SlugFilter("organization", Organization.objects.order_by("name", "pk"), label=_("Organization"))
    license = KnownWordsFilter(label=_("Licence"), column="license", distinct=False)
    country = django_filters.CharFilter(label=_("Country"), method="in_country", max_length=2, min_length=2)
    has_repository = django_filters.ChoiceFilter(
        label=_("Has a repository"), choices=YES_NO, method="with_repository", empty_label=None
    )
    hosted = django_filters.ChoiceFilter(
        label=_("Hosted by the foundation"), choices=YES_NO, method="by_hosting", empty_label=None
    )
    listed_after = django_filters.DateFilter(
        label=_("Listed on or after"), method="listed_since", input_formats=ISO_DAY
    )
    listed_before = django_filters.DateFilter(
        label=_("Listed on or before"), method="listed_until", input_formats=ISO_DAY
    )
    q = django_filters.CharFilter(label=_("Search"), method="about", max_length=LONGEST_QUERY)

    class Meta:
        model = ItemPeriod
        fields: tuple[str, ...] = ()

    def in_country(self, periods: ItemPeriodQuerySet, _name: str, code: str) -> ItemPeriodQuerySet:
        """Items whose organization has its seat in a country (ISO 3166-1 alpha-2)."""
        return periods.filter(organization__country=code.upper())

    def with_repository(self, periods: ItemPeriodQuerySet, _name: str, answer: str) -> ItemPeriodQuerySet:
        """Items that name a repository, or none."""
        return periods.exclude(repository_url="") if answer == "true" else periods.filter(repository_url="")

    def by_hosting(self, periods: ItemPeriodQuerySet, _name: str, answer: str) -> ItemPeriodQuerySet:
        """Items that carry a maturity, or none."""
        return periods.hosted() if answer == "true" else periods.filter(maturity="")

    def listed_since(self, periods: ItemPeriodQuerySet, _name: str, day: date) -> ItemPeriodQuerySet:
        """Items first listed on a day (UTC) or later."""
        return periods.filter(item__listed_at__gte=datetime.combine(day, time.min, UTC))

    def listed_until(self, periods: ItemPeriodQuerySet, _name: str, day: date) -> ItemPeriodQuerySet:
        """Items first listed on a day (UTC) or earlier."""
        return periods.filter(item__listed_at__lte=datetime.combine(day, time.max, UTC))

    def about(self, periods: ItemPeriodQuerySet, _name: str, text: str) -> ItemPeriodQuerySet:
        """Items that a text finds: by name, former name, organization, category or Chinese summary."""
        return periods.filter(item__in=matching_items(text).values("pk"))
