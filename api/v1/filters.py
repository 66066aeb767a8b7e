"""The filters of each list."""

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

import django_filters
from django.utils.translation import gettext as _

from api.countries import CountryFilter
from metrics.table_filters import FiguredItemFilterSet
from projects.filters import ISO_DAY, YES_NO, BlankFreeFilterSet, KnownWordsFilter, SlugFilter
from projects.models import (
    Category,
    CategoryGroup,
    ChangeKind,
    Item,
    OrganizationKind,
    Repository,
)
from projects.models.repositories import RepositoryAvailability
from projects.querysets.changes import ChangeQuerySet
from projects.search_matching import LONGEST_QUERY, holds_words, needle_of

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import QueryDict


class AskedFilterSet(BlankFreeFilterSet):
    """Makes only the filters ready that a request names: most name none, and each costs as much as a small query."""

    base_filters: dict[str, Any]
    # Pairs of a first and a last day or year.
    spans: ClassVar[tuple[tuple[str, str], ...]] = ()

    def __init__(self, data: "QueryDict | None" = None, *args: Any, **options: Any) -> None:
        if data is not None:
            self.base_filters = {name: each for name, each in self.base_filters.items() if name in data}
        super().__init__(data, *args, **options)
        for each in self.filters.values():
            each.extra["error_messages"] = error_messages(each)

    def is_valid(self) -> bool:
        """Tell whether every value can be taken, and no span ends before it begins."""
        if not super().is_valid():
            return False
        given = self.form.cleaned_data
        for first, last in self.spans:
            if given.get(first) and given.get(last) and given[first] > given[last]:
                message = _("%(last)s lies before %(first)s.") % {"last": last, "first": first}
                self.form.add_error(last, message)
        return not self.form.errors


def error_messages(each: django_filters.Filter) -> dict[str, str]:
    """Return the sentences of a filter's field that tell a program what it may ask."""
    if isinstance(each, django_filters.DateFilter):
        return {"invalid": _("Give a day such as 2020-04-25.")}
    if choices := each.extra.get("choices"):
        known = ", ".join(str(value) for value, _label in choices)
        return {"invalid_choice": _("Unknown value. Choose from: %(known)s.") % {"known": known}}
    if isinstance(each, django_filters.MultipleChoiceFilter | django_filters.ModelChoiceFilter):
        return {"invalid_choice": _("There is no %(value)s here.")}
    return {}


class NamedSlugFilter(SlugFilter):
    """Rows that name any of some others by their slugs, each once however many of them it names."""

    def filter(self, qs: "QuerySet[Any]", value: Any) -> "QuerySet[Any]":
        naming: QuerySet[Any] = super().filter(qs.model._default_manager.all(), value)  # noqa: SLF001  (the manager of any model)
        return qs.filter(pk__in=naming.values("pk")) if value else qs


class ItemListFilterSet(AskedFilterSet, FiguredItemFilterSet):
    """The shared filters of items; what pages call ``q`` is ``search`` here."""

    spans = (("listed_after", "listed_before"),)
    q = None
    country = CountryFilter(field_name="organization__country", label="ISO 3166-1 alpha-2 of the organization's seat.")
    search = django_filters.CharFilter(
        label="Every word in the name, a former name, the organization, the category or the Chinese summary.",
        method="about",
        max_length=LONGEST_QUERY,
    )


class NamedFilterSet(AskedFilterSet):
    """Search by name, in both languages."""

    search = django_filters.CharFilter(label="Every word in a name.", method="named", max_length=LONGEST_QUERY)

    def named(self, rows: "QuerySet[Category]", _name: str, text: str) -> "QuerySet[Category]":
        """Rows whose names hold every word."""
        return rows.filter(holds_words(needle_of(text).words, ["name", "name_zh"]))


class CategoryFilterSet(NamedFilterSet):
    """Choices among categories."""

    group = django_filters.MultipleChoiceFilter(label="Group", choices=CategoryGroup.choices, distinct=False)


class OrganizationFilterSet(NamedFilterSet):
    """Choices among organizations."""

    kind = django_filters.MultipleChoiceFilter(label="Kind", choices=OrganizationKind.choices, distinct=False)
    country = CountryFilter(label="ISO 3166-1 alpha-2 of the seat.")


class RepositoryFilterSet(AskedFilterSet):
    """Choices among repositories."""

    host = KnownWordsFilter(label="Host", column="host", model=Repository, usual=["github.com"], distinct=False)
    item = NamedSlugFilter("items", Item.objects.all(), label="Slug of an item that names it.")
    availability = django_filters.MultipleChoiceFilter(
        label="What the host last said.", choices=RepositoryAvailability.choices, distinct=False
    )
    is_archived = django_filters.ChoiceFilter(label="Archived by its owner.", choices=YES_NO, method="by_archiving")
    search = django_filters.CharFilter(label="Every word in the address.", method="about", max_length=LONGEST_QUERY)

    def by_archiving(self, rows: "QuerySet[Repository]", _name: str, answer: str) -> "QuerySet[Repository]":
        """Repositories that are known to be archived, or known not to be."""
        return rows.filter(is_archived=answer == "true")

    def about(self, rows: "QuerySet[Repository]", _name: str, text: str) -> "QuerySet[Repository]":
        """Repositories whose address holds every word."""
        return rows.filter(holds_words(needle_of(text).words, ["url"]))


class ChangeFilterSet(AskedFilterSet):
    """Choices among changes."""

    spans = (("since", "until"),)
    kind = django_filters.MultipleChoiceFilter(label="Kind", choices=ChangeKind.choices, distinct=False)
    category = SlugFilter("category", Category.objects.all(), label="Slug of the category it happened in.")
    item = SlugFilter("item", Item.objects.all(), label="Slug of an item.")
    since = django_filters.DateFilter(
        label="From the beginning of a day, UTC.", method="from_day", input_formats=ISO_DAY
    )
    until = django_filters.DateFilter(label="To the end of a day, UTC.", method="to_day", input_formats=ISO_DAY)
    search = django_filters.CharFilter(
        label="Text in the item's name, or in what it was before or after.", method="about", max_length=LONGEST_QUERY
    )

    def from_day(self, rows: ChangeQuerySet, _name: str, day: date) -> ChangeQuerySet:
        """Changes on a day or later."""
        return rows.on_days(day, None)

    def to_day(self, rows: ChangeQuerySet, _name: str, day: date) -> ChangeQuerySet:
        """Changes on a day or earlier."""
        return rows.on_days(None, day)

    def about(self, rows: ChangeQuerySet, _name: str, text: str) -> ChangeQuerySet:
        """Changes that speak of a text."""
        return rows.about(text)
