"""Named reads over organizations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import Q, QuerySet

from projects.name_order import name_order

if TYPE_CHECKING:
    from projects.models.organizations import Organization  # noqa: F401  (the type parameter below)


class OrganizationQuerySet(QuerySet["Organization"]):
    """Reads over organizations."""

    def called_like(self, text: str) -> Self:
        """Organizations whose name contains a text; the empty text leaves all."""
        return self.filter(Q(name__icontains=text) | Q(name_zh__icontains=text)) if text else self

    def seated_in(self, country: str) -> Self:
        """Organizations of one country (ISO 3166-1 alpha-2); the empty code leaves all."""
        return self.filter(country=country) if country else self

    def by_name(self) -> Self:
        """In order of names, whatever the case."""
        return self.order_by(name_order(), "pk")

    def known_countries(self) -> list[str]:
        """The codes of all countries that an organization is known to have its seat in; one query."""
        return list(self.exclude(country="").order_by("country").values_list("country", flat=True).distinct())

    def of_kind(self, kind: str) -> Self:
        """Organizations of one kind; the empty kind leaves all."""
        return self.filter(kind=kind) if kind else self

    def for_detail(self) -> Self:
        """Load what the organization's page shows beside its name."""
        return self.select_related("country_source", "parent")
