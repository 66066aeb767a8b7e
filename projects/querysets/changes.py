"""Named reads over changes."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db.models import OuterRef, Q, QuerySet, Subquery

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from projects.models.changes import Change  # noqa: F401  (the type parameter below)
    from projects.models.organizations import Organization


class ChangeQuerySet(QuerySet["Change"]):
    """Reads over the feed of changes."""

    def between(self, start: datetime | None, end: datetime | None) -> Self:
        """Changes after ``start`` and up to ``end``; None leaves that side open."""
        condition = Q()
        if start is not None:
            condition &= Q(at__gt=start)
        if end is not None:
            condition &= Q(at__lte=end)
        return self.filter(condition)

    def for_feed(self) -> Self:
        """Newest first, with what a line of the feed shows."""
        return self.with_organizations().select_related("item", "category", "version").order_by("-at", "-pk")

    def with_organizations(self) -> Self:
        """Give the organizations' names of changes whose texts are permalinks: ``before_name``, ``before_name_zh`` ..."""
        names = {
            f"{side}_{column}": Subquery(_organization(side).values(column)[:1])
            for side in ("before", "after")
            for column in ("name", "name_zh")
        }
        return self.annotate(**names)

    def after_first_version(self) -> Self:
        """Changes proper: not the listings of the version that the history begins with."""
        earliest = type(self)(self.model).order_by("at").values("at")[:1]
        return self.filter(at__gt=Subquery(earliest))

    def in_category(self, slug: str) -> Self:
        """Changes in one category; the empty slug leaves all."""
        return self.filter(category__slug=slug) if slug else self

    def on_days(self, first: date | None, last: date | None) -> Self:
        """Changes from the beginning of ``first`` to the end of ``last`` (UTC); None leaves that side open."""
        condition = Q()
        if first is not None:
            condition &= Q(at__gte=datetime.combine(first, time.min, UTC))
        if last is not None:
            condition &= Q(at__lte=datetime.combine(last, time.max, UTC))
        return self.filter(condition)

    def of_kinds(self, kinds: Iterable[str]) -> Self:
        """Changes of some kinds."""
        return self.filter(kind__in=sorted(kinds))

    def about(self, text: str) -> Self:
        """Changes whose item, or what it was before or after, contains a text; the empty text leaves all."""
        if not text:
            return self
        return self.filter(Q(item__name__icontains=text) | Q(before__icontains=text) | Q(after__icontains=text))

    def outside_taxonomy_breaks(self) -> Self:
        """Changes that did not follow from a section's being renamed, split or merged."""
        return self.filter(taxonomy_break__isnull=True)

    def of_organization(self, organization: Organization) -> Self:
        """Changes of the items that name an organization."""
        return self.filter(item__organization=organization)


def _organization(side: str) -> QuerySet[Organization]:
    """Return the organization that a change of organization names by its permalink before or after."""
    organizations = apps.get_model("projects", "Organization").objects
    return organizations.exclude(permalink="").filter(permalink=OuterRef(side))
