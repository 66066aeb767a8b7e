"""Loads criteria, domestic counterparts and origins of items from ``content/``; what analysts edit or remove stays.

Rows of items or organizations that this catalogue does not have wait for a landscape that has them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from market.models import Counterpart, Criterion
from projects.models import Item, ItemOrganization, ItemRole, Organization
from sources.clients.judgement_files import read_counterparts, read_criteria, read_origins
from sources.importers.cited_sources import keep_sources

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from django.db.models import Model

    from sources.importers.curated import Merge

CRITERIA, COUNTERPARTS, ORIGINS = "criteria#", "counterparts#", "origins#"


def load_judgements(root: Path, merge: Merge) -> None:
    """Write all three within the caller's transaction; raises ``ContentError`` with file and line."""
    criteria, counterparts, origins = read_criteria(root), read_counterparts(root), read_origins(root)
    if criteria is not None:
        source, rows = criteria
        (kept,) = keep_sources([source])
        for row in rows:
            _keep(Criterion, f"{CRITERIA}{row.slug}", {"slug": row.slug}, {**row.columns, "source_id": kept.pk}, merge)
    items = dict(Item.objects.values_list("slug", "pk"))
    for one in counterparts:
        if one.item in items and one.counterpart in items:
            pair = {"item_id": items[one.item], "counterpart_id": items[one.counterpart]}
            (kept,) = keep_sources([one.source])
            values = {"reason": one.reason, "reason_zh": one.reason_zh, "source_id": kept.pk}
            _keep(Counterpart, f"{COUNTERPARTS}{one.item}/{one.counterpart}", pair, values, merge)
    makers = {row.permalink or row.slug: row.pk for row in Organization.objects.only("permalink", "slug")}
    for origin in origins:
        if origin.item in items and origin.organization in makers:
            part = {"item_id": items[origin.item], "organization_id": makers[origin.organization]}
            (kept,) = keep_sources([origin.source])
            key = f"{ORIGINS}{origin.item}/{origin.organization}"
            _keep(ItemOrganization, key, {**part, "role": ItemRole.ORIGIN}, {"source_id": kept.pk}, merge)
    _take_out(merge)


def _keep(model: type[Model], key: str, identity: Mapping[str, Any], values: Mapping[str, Any], merge: Merge) -> None:
    """Merge into the row of an identity; add it unless it was given before and somebody removed it."""
    rows = model._default_manager  # noqa: SLF001  (Django's public name for it)
    row = rows.filter(**identity).first()
    if row is not None:
        if merge.apply(row, key, values):
            row.save()
        return
    if key in merge.given_before:
        merge.kept += 1
    else:
        rows.create(**identity, **values)
    merge.give(key, values)


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
