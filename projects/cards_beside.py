"""The cards that stand around an item at an instant: its neighbours, and the other cards of its project."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models.functions import Lower
from django.urls import reverse

from projects.models import Item, ItemPeriod

if TYPE_CHECKING:
    from datetime import datetime

    from projects.as_of import AsOf
    from projects.models import Logo, Subcategory
    from projects.querysets.periods import ItemPeriodQuerySet


@dataclass(frozen=True, slots=True)
class Card:
    """An item as a list shows it: what the landscape said of it at the instant, and its logo of today.

    ``left_at``: since when it is listed no more; None at past instants, whose lists hold what was listed then.
    """

    slug: str
    name: str
    kind: str
    maturity: str
    subcategory: Subcategory | None
    logo: Logo | None
    left_at: datetime | None = None

    def get_absolute_url(self) -> str:
        """The page of the item."""
        return reverse("item_detail", args=[self.slug])


def neighbours(item: Item, subcategory: Subcategory, as_of: AsOf, *, most: int) -> list[Card]:
    """Return other items of a subcategory at an instant, hosted ones first, at most ``most``; one query."""
    if as_of.is_now:
        beside = Item.objects.listed().filter(subcategory=subcategory).exclude(pk=item.pk)
        return [_own_card(one) for one in beside.with_taxonomy().with_logos().hosted_first()[:most]]
    periods = ItemPeriod.objects.as_of(as_of.instant).in_subcategories([subcategory.pk]).exclude(item=item)
    return _cards(periods.hosted_first()[:most])


def twins(item: Item, as_of: AsOf) -> list[Card]:
    """Return the other cards of the same hosted project, by name; at most one query, at a past instant two.

    At a past instant those that were listed then, of the project that the item belonged to then.
    """
    if not as_of.is_now:
        listed = ItemPeriod.objects.as_of(as_of.instant)
        project = listed.filter(item=item).values_list("project", flat=True).first()
        if project is None:
            return []
        return _cards(listed.filter(project=project).exclude(item=item).order_by(Lower("name"), "pk"))
    if item.project_id is None:
        return []
    others = Item.objects.filter(project=item.project_id).exclude(pk=item.pk)
    return [_own_card(one) for one in others.with_taxonomy().with_logos().order_by("name", "pk")]


def _own_card(item: Item) -> Card:
    return Card(item.slug, item.name, item.kind, item.maturity, item.subcategory, item.logo, item.delisted_at)


def _cards(periods: ItemPeriodQuerySet) -> list[Card]:
    return [
        Card(period.item.slug, period.name, period.kind, period.maturity, period.subcategory, period.item.logo)
        for period in periods.with_taxonomy().with_logos()
    ]
