"""The knowledge base as frozen rows: what ``content/knowledge/`` says, in the words of its files."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from sources.clients.cited_publications import CitedPublication, cited_publication
from sources.clients.content_yaml import ContentError, read_content, read_front_matter

DIRECTORY = Path("knowledge")


@dataclass(frozen=True, slots=True)
class KnowledgeEntry:
    """One entry of the knowledge base.

    ``place`` names file and entry in errors, ``columns`` are texts and dates as stored, ``links`` slugs by what they name,
    ``parts`` what belongs to this kind of entry alone (aliases, relations, columns and rows).
    """

    kind: str
    slug: str
    place: str
    columns: Mapping[str, Any]
    links: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sources: tuple[CitedPublication, ...] = ()
    parts: Mapping[str, Any] = field(default_factory=dict)


def read_knowledge(root: Path) -> tuple[KnowledgeEntry, ...]:
    """Read and check all of ``content/knowledge/``; empty if there is none. Raises ``ContentError`` with file and line."""
    folder = root / DIRECTORY
    entries = [
        *(_concept(root, path) for path in _english(folder / "concepts")),
        *(_comparison(root, path) for path in sorted((folder / "comparisons").glob("*.yaml"))),
        *(_question(root, path) for path in _english(folder / "questions")),
        *_listed(root, folder / "timeline.yaml", "timeline", _event),
        *_listed(root, folder / "forecasts.yaml", "forecasts", _forecast),
        *_insights(root, folder / "insights"),
        *_statements(root, folder / "statements"),
    ]
    _refuse_twice(entries)
    return tuple(entries)


def _english(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*.md") if not path.name.endswith(".zh.md"))


def _bodies(root: Path, path: Path, schema: str) -> tuple[dict[str, Any], str, dict[str, Any], str]:
    """Read a page and its Chinese beside it, which may lack."""
    front, body = read_front_matter(root, path, schema=schema)
    chinese = path.with_suffix(".zh.md")
    front_zh, body_zh = read_front_matter(root, chinese, schema=f"{schema}_zh") if chinese.is_file() else ({}, "")
    return front, body, front_zh, body_zh


def _concept(root: Path, path: Path) -> KnowledgeEntry:
    front, body, chinese, body_zh = _bodies(root, path, "concept")
    texts = ("title", "definition", "replaces", "enables")
    return KnowledgeEntry(
        kind="concepts",
        slug=path.stem,
        place=str(path.relative_to(root)),
        columns={
            "kind": front["kind"],
            "body": body,
            "body_zh": body_zh,
            "essay_codes": front.get("essay", []),
            **{name: front.get(name, "") for name in texts},
            **{f"{name}_zh": chinese.get(name, "") for name in texts},
        },
        links={
            "items": tuple(front.get("items", ())),
            "subcategories": tuple(front.get("subcategories", ())),
            "layers": tuple(front.get("layers", ())),
        },
        sources=_sources(front),
        parts={
            "aliases": [
                *([name, False] for name in front.get("aliases", ())),
                *([name, True] for name in chinese.get("aliases", ()) if name not in front.get("aliases", ())),
            ],
            "relations": [[relation["kind"], relation["concept"]] for relation in front.get("relations", ())],
        },
    )


def _comparison(root: Path, path: Path) -> KnowledgeEntry:
    value = read_content(root, path, schema="comparison")
    place = str(path.relative_to(root))
    for row in value["rows"]:
        if len(row["cells"]) != len(value["columns"]):
            raise ContentError(
                f"{place}: '{row['aspect']}' has {len(row['cells'])} cells for {len(value['columns'])} columns."
            )
    texts = ("title", "title_zh", "summary", "summary_zh", "verdict", "verdict_zh")
    return KnowledgeEntry(
        kind="comparisons",
        slug=path.stem,
        place=place,
        columns={"essay_codes": value.get("essay", []), **{name: value.get(name, "") for name in texts}},
        sources=_sources(value),
        parts={"columns": value["columns"], "rows": value["rows"]},
    )


def _question(root: Path, path: Path) -> KnowledgeEntry:
    front, body, chinese, body_zh = _bodies(root, path, "question")
    captions = chinese.get("captions", [])
    evidence = [
        {
            "kind": figure["kind"],
            "of": figure["of"] if isinstance(figure["of"], list) else [figure["of"]],
            "caption": figure["caption"],
            "caption_zh": captions[number] if number < len(captions) else "",
        }
        for number, figure in enumerate(front.get("data", ()))
    ]
    return KnowledgeEntry(
        kind="questions",
        slug=path.stem,
        place=str(path.relative_to(root)),
        columns={
            "number": front["number"],
            "title": front["title"],
            "title_zh": chinese.get("title", ""),
            "short_answer": front["short_answer"],
            "short_answer_zh": chinese.get("short_answer", ""),
            "body": body,
            "body_zh": body_zh,
            "evidence": evidence,
            "essay_codes": front.get("essay", []),
        },
        links={name: tuple(front.get(name, ())) for name in ("concepts", "comparisons", "items")},
        sources=_sources(front),
    )


def _listed(root: Path, path: Path, schema: str, form: Any) -> Iterator[KnowledgeEntry]:
    """Give the entries of a file that holds a list; nothing if there is no such file."""
    if path.is_file():
        place = path.relative_to(root)
        for value in read_content(root, path, schema=schema):
            yield form(value, f"{place}, {value['slug']}")


def _event(value: dict[str, Any], place: str) -> KnowledgeEntry:
    texts = ("kind", "precision", "title", "title_zh", "text", "text_zh", "doubt", "doubt_zh")
    return KnowledgeEntry(
        kind="timeline",
        slug=value["slug"],
        place=place,
        columns={
            "happened_on": _day(value["on"], place),
            "until": _day(value["until"], place) if value.get("until") else None,
            "essay_codes": value.get("essay", []),
            **{name: value.get(name, "") for name in texts},
        },
        links=_subjects(value),
        sources=_sources(value),
    )


def _forecast(value: dict[str, Any], place: str) -> KnowledgeEntry:
    texts = ("who", "who_zh", "measure", "measure_zh", "verdict", "evidence", "evidence_zh")
    due = value.get("due_on")
    return KnowledgeEntry(
        kind="forecasts",
        slug=value["slug"],
        place=place,
        columns={
            "title": value["claim"],
            "title_zh": value["claim_zh"],
            "made_on": _day(value["made_on"], place),
            "made_precision": value.get("made_precision") or _precision(value["made_on"]),
            "due_on": _day(due, place) if due else None,
            "due_precision": (value.get("due_precision") or _precision(due)) if due else "",
            "essay_codes": value.get("essay", []),
            **{name: value.get(name, "") for name in texts},
        },
        sources=_sources(value),
    )


def _insights(root: Path, folder: Path) -> Iterator[KnowledgeEntry]:
    texts = ("title", "title_zh", "text", "text_zh", "today", "today_zh")
    for path in sorted(folder.glob("*.yaml")):
        place = path.relative_to(root)
        for position, value in enumerate(read_content(root, path, schema="insights"), start=1):
            yield KnowledgeEntry(
                kind="insights",
                slug=value["slug"],
                place=f"{place}, {value['slug']}",
                columns={
                    "kind": path.stem,
                    "position": position,
                    "essay_codes": value.get("essay", []),
                    **{name: value.get(name, "") for name in texts},
                },
                links=_subjects(value),
                sources=_sources(value),
            )


def _statements(root: Path, folder: Path) -> Iterator[KnowledgeEntry]:
    """Give the statements of all files, in the order of the files' names."""
    texts = ("text", "text_zh", "home", "status", "today", "today_zh")
    position = 0
    for path in sorted(folder.glob("*.yaml")):
        for value in read_content(root, path, schema="statements"):
            position += 1
            yield KnowledgeEntry(
                kind="statements",
                slug=value["id"],
                place=f"{path.relative_to(root)}, {value['id']}",
                columns={"position": position, **{name: value.get(name, "") for name in texts}},
            )


def _subjects(value: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(value.get(name, ())) for name in ("concepts", "items", "organizations")}


def _sources(value: Mapping[str, Any]) -> tuple[CitedPublication, ...]:
    return tuple(cited_publication(source) for source in value["sources"])


def _precision(text: str) -> str:
    if text.endswith("s"):
        return "decade"
    return {0: "year", 1: "month"}.get(text.count("-"), "day")


def _day(text: str, place: str) -> date:
    """Return the first day of what a text names: "2014-06", "1970s"."""
    whole = text.removesuffix("s") + "-01-01"[3 * text.count("-") :]
    try:
        return date.fromisoformat(whole)
    except ValueError as error:
        raise ContentError(f"{place}: there is no day {text}.") from error


def _refuse_twice(entries: list[KnowledgeEntry]) -> None:
    seen: dict[tuple[str, str], str] = {}
    for entry in entries:
        key = (entry.kind, entry.slug)
        if key in seen:
            raise ContentError(f"{entry.place}: '{entry.slug}' stands in {seen[key]} too.")
        seen[key] = entry.place
