"""Loads the knowledge base: texts by column, so that an analyst's edit stays; links and parts as a whole.

An entry that an analyst deleted stays deleted.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple
from pathlib import Path
from typing import Any

from knowledge.models import (
    Comparison,
    Concept,
    Forecast,
    Insight,
    Question,
    Statement,
    TimelineEvent,
)
from knowledge.search_index import rebuild_search_texts
from sources.clients.knowledge_files import DIRECTORY, KnowledgeEntry, read_knowledge
from sources.importers.curated import Merge, as_json
from sources.importers.knowledge_links import Pair, write_links
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
    """Write the columns of all entries of a kind; three queries and one for each row that changed."""
    column = _key_column(entries[0].kind)
    stored = {getattr(row, column): row for row in model.objects.all()}
    added = []
    for entry in entries:
        row = stored.get(entry.slug)
        if row is None:
            if key_of(entry) in merge.given_before:
                merge.kept += 1
            else:
                added.append(model(**{column: entry.slug}, **entry.columns))
            merge.give(key_of(entry), entry.columns)
        elif merge.apply(row, key_of(entry), entry.columns):
            row.save(update_fields=list(entry.columns))
    model.objects.bulk_create(added, batch_size=200)


def _key_column(kind: str) -> str:
    return "code" if kind == "statements" else "slug"


def link_entries(entries: Sequence[KnowledgeEntry], merge: Merge, targets: Targets) -> None:
    """Write links, sources and parts of the entries whose files give other ones than at the last load."""
    rows = {
        kind: {getattr(row, _key_column(kind)): row for row in model.objects.all()} for kind, model in MODELS.items()
    }
    targets.add_concepts(entries, rows["concepts"], rows["comparisons"])
    changed: dict[str, list[Pair]] = defaultdict(list)
    for entry in entries:
        targets.check(entry)
        row = rows[entry.kind].get(entry.slug)
        given = {
            # Only what exists here: a landscape that is imported later can bring more.
            "links": {name: targets.known(name, slugs) for name, slugs in entry.links.items()},
            "parts": dict(entry.parts),
            "sources": [[as_json(value) for value in astuple(source)] for source in entry.sources],
        }
        key = f"{key_of(entry)}#links"
        merge.give(key, given)
        if row is not None and merge.given_before.get(key) != given:
            changed[entry.kind].append((row, entry))
    for kind, pairs in changed.items():
        write_links(kind, pairs, targets)
