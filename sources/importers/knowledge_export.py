"""Writes what was edited of the knowledge base back into ``content/knowledge/``, in the form that ``load_content`` reads.

Only what differs is written: files that say what the database says are not touched, and of others the unchanged lines
stay. Nothing is removed from the files that the database lacks, since it may never have been loaded.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from sources.clients.knowledge_files import DIRECTORY, KnowledgeEntry, read_knowledge
from sources.importers.cited_sources import source_entry
from sources.importers.content_writing import entry_text, write_text
from sources.importers.knowledge_load import MODELS
from sources.importers.knowledge_stored import Stored, stored_entries
from sources.importers.knowledge_targets import Targets
from sources.importers.yaml_patches import NOTHING, as_element, elements, patched

# Columns that files call otherwise.
KEYS: Mapping[str, Mapping[str, str]] = {
    "timeline": {"happened_on": "on"},
    "forecasts": {"title": "claim", "title_zh": "claim_zh"},
}
PRECISIONS = {"happened_on": "precision", "until": "precision", "made_on": "made_precision", "due_on": "due_precision"}
# How many letters of "2014-06-22" a precision keeps.
LETTERS = {"day": 10, "month": 7, "year": 4, "decade": 4}
IN_PAGES = frozenset({"concepts", "questions"})
CHINESE = "_zh"
FENCE = "---\n"


def export_knowledge(root: Path) -> int:
    """Rewrite the files below ``root`` whose entries were edited, and return how many; new entries get a place, too."""
    entries = read_knowledge(root)
    targets = Targets.read(root)
    targets.add_concepts(entries, _by_slug(MODELS["concepts"]), _by_slug(MODELS["comparisons"]))
    texts: dict[Path, str] = {}
    for kind in MODELS:
        written = {entry.slug: entry for entry in entries if entry.kind == kind}
        for slug, stored in stored_entries(kind).items():
            changes = _changes(kind, slug, stored, written.get(slug), targets)
            if changes:
                path = _path(root, kind, slug, stored, written.get(slug))
                _apply(path, kind, slug, changes, texts)
    return sum(write_text(path, text) for path, text in texts.items())


def _by_slug(model: Any) -> dict[str, Any]:
    return {row.slug: row for row in model.objects.all()}


def _changes(kind: str, slug: str, stored: Stored, entry: KnowledgeEntry | None, targets: Targets) -> dict[str, Any]:
    """Return the keys of a file's entry that the database has otherwise; those of the Chinese page end in "_zh"."""
    columns = dict(entry.columns) if entry else dict.fromkeys(_columns(kind), None)
    changes: dict[str, Any] = {}
    for name, before in columns.items():
        now = getattr(stored.row, name)
        if now != before and (entry is not None or now not in NOTHING):
            changes[KEYS.get(kind, {}).get(name, name)] = _value(stored.row, name)
    for name in ("kind", "position") if kind == "insights" else ("position",):
        changes.pop(name, None)
    if "essay_codes" in changes:
        changes["essay"] = changes.pop("essay_codes")
    if "evidence" in changes and kind == "questions":
        changes |= _evidence(changes.pop("evidence"))
    changes |= _link_changes(stored, entry, targets)
    changes |= _part_changes(kind, stored, entry)
    changes |= _source_changes(kind, stored, entry)
    if changes and entry is None and kind not in {*IN_PAGES, "comparisons"}:
        changes = {"id" if kind == "statements" else "slug": slug, **changes}
    return changes


def _columns(kind: str) -> list[str]:
    """Name the columns that a file gives, for an entry that is new."""
    left_out = {"id", "slug", "code", "position"}
    return [field.name for field in MODELS[kind]._meta.concrete_fields if field.name not in left_out]  # noqa: SLF001  (Django's public name)


def _value(row: Any, name: str) -> Any:
    value = getattr(row, name)
    if not isinstance(value, date):
        return value
    precision = getattr(row, PRECISIONS[name])
    return value.isoformat()[: LETTERS[precision]] + ("s" if precision == "decade" else "")


