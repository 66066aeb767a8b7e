"""Named reads over snapshots."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import QuerySet

if TYPE_CHECKING:
    from datetime import date

    from metrics.models.snapshots import RepositorySnapshot  # noqa: F401  (the type parameter below)
    from projects.models import Repository


class RepositorySnapshotQuerySet(QuerySet["RepositorySnapshot"]):
    """Reads over the daily counts."""

    def of(self, repository: Repository) -> Self:
        """The snapshots of one repository, oldest first."""
        return self.filter(repository=repository).order_by("day")

    def of_item(self, item_id: int) -> Self:
        """The snapshots of every repository that an item's card names or named."""
        return self.filter(repository__item_repositories__item=item_id)

    def between(self, first: date | None, last: date | None) -> Self:
        """Snapshots from ``first`` to ``last``, both included; None leaves that side open."""
        found = self
        if first is not None:
            found = found.filter(day__gte=first)
        if last is not None:
            found = found.filter(day__lte=last)
        return found
