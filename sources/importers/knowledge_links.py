"""Writes what entries of the knowledge base point at and consist of, for many entries at once."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from knowledge.models import (
    ComparisonColumn,
    ComparisonRow,
    ConceptAlias,
    ConceptItem,
    ConceptRelation,
)
from sources.clients.knowledge_files import KnowledgeEntry
from sources.importers.cited_sources import keep_sources
from sources.importers.knowledge_targets import Targets

# A row of the knowledge base with the entry that a file gives for it.
Pair = tuple[Any, KnowledgeEntry]
# Entries without sources of their own.
UNCITED = "statements"


def write_links(kind: str, pairs: Sequence[Pair], targets: Targets) -> None:
    """Replace the links, sources and parts of some rows of a kind; a handful of queries however many they are."""
    if not pairs:
        return
    model = type(pairs[0][0])
    for name in pairs[0][1].links:
        if name == "items" and kind == "concepts":
            _replace(ConceptItem, "concept", pairs, (row for pair in pairs for row in _concept_items(*pair, targets)))
        else:
            keys = {row.pk: targets.keys_of(name, entry.links[name]) for row, entry in pairs}
            _replace_many_to_many(model, name, keys)
    if kind != UNCITED:
        cited = keep_sources(source for _row, entry in pairs for source in entry.sources)
        known = {source.url: source.pk for source in cited}
        keys = {row.pk: [known[source.url] for source in entry.sources] for row, entry in pairs}
        _replace_many_to_many(model, "sources", keys)
    write_parts = PART_WRITERS.get(kind)
    if write_parts is not None:
        write_parts(pairs, targets)


def _replace(model: Any, owner: str, pairs: Iterable[Pair], rows: Iterable[Any]) -> None:
    model.objects.filter(**{f"{owner}__in": [row.pk for row, _entry in pairs]}).delete()
    model.objects.bulk_create(rows, batch_size=1000)


def _replace_many_to_many(model: Any, name: str, keys: Mapping[int, Sequence[int]]) -> None:
    field = model._meta.get_field(name)  # noqa: SLF001  (Django's documented interface)
    through, owner, other = field.remote_field.through, field.m2m_field_name(), field.m2m_reverse_field_name()
    links = [
        through(**{f"{owner}_id": key, f"{other}_id": target})
        for key, targets in keys.items()
        for target in dict.fromkeys(targets)
    ]
    through.objects.filter(**{f"{owner}__in": list(keys)}).delete()
    through.objects.bulk_create(links, batch_size=1000)


def _concept_items(concept: Any, entry: KnowledgeEntry, targets: Targets) -> Iterable[ConceptItem]:
    for position, item in enumerate(targets.keys_of("items", entry.links["items"]), start=1):
        yield ConceptItem(concept=concept, item_id=item, position=position)


def _write_concept_parts(pairs: Sequence[Pair], targets: Targets) -> None:
    aliases = (
        ConceptAlias(concept=concept, name=name, is_chinese=is_chinese)
        for concept, entry in pairs
        for name, is_chinese in entry.parts["aliases"]
    )
    relations = {
        (concept.pk, slug, kind): ConceptRelation(concept=concept, other=other, kind=kind)
        for concept, entry in pairs
        for kind, slug in entry.parts["relations"]
        if (other := targets.concept(entry, slug))
    }
    _replace(ConceptAlias, "concept", pairs, aliases)
    _replace(ConceptRelation, "concept", pairs, relations.values())


def _write_comparison_parts(pairs: Sequence[Pair], targets: Targets) -> None:
    columns = (
        ComparisonColumn(
            comparison=comparison,
            concept=targets.concept(entry, column["concept"]) if column.get("concept") else None,
            name=column["name"],
            name_zh=column["name_zh"],
            position=position,
        )
        for comparison, entry in pairs
        for position, column in enumerate(entry.parts["columns"], start=1)
    )
    rows = (
        ComparisonRow(comparison=comparison, position=position, **row)
        for comparison, entry in pairs
        for position, row in enumerate(entry.parts["rows"], start=1)
    )
    _replace(ComparisonColumn, "comparison", pairs, columns)
    _replace(ComparisonRow, "comparison", pairs, rows)


PART_WRITERS: Mapping[str, Callable[[Sequence[Pair], Targets], None]] = {
    "concepts": _write_concept_parts,
    "comparisons": _write_comparison_parts,
}
