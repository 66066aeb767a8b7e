"""Frameworks as frozen rows: what ``content/frameworks/`` says of layers and of what stands in them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sources.clients.cited_publications import CitedPublication, cited_publication
from sources.clients.content_yaml import ContentError, PathInFile, line_in, read_content

DIRECTORY = "frameworks"
# Under this slug the pages show what stands in no layer.
RESERVED_SLUG = "unassigned"
# What an assignment can be of; in a file, each kind has its list.
KINDS = {"subcategory": "subcategories", "item": "items", "organization": "organizations"}


@dataclass(frozen=True, slots=True)
class LayerEntry:
    """One layer; ``part_of`` is the slug of the one around it."""

    slug: str
    name: str
    code: str = ""
    name_zh: str = ""
    summary: str = ""
    summary_zh: str = ""
    part_of: str = ""


@dataclass(frozen=True, slots=True)
class AssignmentEntry:
    """Where one thing stands; ``kind`` is a key of ``KINDS``, ``key`` a slug or "Category / Subcategory"."""

    kind: str
    key: str
    layer: str
    author: str
    assigned_on: str
    reason: str
    reason_zh: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class FrameworkEntry:
    """One file: the framework, its layers in order, each after the one it is part of, and what stands in them.

    ``unassigned`` is kept as it stands in the file: sections left out on purpose, and why.
    """

    slug: str
    name: str
    author: str
    name_zh: str = ""
    summary: str = ""
    summary_zh: str = ""
    published_on: str = ""
    claimed_layers: int | None = None
    mirrors_categories: bool = False
    source: str = ""
    position: int = 0
    sources: tuple[CitedPublication, ...] = ()
    layers: tuple[LayerEntry, ...] = ()
    assignments: tuple[AssignmentEntry, ...] = ()
    unassigned: tuple[Mapping[str, Any], ...] = ()


def read_frameworks(root: Path) -> list[FrameworkEntry]:
    """Read and check every framework below ``root``, by file name; raises ``ContentError`` with file and line."""
    return [_framework(root, path) for path in sorted((root / DIRECTORY).glob("*.yaml"))]


def _framework(root: Path, path: Path) -> FrameworkEntry:
    value = read_content(root, path, schema="framework")
    mistake = next(_mistakes(value), None)
    if mistake is not None:
        where, sentence = mistake
        raise ContentError(f"{path.relative_to(root)}, line {line_in(path, where)}: {sentence}")
    value["sources"] = tuple(cited_publication(each) for each in value.get("sources", ()))
    value["layers"] = tuple(LayerEntry(**each) for each in value.get("layers", ()))
    value["assignments"] = tuple(_assignments(value.get("assignments", ())))
    value["unassigned"] = tuple(value.get("unassigned", ()))
    return FrameworkEntry(slug=path.stem, **value)


def _assignments(groups: Iterator[dict[str, Any]]) -> Iterator[AssignmentEntry]:
    """Give an entry for each thing of each group: things with one reason stand together in a file."""
    for group in groups:
        things = {kind: group.pop(plural, ()) for kind, plural in KINDS.items()}
        for kind, keys in things.items():
            for key in keys:
                yield AssignmentEntry(kind=kind, key=key, **group)


def _mistakes(value: dict[str, Any]) -> Iterator[tuple[PathInFile, str]]:
    """Give what a schema cannot find, each with its place in the file."""
    if value.get("mirrors_categories") and (value.get("layers") or value.get("assignments")):
        yield ("mirrors_categories",), "a framework that mirrors the categories has no layers of its own."
    urls = {each["url"] for each in value.get("sources", ())}
    if value.get("source", "") not in {"", *urls}:
        yield ("source",), f"'{value['source']}' is not among the sources of this file."
    yield from _mistakes_of_layers(value.get("layers", ()))
    yield from _mistakes_of_assignments(value.get("assignments", ()), value.get("layers", ()), urls)


def _mistakes_of_layers(layers: list[dict[str, Any]]) -> Iterator[tuple[PathInFile, str]]:
    known: set[str] = set()
    for place, layer in enumerate(layers):
        slug = layer["slug"]
        if slug in known or slug == RESERVED_SLUG:
            yield ("layers", place, "slug"), f"the slug '{slug}' is taken."
        if layer.get("part_of", "") not in {"", *known}:
            yield ("layers", place, "part_of"), f"no layer '{layer['part_of']}' stands before '{slug}'."
        known.add(slug)


def _mistakes_of_assignments(
    groups: list[dict[str, Any]], layers: list[dict[str, Any]], urls: set[str]
) -> Iterator[tuple[PathInFile, str]]:
    known = {layer["slug"] for layer in layers}
    seen: set[tuple[str, str]] = set()
    for place, group in enumerate(groups):
        if group["layer"] not in known:
            yield ("assignments", place, "layer"), f"there is no layer '{group['layer']}'."
        if group.get("source", "") not in {"", *urls}:
            yield ("assignments", place, "source"), f"'{group['source']}' is not among the sources of this file."
        for plural in KINDS.values():
            for number, key in enumerate(group.get(plural, ())):
                if (plural, key) in seen:
                    yield ("assignments", place, plural, number), f"'{key}' is assigned twice."
                seen.add((plural, key))