def _evidence(figures: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    figures = list(figures)
    return {
        "data": [{"kind": one["kind"], "of": one["of"], "caption": one["caption"]} for one in figures],
        f"captions{CHINESE}": [one["caption_zh"] for one in figures if one.get("caption_zh")],
    }


def _link_changes(stored: Stored, entry: KnowledgeEntry | None, targets: Targets) -> dict[str, Any]:
    """Return the links that differ; those to what this database does not have stay in the file."""
    changes = {}
    before = entry.links if entry else {}
    for name in {*before, *stored.links}:
        former, now = list(before.get(name, ())), stored.links[name]
        known = targets.known(name, former)
        is_ordered = name == "items" and entry is not None and entry.kind == "concepts"
        if known == now if is_ordered else set(known) == set(now):
            continue
        kept = [slug for slug in former if slug in now or slug not in known]
        changes[name] = [*now, *(slug for slug in kept if slug not in now)] if is_ordered else _joined(kept, now)
    return changes


def _joined(kept: list[str], now: list[str]) -> list[str]:
    return [*kept, *(slug for slug in now if slug not in kept)]


def _part_changes(kind: str, stored: Stored, entry: KnowledgeEntry | None) -> dict[str, Any]:
    before = entry.parts if entry else {}
    changes = {name: now for name, now in stored.parts.items() if now != _without_empty(before.get(name, []))}
    if kind == "concepts" and "aliases" in changes:
        aliases = changes.pop("aliases")
        changes["aliases"] = [name for name, is_chinese in aliases if not is_chinese]
        changes[f"aliases{CHINESE}"] = [name for name, is_chinese in aliases if is_chinese]
    if "relations" in changes:
        changes["relations"] = [{"kind": relation, "concept": slug} for relation, slug in changes["relations"]]
    return changes


def _without_empty(parts: Iterable[Any]) -> list[Any]:
    """Return a file's parts without keys that say nothing ("concept: null")."""
    return [
        {key: value for key, value in part.items() if value is not None} if isinstance(part, Mapping) else part
        for part in parts
    ]


def _source_changes(kind: str, stored: Stored, entry: KnowledgeEntry | None) -> dict[str, Any]:
    """Return the sources if other ones are cited; how a file words a source that it shares with others stays."""
    if kind == "statements":
        return {}
    former = {source.url for source in entry.sources} if entry else set()
    if {source.url for source in stored.sources} == former:
        return {}
    return {"sources": [source_entry(source) for source in stored.sources]}


def _path(root: Path, kind: str, slug: str, stored: Stored, entry: KnowledgeEntry | None) -> Path:
    """Return the file of an entry: where it stands, else where a new one of its kind belongs."""
    if entry is not None:
        return root / entry.place.partition(",")[0]
    folder = root / DIRECTORY
    if kind == "insights":
        return folder / kind / f"{stored.row.kind}.yaml"
    if kind == "statements":
        return folder / kind / "30-added.yaml"
    ending = {"concepts": "md", "questions": "md", "comparisons": "yaml"}.get(kind)
    return folder / kind / f"{slug}.{ending}" if ending else folder / f"{kind}.yaml"


def _apply(path: Path, kind: str, slug: str, changes: Mapping[str, Any], texts: dict[Path, str]) -> None:
    """Put the changes of one entry into the texts of its files."""
    if kind in IN_PAGES:
        chinese = {name.removesuffix(CHINESE): value for name, value in changes.items() if name.endswith(CHINESE)}
        english = {name: value for name, value in changes.items() if not name.endswith(CHINESE)}
        for page, own in ((path, english), (path.with_suffix(".zh.md"), chinese)):
            if any(value not in NOTHING for value in own.values()) or (own and page.is_file()):
                texts[page] = _page(_text(texts, page), own)
    elif kind == "comparisons":
        texts[path] = patched(_text(texts, path), changes)
    else:
        texts[path] = _list(_text(texts, path), slug, changes)


def _text(texts: Mapping[Path, str], path: Path) -> str:
    return texts.get(path) or (path.read_text(encoding="utf-8") if path.is_file() else "")


def _page(text: str, changes: Mapping[str, Any]) -> str:
    """Return a page of Markdown with other front matter or another body."""
    _before, front, body = text.split(FENCE, 2) if text else ("", "", "")
    values = {key: value for key, value in changes.items() if key != "body"}
    body = f"\n{changes['body'].strip()}\n" if "body" in changes else body
    return f"{FENCE}{patched(front, values)}{FENCE}{body}"


def _list(text: str, slug: str, changes: Mapping[str, Any]) -> str:
    """Return a list in which one element is changed, or added at its end."""
    head, parts = elements(text)
    key = "id" if "id" in changes or any(part.startswith("id:") for part in parts) else "slug"
    places = [place for place, part in enumerate(parts) if part.partition("\n")[0] == f"{key}: {slug}"]
    if places:
        end = parts[places[0]][len(parts[places[0]].rstrip()) :]
        parts[places[0]] = patched(parts[places[0]], changes).rstrip() + end
    else:
        if parts and not parts[-1].endswith("\n\n"):
            parts[-1] = f"{parts[-1].rstrip()}\n\n"
        parts.append(entry_text(dict(changes)))
    return head + "".join(as_element(part) for part in parts)
