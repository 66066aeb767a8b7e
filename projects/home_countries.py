"""Cards by the seat of whom they name: China, Hong Kong and Taiwan, apart and together, at any instant.

The country is our own statement of an organization (``Organization.country``); who has none is counted apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import Count, Q

from projects.models import MAKERS, ItemOrganization, ItemPeriod, Organization
from projects.querysets.items import ladder_order

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from projects.querysets.organizations import OrganizationQuerySet
    from projects.querysets.periods import ItemPeriodQuerySet

CHINESE_HOMES = ("CN", "HK", "TW")


@dataclass(frozen=True, slots=True)
class HomeCounts:
    """Cards of one instant: by seat, and of whom no seat is known (``unknown``), or which name nobody (``unnamed``)."""

    at: datetime
    cards: int
    by_country: dict[str, int]
    unknown: int
    unnamed: int

    @property
    def chinese(self) -> int:
        """Cards of all Chinese homes together."""
        return sum(self.by_country.values())


@dataclass(frozen=True, slots=True)
class HostedProject:
    """A hosted card with whom it comes from; ``maturity`` is what it showed at the instant."""

    period: ItemPeriod
    origins: tuple[ItemOrganization, ...]


def home_counts(instants: Sequence[datetime]) -> list[HomeCounts]:
    """Count the cards of each instant; one query."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, {"instants": list(instants), "homes": list(CHINESE_HOMES)})
        return [
            HomeCounts(at, cards, dict(zip(CHINESE_HOMES, homes, strict=True)), unknown, unnamed)
            for at, cards, unknown, unnamed, *homes in cursor.fetchall()
        ]


_COUNTS = """
SELECT instant, count(period.id), count(*) FILTER (WHERE organization.country = ''),
    count(period.id) FILTER (WHERE organization.id IS NULL),
    count(*) FILTER (WHERE organization.country = (%(homes)s::text[])[1]),
    count(*) FILTER (WHERE organization.country = (%(homes)s::text[])[2]),
    count(*) FILTER (WHERE organization.country = (%(homes)s::text[])[3])
FROM unnest(%(instants)s::timestamptz[]) AS instant
LEFT JOIN projects_itemperiod period ON period.during @> instant
LEFT JOIN projects_organization organization ON organization.id = period.organization_id
GROUP BY instant ORDER BY instant
"""


def chinese_periods(instant: datetime, countries: Collection[str]) -> ItemPeriodQuerySet:
    """Return what the landscape showed at an instant of the cards that name an organization with such a seat, by name."""
    shown = ItemPeriod.objects.filter(during__contains=instant, organization__country__in=countries)
    return shown.select_related("item", "organization", "subcategory__category").order_by("name", "pk")


def cards_by_category(instant: datetime, countries: Collection[str]) -> list[dict[str, object]]:
    """Return categories (``name``, ``name_zh``, ``slug``) with ``total`` and the cards of each seat; the most first."""
    category = "subcategory__category"
    counts = {country: Count("pk", filter=Q(organization__country=country)) for country in CHINESE_HOMES}
    own = ItemPeriod.objects.filter(during__contains=instant, organization__country__in=countries)
    grouped = own.values(f"{category}__name", f"{category}__name_zh", f"{category}__slug").annotate(
        total=Count("pk"), **counts
    )
    return [
        {name.removeprefix(f"{category}__"): value for name, value in row.items()}
        for row in grouped.order_by("-total", f"{category}__name")
    ]


def organizations_by_cards(instant: datetime, countries: Collection[str]) -> OrganizationQuerySet:
    """Return organizations with such a seat that cards named at an instant, with ``cards``; the most first."""
    shown = Count("periods", filter=Q(periods__during__contains=instant))
    counted = Organization.objects.filter(country__in=countries).annotate(cards=shown).filter(cards__gt=0)
    return counted.order_by("-cards", "name", "pk")


def hosted_of_homes(instant: datetime, countries: Collection[str]) -> list[HostedProject]:
    """Return hosted cards whose maker or origin has such a seat, the most mature first, twins once; two queries."""
    makers = ItemOrganization.objects.filter(role__in=MAKERS, organization__country__in=countries)
    hosted = ItemPeriod.objects.filter(during__contains=instant, item__in=makers.values("item")).exclude(maturity="")
    periods = list(hosted.select_related("item", "subcategory__category").order_by("name", "pk"))
    parts: dict[int, list[ItemOrganization]] = {}
    for part in makers.filter(item__in=[one.item_id for one in periods]).select_related("organization", "source"):
        parts.setdefault(part.item_id, []).append(part)
    once: dict[object, HostedProject] = {}
    for period in periods:
        key = period.project_id or ("card", period.item_id)
        once.setdefault(key, HostedProject(period, tuple(sorted(parts[period.item_id], key=lambda one: one.pk))))
    return sorted(once.values(), key=lambda one: (ladder_order(one.period.maturity), one.period.name))
