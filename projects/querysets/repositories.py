"""Named reads over repositories."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import QuerySet

if TYPE_CHECKING:
    from collections.abc import Collection

    from projects.models.repositories import Repository  # noqa: F401  (the type parameter below)


class RepositoryQuerySet(QuerySet["Repository"]):
    """Reads over repositories."""

    def on_github(self) -> Self:
        """Repositories that GitHub can be asked about."""
        return self.filter(host="github.com").exclude(full_name="")

    def current(self) -> Self:
        """Repositories that some card of the newest version names."""
        return self.filter(item_repositories__is_current=True).distinct()

    def of_items(self, slugs: Collection[str]) -> Self:
        """Repositories that the cards with these slugs name today."""
        return self.filter(item_repositories__is_current=True, item_repositories__item__slug__in=slugs).distinct()
