"""Loads criteria, domestic counterparts and origins of items from ``content/``; what analysts edit or remove stays.

Rows of items or organizations that this catalogue does not have wait for a landscape that has them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from market.models import Counterpart, Criterion
from projects.models import Item, ItemOrganization, ItemRole
from sources.clients.judgement_files import read_counterparts, read_criteria, read_origins
from sources.importers.cited_sources import keep_sources
from sources.importers.merged_rows import Wanted, merge_rows
from sources.importers.organization_keys import organizations_by_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from django.db.models import Model

    from projects.models import Organization
    from sources.clients.judgement_files import CounterpartEntry, CriterionEntry, OriginEntry
    from sources.importers.curated import Merge

CRITERIA, COUNTERPARTS, ORIGINS = "criteria#", "counterparts#", "origins#"


def load_judgements(root: Path, merge: Merge) -> None:
    """Write all three within the caller's transaction; raises ``ContentError`` with file and line."""
    criteria, counterparts, origins = read_criteria(root), read_counterparts(root), read_origins(root)
    items = dict(Item.objects.values_list("slug", "pk"))
    makers = organizations_by_key()
    known_counterparts = [one for one in counterparts if {one.item, one.counterpart} <= items.keys()]
    known_origins = [one for one in origins if one.item in items and one.organization in makers]
    cited = [criteria[0]] if criteria else []
    cited += [one.source for one in known_counterparts] + [one.source for one in known_origins]
    sources = {row.url: row.pk for row in keep_sources(cited)}
    if criteria is not None:
        _load_criteria(criteria[1], sources[criteria[0].url], merge)
    _load_counterparts(known_counterparts, items, sources, merge)
    _load_origins(known_origins, items, makers, sources, merge)
    _take_out(merge)


def _load_criteria(entries: Iterable[CriterionEntry], source_id: int, merge: Merge) -> None:
    wanted = {
        one.slug: Wanted(f"{CRITERIA}{one.slug}", {"slug": one.slug}, {**one.columns, "source_id": source_id})
        for one in entries
    }
    merge_rows(Criterion, {row.slug: row for row in Criterion.objects.all()}, wanted, merge)


def _load_counterparts(
    entries: Iterable[CounterpartEntry], items: Mapping[str, int], sources: Mapping[str, int], merge: Merge
) -> None:
    wanted = {}
    for one in entries:
        pair = {"item_id": items[one.item], "counterpart_id": items[one.counterpart]}
        values = {"reason": one.reason, "reason_zh": one.reason_zh, "source_id": sources[one.source.url]}
        wanted[tuple(pair.values())] = Wanted(f"{COUNTERPARTS}{one.item}/{one.counterpart}", pair, values)
    stored = {(row.item_id, row.counterpart_id): row for row in Counterpart.objects.all()}
    merge_rows(Counterpart, stored, wanted, merge)


def _load_origins(
    entries: Iterable[OriginEntry],
    items: Mapping[str, int],
    makers: Mapping[str, Organization],
    sources: Mapping[str, int],
    merge: Merge,
) -> None:
    wanted = {}
    for one in entries:
        part = {"item_id": items[one.item], "organization_id": makers[one.organization].pk}
        identity = {**part, "role": ItemRole.ORIGIN}
        values = {"source_id": sources[one.source.url]}
        wanted[tuple(part.values())] = Wanted(f"{ORIGINS}{one.item}/{one.organization}", identity, values)
    rows = ItemOrganization.objects.filter(role=ItemRole.ORIGIN)
    merge_rows(ItemOrganization, {(row.item_id, row.organization_id): row for row in rows}, wanted, merge)


def _take_out(merge: Merge) -> None:
    """Remove what the files gave before and no longer give; criteria with assessments stay, and so does what was edited."""
    for key in merge.given_before.keys() - merge.given_now.keys():
        row = _row_of(key)
        if row is not None and all(getattr(row, name) == value for name, value in merge.given_before[key].items()):
            row.delete()


def _row_of(key: str) -> Model | None:
    name, _, rest = key.partition("#")
    first, _, second = rest.partition("/")
    if f"{name}#" == CRITERIA:
        return Criterion.objects.filter(slug=first, assessments=None).first()
    if f"{name}#" == COUNTERPARTS:
        return Counterpart.objects.filter(item__slug=first, counterpart__slug=second).first()
    if f"{name}#" != ORIGINS:
        return None
    own = ItemOrganization.objects.filter(item__slug=first, role=ItemRole.ORIGIN)
    return (own.filter(organization__permalink=second) or own.filter(organization__slug=second)).first()
