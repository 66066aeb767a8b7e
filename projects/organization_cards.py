"""Organizations with the number of cards that name them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce, Lower

from projects.models import Item

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from projects.querysets.organizations import OrganizationQuerySet


def with_listed_items(organizations: OrganizationQuerySet) -> OrganizationQuerySet:
    """Count the cards of the newest version that name each organization, as ``listed_items``."""
    count = _listed_items().order_by().values("organization").annotate(n=Count("pk")).values("n")
    return organizations.annotate(listed_items=Coalesce(Subquery(count, output_field=IntegerField()), 0))


def still_listed(organizations: OrganizationQuerySet) -> OrganizationQuerySet:
    """Leave the organizations that some card of the newest version names."""
    return organizations.filter(Exists(_listed_items()))


def most_cards_first(organizations: OrganizationQuerySet) -> OrganizationQuerySet:
    """Put those with the most listed cards first; wants ``with_listed_items``."""
    return organizations.order_by(F("listed_items").desc(), Lower("name"), "pk")


def _listed_items() -> QuerySet[Item]:
    return Item.objects.listed().filter(organization=OuterRef("pk"))
