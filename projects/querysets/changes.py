"""Named reads over changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import Q, QuerySet, Subquery

if TYPE_CHECKING:
    from datetime import datetime

    from projects.models.changes import Change  # noqa: F401  (the type parameter below)


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
        return self.select_related("item", "category", "version").order_by("-at", "-pk")

    def after_first_version(self) -> Self:
        """Changes proper: not the listings of the version that the history begins with."""
        earliest = type(self)(self.model).order_by("at").values("at")[:1]
        return self.filter(at__gt=Subquery(earliest))

    def in_category(self, slug: str) -> Self:
        """Changes in one category; the empty slug leaves all."""
        return self.filter(category__slug=slug) if slug else self
