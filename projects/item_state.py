"""What the landscape says of an item at one instant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from projects.card_details import details_of_item, details_of_period
from projects.commits import shown_commit
from projects.models import Item, ItemOrganization, ItemPeriod, ItemRole

if TYPE_CHECKING:
    from datetime import datetime

    from projects.as_of import AsOf
    from projects.card_details import CardDetails
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
    details: CardDetails
    since: datetime | None
    commit: str


@dataclass(frozen=True, slots=True)
class Part:
    """An organization's part in an item."""

    role: str
    organization: Organization


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
            details=details_of_item(item) if as_of.is_now else details_of_period(period),
            since=period.during.lower,
            commit=shown_commit(period.version.commit),
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
        details=details_of_item(item),
        since=None,
        commit="",
    )


def _place(placement: dict[str, str] | str) -> str:
    """Write a further placement as people read it: ``Category / Subcategory``."""
    if isinstance(placement, str):
        return placement
    return " / ".join(filter(None, (placement.get("category"), placement.get("subcategory"))))


def parts_in(item: Item, state: ItemState | None, as_of: AsOf) -> list[Part]:
    """Return which organizations have a part in an item, by part, then by name; at most one query.

    At a past instant only the card tells: the foundation it named is its steward, anybody else its vendor.
    """
    if as_of.is_now:
        rows = item.item_organizations.select_related("organization").order_by("role", "organization__name", "pk")
        return [Part(row.role, row.organization) for row in rows]
    if state is None or state.organization is None:
        return []
    stewards = ItemOrganization.objects.filter(role=ItemRole.STEWARD, organization=state.organization)
    return [Part(ItemRole.STEWARD if stewards.exists() else ItemRole.VENDOR, state.organization)]
