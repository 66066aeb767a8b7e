"""Whose money stands behind an item: that of its vendor or origin, never that of the foundation that hosts it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from market.company_money import CapitalRaised, capital_raised, rounds_of
from market.exits import Exit, exit_tape
from market.money_owners import organizations_with_money
from projects.models import MAKERS, ItemOrganization, ItemRole

if TYPE_CHECKING:
    from projects.models import Item, Organization


@dataclass(frozen=True, slots=True)
class MakerMoney:
    """The capital and the exits of an organization that makes or made an item, with its parts in it."""

    organization: Organization
    roles: tuple[ItemRole, ...]
    raised: CapitalRaised
    exits: tuple[Exit, ...]


def money_of_makers(item: Item) -> list[MakerMoney]:
    """Return the money of an item's makers, by name; one query if the ledger names none of them, else five.

    A maker that only bought or invested has nothing to tell here.
    """
    parts = ItemOrganization.objects.filter(
        item=item, role__in=MAKERS, organization__in=organizations_with_money()
    ).select_related("organization")
    roles: dict[Organization, list[ItemRole]] = {}
    for part in parts.order_by("organization__name", "organization", "role"):
        roles.setdefault(part.organization, []).append(ItemRole(part.role))
    if not roles:
        return []
    keys = [organization.pk for organization in roles]
    rounds, tape = rounds_of(keys), exit_tape(of=keys)
    makers = [
        MakerMoney(
            organization=organization,
            roles=tuple(own),
            raised=capital_raised(rounds.get(organization.pk, ())),
            exits=tuple(one for one in tape if one.organization == organization),
        )
        for organization, own in roles.items()
    ]
    return [maker for maker in makers if maker.exits or maker.organization.pk in rounds]
