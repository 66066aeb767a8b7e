"""The organizations behind one layer that raised money, were sold or came to an exchange."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, IntegerField, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from market.layer_capital import organizations_of
from market.ledger_columns import has_sum, is_priced
from market.models import Acquisition, FundingRound, Listing
from projects.models import Organization

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from django.db.models import Model, QuerySet

    from market.layers import LayerTree
    from projects.as_of import AsOf


@dataclass(frozen=True, slots=True)
class LayerOrganization:
    """An organization's money up to a day; sums are of what is disclosed, None if nothing is."""

    organization: Organization
    rounds: int
    unpriced: int
    raised_usd: Decimal | None
    exits: int
    acquired_usd: Decimal | None


def layer_organizations(tree: LayerTree, as_of: AsOf, *, group: int) -> list[LayerOrganization]:
    """Return those of a group's organizations that the ledger names, the most raised first; two queries."""
    day = as_of.day
    priced = is_priced() & Q(announced_on__lte=day)
    rows: Iterable[Any] = (
        Organization.objects.filter(pk__in=organizations_of(tree, as_of, group=group))
        .annotate(
            round_count=_count(FundingRound, "organization", priced),
            priced=_count(FundingRound, "organization", priced & has_sum()),
            raised=_sum(FundingRound, "organization", priced & has_sum()),
            sold=_count(Acquisition, "target", Q(announced_on__lte=day)),
            price=_sum(Acquisition, "target", has_sum() & Q(announced_on__lte=day)),
            listed=_count(Listing, "organization", Q(listed_on__lte=day)),
        )
        .filter(Q(round_count__gt=0) | Q(sold__gt=0) | Q(listed__gt=0))
        .order_by(F("raised").desc(nulls_last=True), "name", "pk")
    )
    return [
        LayerOrganization(
            row, row.round_count, row.round_count - row.priced, row.raised, row.sold + row.listed, row.price
        )
        for row in rows
    ]


def _own(model: type[Model], organization: str, when: Q) -> QuerySet[Any]:
    rows: QuerySet[Any] = model._default_manager.filter(when, **{organization: OuterRef("pk")})  # noqa: SLF001 - Django's public name
    return rows.order_by().values(organization)


def _count(model: type[Model], organization: str, when: Q) -> Coalesce:
    counted = _own(model, organization, when).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _sum(model: type[Model], organization: str, when: Q) -> Subquery:
    return Subquery(_own(model, organization, when).annotate(n=Sum("amount_usd")).values("n"))
