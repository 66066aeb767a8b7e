"""One search over all that Strata holds: the catalogue and the knowledge base."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from knowledge.models import TextKind
from knowledge.search import TextHit, search_knowledge
from projects.search import HitKind, SearchHit, search_catalogue
from projects.search_matching import needle_of

if TYPE_CHECKING:
    from collections.abc import Sequence

Hit = SearchHit | TextHit
# In this order stand equally good hits.
KINDS: tuple[str, ...] = (
    HitKind.ITEM,
    TextKind.CONCEPT,
    HitKind.CATEGORY,
    HitKind.SUBCATEGORY,
    HitKind.ORGANIZATION,
    *(kind for kind in TextKind if kind != TextKind.CONCEPT),
)


@dataclass(frozen=True, slots=True)
class Findings:
    """The best hits of all kinds, best first; ``query`` is the text as it was understood."""

    query: str
    hits: tuple[Hit, ...]
    has_more: bool


def search_everything(query: str, *, limit: int, kinds: Sequence[str] = KINDS) -> Findings:
    """Find what fits in any name or text; at most ten queries. An empty query finds nothing.

    The best few of each kind keep a place beside a hundred items.
    """
    catalogue = search_catalogue(query, limit=limit)
    texts = search_knowledge(query, limit=limit + 1)
    hits: list[Hit] = [*catalogue.hits, *texts]
    in_order = sorted((hit for hit in hits if hit.kind in kinds), key=_place)
    return Findings(needle_of(query).text, _best(in_order, limit), has_more=catalogue.has_more or len(in_order) > limit)


def by_kind(hits: Sequence[Hit]) -> list[tuple[str, list[Hit]]]:
    """Group hits by their kind; the kind of the best hit comes first."""
    kinds = list(dict.fromkeys(hit.kind for hit in hits))
    ordered = sorted(hits, key=lambda hit: kinds.index(hit.kind))
    return [(str(kind), list(found)) for kind, found in groupby(ordered, key=lambda hit: hit.kind)]


def _place(hit: Hit) -> tuple[int, bool, int]:
    return (hit.rank, isinstance(hit, SearchHit) and not hit.is_listed, KINDS.index(hit.kind))


def _best(in_order: Sequence[Hit], limit: int) -> tuple[Hit, ...]:
    share = max(1, limit // 8)
    kept = {id(hit) for kind in KINDS for hit in [one for one in in_order if one.kind == kind][:share]}
    places = [n for n, hit in enumerate(in_order) if id(hit) in kept][:limit]
    others = [n for n, hit in enumerate(in_order) if id(hit) not in kept][: limit - len(places)]
    return tuple(in_order[place] for place in sorted([*places, *others]))
