"""Loads frameworks, their layers and what stands in them from ``content/frameworks/``; what analysts edit stays.

An edited column keeps its edit, a row that somebody deleted stays deleted, and a row that somebody added stays. What a
file no longer says is taken out unless it was edited. Assignments of things that this catalogue does not have wait.
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django.db.models import Model

from market.models import Framework, Layer, LayerAssignment
from sources.clients.framework_files import (
    DIRECTORY,
    KINDS,
    AssignmentEntry,
    FrameworkEntry,
    LayerEntry,
    read_frameworks,
)
from sources.importers.cited_sources import keep_sources
from sources.importers.curated import Merge, as_json
from sources.importers.named_rows import NamedRows, named_rows

PREFIX = f"{DIRECTORY}/"


def load_frameworks(root: Path, merge: Merge) -> None:
    """Write every framework below ``root``; raises ``ContentError`` before anything is written."""
    entries = read_frameworks(root)
    sources = {row.url: row.pk for row in keep_sources(source for entry in entries for source in entry.sources)}
    targets = named_rows()
    for entry in entries:
        framework = _framework(entry, merge, sources)
        if framework is not None:
            layers = _layers(entry, framework, merge)
            _assignments(entry, layers, targets, merge, sources)
    _take_out(merge)


def _framework(entry: FrameworkEntry, merge: Merge, sources: Mapping[str, int]) -> Framework | None:
    """Write one framework; None if somebody deleted it."""
    key = f"{PREFIX}{entry.slug}"
    texts = {name: getattr(entry, name) for name in ("name", "name_zh", "summary", "summary_zh", "author")}
    values = _given(texts | {"published_on": _day(entry.published_on), "claimed_layers": entry.claimed_layers})
    values |= {"mirrors_categories": entry.mirrors_categories, "position": entry.position}
    values |= _given({"source_id": sources.get(entry.source)})
    row = Framework.objects.filter(slug=entry.slug).first()
    if row is None:
        if _was_deleted(merge, key, values):
            return None
        row = Framework(slug=entry.slug)
        row.author = ""  # its own default; everything else has one
    _save(row, key, values, merge)
    return row


def _layers(entry: FrameworkEntry, framework: Framework, merge: Merge) -> dict[str, Layer]:
    """Write the layers; those around others stand before them in the file."""
    rows = {layer.slug: layer for layer in framework.layers.all()}
    for position, layer in enumerate(entry.layers, start=1):
        key = _layer_key(entry, layer)
        parent = rows.get(layer.part_of)
        texts = {name: getattr(layer, name) for name in ("code", "name", "name_zh", "summary", "summary_zh")}
        values = _given(texts | {"parent_id": parent.pk if parent else None}) | {"position": position}
        row = rows.get(layer.slug)
        if row is None:
            if _was_deleted(merge, key, values):
                continue
            row = rows[layer.slug] = Layer(framework=framework, slug=layer.slug)
        _save(row, key, values, merge)
    return rows


def _layer_key(entry: FrameworkEntry, layer: LayerEntry) -> str:
    return f"{PREFIX}{entry.slug}#{layer.slug}"


def _assignments(
    entry: FrameworkEntry,
    layers: Mapping[str, Layer],
    targets: NamedRows,
    merge: Merge,
    sources: Mapping[str, int],
) -> None:
    stored = LayerAssignment.objects.filter(framework__slug=entry.slug)
    rows = {(row.subcategory_id, row.item_id, row.organization_id): row for row in stored}
    new = []
    for each in entry.assignments:
        target, layer = targets[KINDS[each.kind]].get(each.key), layers.get(each.layer)
        if target is None or layer is None:
            continue
        key = f"{PREFIX}{entry.slug}@{each.kind}:{each.key}"
        values = _values(each, layer.pk, target, sources)
        row = rows.get((values.get("subcategory_id"), values.get("item_id"), values.get("organization_id")))
        if row is not None:
            _save(row, key, values, merge)
            continue
        merge.give(key, values)
        if not _was_deleted(merge, key, values):
            new.append(LayerAssignment(framework_id=layer.framework_id, **values))
    LayerAssignment.objects.bulk_create(new)


def _values(each: AssignmentEntry, layer: int, target: int, sources: Mapping[str, int]) -> dict[str, Any]:
    texts = {name: getattr(each, name) for name in ("author", "reason", "reason_zh")}
    values = {f"{each.kind}_id": target, "layer_id": layer, **texts, "assigned_on": _day(each.assigned_on)}
    return _given(values | {"source_id": sources.get(each.source)})


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _given(values: Mapping[str, Any]) -> dict[str, Any]:
    return {column: value for column, value in values.items() if value not in ("", None)}


def _was_deleted(merge: Merge, key: str, values: dict[str, Any]) -> bool:
    """Tell whether a row that is not there was written by an earlier load, for the same thing; then people took it out."""
    before = merge.given_before.get(key)
    if before is None or any(before.get(column) != values.get(column) for column in _TARGETS):
        return False
    merge.give(key, values)
    merge.kept += 1
    return True


_TARGETS = ("subcategory_id", "item_id", "organization_id")


def _save(row: Model, key: str, values: dict[str, Any], merge: Merge) -> None:
    """Merge values into a row, which is new or stored."""
    if row.pk is None:
        for column, value in values.items():
            setattr(row, column, value)
        merge.give(key, values)
        row.save()
    elif merge.apply(row, key, values):
        row.save()


def _take_out(merge: Merge) -> None:
    """Delete what files no longer say and nobody edited; what others stand in or are part of, once these are gone."""
    gone = {key for key in merge.given_before if key.startswith(PREFIX) and key not in merge.given_now}
    # Assignments (@) go before layers (#), and these before their frameworks; layers within others need another turn.
    while deleted := {
        key for key in sorted(gone, key=lambda key: ("@" not in key, "#" not in key)) if _delete(key, merge)
    }:
        gone -= deleted


def _delete(key: str, merge: Merge) -> bool:
    """Delete one row unless it was edited, is gone already, or something still stands in it; tells whether it did."""
    values = merge.given_before[key]
    row = _row_of(key, values)
    if row is None or any(as_json(getattr(row, column)) != value for column, value in values.items()):
        return False
    row.delete()
    return True


def _row_of(key: str, values: Mapping[str, Any]) -> Model | None:
    slug, _, rest = key.removeprefix(PREFIX).partition("@")
    if rest:
        target = {column: values[column] for column in _TARGETS if column in values}
        return LayerAssignment.objects.filter(framework__slug=slug, **target).first()
    slug, _, layer = slug.partition("#")
    if layer:
        return Layer.objects.filter(framework__slug=slug, slug=layer, assignments=None, children=None).first()
    return Framework.objects.filter(slug=slug, layers=None).first()
