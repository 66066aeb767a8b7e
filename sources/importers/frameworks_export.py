"""Writes frameworks, their layers and assignments back into the files that ``load_frameworks`` reads."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from market.models import Framework, Layer, LayerAssignment
from projects.models import Source
from sources.clients.framework_files import DIRECTORY, KINDS, AssignmentEntry, FrameworkEntry, read_frameworks
from sources.importers.cited_sources import source_entry
from sources.importers.content_writing import entry_text, write_text
from sources.importers.named_rows import NamedRows, named_rows

COMMON = ("layer", "author", "assigned_on", "source", "reason", "reason_zh")


def export_frameworks(root: Path) -> int:
    """Rewrite the framework files below ``root`` from the database; returns how many changed.

    What the database does not hold (why sections were left out, things of another catalogue) is kept. Files of deleted frameworks are removed.
    """
    former = {entry.slug: entry for entry in read_frameworks(root)}
    targets = named_rows()
    changed = 0
    rows = list(Framework.objects.select_related("source").order_by("slug"))
    for row in rows:
        text = entry_text(_without_blanks(_framework(row, former.get(row.slug), targets)))
        changed += write_text(root / DIRECTORY / f"{row.slug}.yaml", text)
    for slug in former.keys() - {row.slug for row in rows}:
        (root / DIRECTORY / f"{slug}.yaml").unlink()
        changed += 1
    return changed


def _framework(row: Framework, former: FrameworkEntry | None, targets: NamedRows) -> dict[str, Any]:
    used = Source.objects.filter(pk__in=row.assignments.exclude(source=None).values("source"))
    sources = {source.url: source for source in used}
    if row.source:
        sources[row.source.url] = row.source
    return {
        "name": row.name,
        "name_zh": row.name_zh,
        "summary": row.summary,
        "summary_zh": row.summary_zh,
        "author": row.author,
        "published_on": _day(row.published_on),
        "claimed_layers": row.claimed_layers,
        "mirrors_categories": row.mirrors_categories or None,
        "source": row.source.url if row.source else "",
        "position": row.position,
        "sources": [_source(sources[url], former) for url in sorted(sources)],
        "layers": [_layer(layer) for layer in _parents_first(row.layers.select_related("parent"))],
        "assignments": list(_groups(_assignments(row, former, targets))),
        "unassigned": [dict(each) for each in former.unassigned] if former else [],
    }


def _source(row: Source, former: FrameworkEntry | None) -> dict[str, str]:
    """Return a source with what the file tells of it: the rest was learned from the files that share it."""
    before = next((one for one in former.sources if one.url == row.url), None) if former else None
    return {name: value for name, value in source_entry(row).items() if before is None or getattr(before, name)}


def _layer(row: Layer) -> dict[str, Any]:
    names = ("slug", "code", "name", "name_zh", "summary", "summary_zh")
    return _without_blanks(
        {name: getattr(row, name) for name in names} | {"part_of": row.parent.slug if row.parent else ""}
    )


def _parents_first(layers: Iterable[Layer]) -> Iterator[Layer]:
    """Give layers by position, each after the one it is part of."""
    waiting = sorted(layers, key=lambda layer: (layer.position, layer.pk))
    given: set[int | None] = {None}
    while ready := [layer for layer in waiting if layer.parent_id in given]:
        yield ready[0]
        given.add(ready[0].pk)
        waiting.remove(ready[0])


def _assignments(row: Framework, former: FrameworkEntry | None, targets: NamedRows) -> list[AssignmentEntry]:
    """Return what stands in the layers, in the former file's order; what the catalogue does not have is kept."""
    stored = row.assignments.select_related("layer", "subcategory__category", "item", "organization", "source")
    entries = [_assignment(each) for each in stored.order_by("pk")]
    before = former.assignments if former else ()
    layers = set(row.layers.values_list("slug", flat=True))
    entries += [each for each in before if each.key not in targets[KINDS[each.kind]] and each.layer in layers]
    places = {(each.kind, each.key): place for place, each in enumerate(before)}
    return sorted(entries, key=lambda each: places.get((each.kind, each.key), len(places)))


def _assignment(row: LayerAssignment) -> AssignmentEntry:
    kind, key = _thing(row)
    return AssignmentEntry(
        kind=kind,
        key=key,
        layer=row.layer.slug,
        author=row.author,
        assigned_on=_day(row.assigned_on),
        reason=row.reason,
        reason_zh=row.reason_zh,
        source=row.source.url if row.source else "",
    )


def _thing(row: LayerAssignment) -> tuple[str, str]:
    if row.subcategory:
        return "subcategory", f"{row.subcategory.category.name} / {row.subcategory.name}"
    if row.item:
        return "item", row.item.slug
    return "organization", row.organization.slug if row.organization else ""


def _groups(entries: Iterable[AssignmentEntry]) -> Iterator[dict[str, Any]]:
    """Join things that stand in one layer for one reason."""
    groups: dict[tuple[str, ...], dict[str, Any]] = {}
    for each in entries:
        common = {name: getattr(each, name) for name in COMMON}
        group = groups.setdefault(tuple(common.values()), common | {plural: [] for plural in KINDS.values()})
        group[KINDS[each.kind]].append(each.key)
    for group in groups.values():
        yield _without_blanks(group)


def _day(value: Any) -> str:
    return value.isoformat() if value else ""


def _without_blanks(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value not in ("", None, [])}
