"""How much was raised, by year, series, country or layer, and how much of it nobody tells."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from market.ledger_columns import is_priced, money_aggregates
from market.organization_layers import layers_of_organizations, root_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from market.models import Framework, FundingRound, Layer

GROUPS = {"year": "announced_on__year", "series": "series", "country": "organization__country"}


@dataclass(frozen=True, slots=True)
class MoneyTotal:
    """Rounds of one group. ``sum_usd`` sums the ``disclosed`` ones, None if none is; the others are counted beside.

    ``bounded``: only "less than" or "more than" is told; ``undisclosed``: a source says that the amount was not told;
    ``unknown``: no source of ours tells it. ``organizations`` raised them.
    """

    key: Any
    rounds: int
    sum_usd: Decimal | None
    disclosed: int
    bounded: int
    undisclosed: int
    unknown: int
    organizations: int

    @property
    def hidden(self) -> int:
        """How many rounds the sum lacks."""
        return self.bounded + self.undisclosed + self.unknown


@dataclass(frozen=True, slots=True)
class LayerTotal:
    """A layer's money; ``layer`` None: the organizations that stand in no layer."""

    layer: Layer | None
    total: MoneyTotal


def grand_total(rounds: QuerySet[FundingRound]) -> MoneyTotal:
    """Return the total of priced rounds, each organization counted once; one query."""
    return MoneyTotal(key=None, **rounds.filter(is_priced()).aggregate(**money_aggregates()))


def totals_by(rounds: QuerySet[FundingRound], group: str) -> list[MoneyTotal]:
    """Return totals of priced rounds by "year", "series" or "country", in order of the key; one query.

    An empty country is unknown.
    """
    column = GROUPS[group]
    rows = rounds.filter(is_priced()).order_by(column).values(column).annotate(**money_aggregates())
    return [MoneyTotal(key=row.pop(column), **row) for row in rows]


def totals_by_layer(
    rounds: QuerySet[FundingRound], framework: Framework, *, within: Layer | None = None
) -> list[LayerTotal]:
    """Return totals by the framework's top layers, then what stands in none; four queries.

    ``within``: the top layer above this one alone, for rounds of organizations that stand in it.
    An organization in two layers counts in both, so the layers' sums may exceed the grand total.
    """
    layers = list(framework.layers.order_by("position", "pk"))
    parents = {layer.pk: layer.parent_id for layer in layers}
    tops = {layer.pk: layer for layer in layers if layer.parent_id is None}
    standing = {
        organization: {root_of(key, parents) for key in keys}
        for organization, keys in layers_of_organizations(framework).items()
    }
    groups: defaultdict[int | None, list[dict[str, Any]]] = defaultdict(list)
    aggregates = {name: each for name, each in money_aggregates().items() if name != "organizations"}
    rows: Iterable[Any] = rounds.filter(is_priced()).order_by().values("organization").annotate(**aggregates)
    for row in rows:
        tops_of_it: set[int | None] = {*standing.get(row["organization"], ())} or {None}
        for top in tops_of_it:
            groups[top].append(row)
    found = [LayerTotal(layer, _sum(key, groups[key])) for key, layer in tops.items()]
    if within is not None:
        return [one for one in found if one.layer and one.layer.pk == root_of(within.pk, parents)]
    return [*found, LayerTotal(None, _sum(None, groups[None]))] if groups[None] else found


def _sum(key: int | None, rows: list[dict[str, Any]]) -> MoneyTotal:
    amounts = [row["sum_usd"] for row in rows if row["sum_usd"] is not None]
    counts = {
        name: sum(row[name] for row in rows) for name in ("rounds", "disclosed", "bounded", "undisclosed", "unknown")
    }
    return MoneyTotal(key=key, sum_usd=sum(amounts, Decimal()) if amounts else None, organizations=len(rows), **counts)
