"""Loads the knowledge base: texts by column, so that an analyst's edit stays; links and parts as a whole."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import astuple
from pathlib import Path
from typing import Any

from knowledge.models import (
    Comparison,
    ComparisonColumn,
    ComparisonRow,
    Concept,
    ConceptAlias,
    ConceptItem,
    ConceptRelation,
    Forecast,
    Insight,
    Question,
    Statement,
    TimelineEvent,
)
from knowledge.search_index import rebuild_search_texts
from sources.clients.knowledge_files import DIRECTORY, KnowledgeEntry, read_knowledge
from sources.importers.cited_sources import keep_sources
from sources.importers.curated import Merge, as_json
from sources.importers.knowledge_targets import Targets

# In this order: later kinds point at earlier ones.
MODELS: Mapping[str, Any] = {
    "concepts": Concept,
    "comparisons": Comparison,
    "questions": Question,
    "timeline": TimelineEvent,
    "forecasts": Forecast,
    "insights": Insight,
    "statements": Statement,
}


def load_knowledge(root: Path, merge: Merge) -> None:
    """Bring the knowledge base to what ``content/knowledge/`` says; raises ``ContentError`` with file and entry."""
    entries = read_knowledge(root)
    forget_entries(entries, merge)
    for kind, model in MODELS.items():
        own = [entry for entry in entries if entry.kind == kind]
        if own:
            store_kind(model, own, merge)
    link_entries(entries, merge, Targets.read(root))
    rebuild_search_texts()


def key_of(entry: KnowledgeEntry) -> str:
    """Return the key under which the load remembers what an entry gave."""
    return f"{DIRECTORY}/{entry.kind}/{entry.slug}"


def forget_entries(entries: Iterable[KnowledgeEntry], merge: Merge) -> None:
    """Delete what the files gave before and do not give now; what analysts added stays."""
    given = {key_of(entry) for entry in entries}
    for key in merge.given_before:
        folder, _, name = key.partition("/")
        kind, _, slug = name.partition("/")
        if folder == str(DIRECTORY) and slug and key not in given and "#" not in key:
            MODELS[kind].objects.filter(**{_key_column(kind): slug}).delete()


def store_kind(model: Any, entries: list[KnowledgeEntry], merge: Merge) -> None:
    """Write the columns of all entries of a kind; two queries and one for each row that changed."""
    column = _key_column(entries[0].kind)
    stored = {getattr(row, column): row for row in model.objects.all()}
    for entry in entries:
        row = stored.get(entry.slug)
        if row is None:
            model.objects.create(**{column: entry.slug}, **entry.columns)
            merge.give(key_of(entry), entry.columns)
        elif merge.apply(row, key_of(entry), entry.columns):
            row.save(update_fields=list(entry.columns))


def _key_column(kind: str) -> str:
    return "code" if kind == "statements" else "slug"


def link_entries(entries: Iterable[KnowledgeEntry], merge: Merge, targets: Targets) -> None:
    """Write links, sources and parts of the entries whose files give other ones than at the last load."""
    rows = {
        kind: {getattr(row, _key_column(kind)): row for row in model.objects.all()} for kind, model in MODELS.items()
    }
    targets.add_concepts(rows["concepts"], rows["comparisons"])
    for entry in entries:
        targets.check(entry)
        given = {
            # Only what exists here: a landscape that is imported later can bring more.
            "links": {name: targets.known(name, slugs) for name, slugs in entry.links.items()},
            "parts": dict(entry.parts),
            "sources": [[as_json(value) for value in astuple(source)] for source in entry.sources],
        }
        key = f"{key_of(entry)}#links"
        merge.give(key, given)
        if merge.given_before.get(key) != given:
            _write_links(rows[entry.kind][entry.slug], entry, targets)


def _write_links(row: Any, entry: KnowledgeEntry, targets: Targets) -> None:
    for name, slugs in entry.links.items():
        if entry.kind == "concepts" and name == "items":
            _write_concept_items(row, targets.keys_of("items", slugs))
        else:
            getattr(row, name).set(targets.keys_of(name, slugs))
    if entry.kind != "statements":
        row.sources.set(keep_sources(entry.sources))
    write_parts: Callable[..., None] | None = PART_WRITERS.get(entry.kind)
    if write_parts is not None:
        write_parts(row, entry, targets)


def _write_concept_items(concept: Concept, items: list[int]) -> None:
    concept.concept_items.all().delete()
    ConceptItem.objects.bulk_create(
        ConceptItem(concept=concept, item_id=item, position=position) for position, item in enumerate(items, start=1)
    )


def _write_concept_parts(concept: Concept, entry: KnowledgeEntry, targets: Targets) -> None:
    concept.aliases.all().delete()
    ConceptAlias.objects.bulk_create(
        ConceptAlias(concept=concept, name=name, is_chinese=is_chinese) for name, is_chinese in entry.parts["aliases"]
    )
    concept.relations.all().delete()
    for kind, slug in entry.parts["relations"]:
        other = targets.concept(entry, slug)
        ConceptRelation.objects.get_or_create(concept=concept, other=other, kind=kind)


def _write_comparison_parts(comparison: Comparison, entry: KnowledgeEntry, targets: Targets) -> None:
    comparison.columns.all().delete()
    comparison.rows.all().delete()
    ComparisonColumn.objects.bulk_create(
        ComparisonColumn(
            comparison=comparison,
            concept=targets.concept(entry, column["concept"]) if column.get("concept") else None,
            name=column["name"],
            name_zh=column["name_zh"],
            position=position,
        )
        for position, column in enumerate(entry.parts["columns"], start=1)
    )
    ComparisonRow.objects.bulk_create(
        ComparisonRow(comparison=comparison, position=position, **row)
        for position, row in enumerate(entry.parts["rows"], start=1)
    )


PART_WRITERS: Mapping[str, Callable[..., None]] = {
    "concepts": _write_concept_parts,
    "comparisons": _write_comparison_parts,
}
