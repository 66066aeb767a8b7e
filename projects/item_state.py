"""What the landscape says of an item at one instant, and what stands around it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from projects.models import Item, ItemPeriod

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from projects.as_of import AsOf
    from projects.models import Organization, Subcategory


@dataclass(frozen=True, slots=True)
class ItemState:
    """The card at an instant; an item that has left keeps what was said of it last.

    ``since`` and ``commit`` tell when the landscape began to say exactly this; None and "" where no
    version ever listed the item.
    """

    name: str
    kind: str
    subcategory: Subcategory | None
    maturity: str
    organization: Organization | None
    license: str
    repository_url: str
    other_placements: list[str]
    since: datetime | None
    commit: str


def item_state(item: Item, as_of: AsOf) -> ItemState | None:
    """Return the state of an item; None if it was not listed at a past instant; one query.

    Now, an item that has left shows its last state, one that no version listed shows its own columns.
    """
    periods = ItemPeriod.objects.of_item(item).with_statement()
    period = periods.as_of(as_of.instant).first() if not as_of.is_now else periods.last()
    if period is not None:
        return ItemState(
            name=period.name,
            kind=period.kind,
            subcategory=period.subcategory,
            maturity=period.maturity,
            organization=period.organization,
            license=period.license,
            repository_url=period.repository_url,
            other_placements=[_place(placement) for placement in period.other_placements],
            since=period.during.lower,
            commit=period.version.commit,
        )
    return _own_state(item) if as_of.is_now else None


def _own_state(item: Item) -> ItemState:
    return ItemState(
        name=item.name,
        kind=item.kind,
        subcategory=item.subcategory,
        maturity=item.maturity,
        organization=item.organization,
        license=item.license,
        repository_url=item.repository_url,
        other_placements=[_place(placement) for placement in item.other_placements],
        since=None,
        commit="",
    )


def _place(placement: dict[str, str] | str) -> str:
    """Write a further placement as people read it: ``Category / Subcategory``."""
    if isinstance(placement, str):
        return placement
    return " / ".join(filter(None, (placement.get("category"), placement.get("subcategory"))))


def neighbours(item: Item, subcategory: Subcategory, as_of: AsOf, *, most: int) -> QuerySet[Item]:
    """Return other items of a subcategory at an instant, hosted ones first, at most ``most``."""
    beside = Item.objects.exclude(pk=item.pk).with_taxonomy().with_logos()
    if as_of.is_now:
        beside = beside.listed().filter(subcategory=subcategory)
    else:
        beside = beside.standing_in(subcategory, as_of.instant)
    return beside.hosted_first()[:most]


def twins(item: Item) -> QuerySet[Item]:
    """Return the other cards of the same hosted project."""
    if item.project_id is None:
        return Item.objects.none()
    cards = Item.objects.filter(project=item.project_id).exclude(pk=item.pk)
    return cards.with_taxonomy().with_logos().order_by("name", "pk")
