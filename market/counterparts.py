"""Domestic counterparts of foreign items, each with its reason and source."""

from django.db.models import QuerySet

from market.models import Counterpart


def counterparts() -> QuerySet[Counterpart]:
    """Return all, by the foreign item's name; a link says that two do a like thing, not that they are equal."""
    rows = Counterpart.objects.select_related("item", "counterpart__organization", "source")
    return rows.order_by("item__name", "counterpart__name", "pk")
