"""The entries of the knowledge base as the database holds them, in the words of the files."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from knowledge.models import Comparison, Concept
from projects.models import Source
from sources.importers.knowledge_load import MODELS

# What a link names in a file, as columns behind the link's own.
SLUGS = {
    "subcategories": ("category__name", "name"),
    "layers": ("framework__slug", "slug"),
}
JOINTS = {"subcategories": " / ", "layers": "/"}
LINKS: Mapping[str, Sequence[str]] = {
    "concepts": ("items", "subcategories", "layers"),
    "questions": ("concepts", "comparisons", "items"),
    "timeline": ("concepts", "items", "organizations"),
    "insights": ("concepts", "items", "organizations"),
}


@dataclass(slots=True)
class Stored:
    """One row with the slugs it is linked to, in their order, the sources it cites, and its parts as files write them."""

    row: Any
    links: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    sources: list[Source] = field(default_factory=list)
    parts: dict[str, Any] = field(default_factory=dict)


def stored_entries(kind: str) -> dict[str, Stored]:
    """Return all entries of a kind by slug; one query, one for each sort of link, and one for each sort of part."""
    model = MODELS[kind]
    name = "code" if kind == "statements" else "slug"
    found = {getattr(row, name): Stored(row) for row in model.objects.order_by("pk")}
    by_key = {one.row.pk: one for one in found.values()}
    for link in LINKS.get(kind, ()):
        _add_links(model, link, by_key)
    if kind != "statements":
        _add_sources(model, by_key)
    add_parts: Callable[[Mapping[int, Stored]], None] | None = PARTS.get(kind)
    if add_parts is not None:
        add_parts(by_key)
    return found


def _add_links(model: Any, link: str, stored: Mapping[int, Stored]) -> None:
    columns = [f"{link}__{column}" for column in SLUGS.get(link, ("slug",))]
    order = ["concept_items__position"] if model is Concept and link == "items" else []
    rows = model.objects.filter(**{f"{link}__isnull": False}).order_by("pk", *order, *columns)
    for key, *names in rows.values_list("pk", *columns):
        slug = JOINTS.get(link, "").join(names)
        if slug not in stored[key].links[link]:
            stored[key].links[link].append(slug)


def _add_sources(model: Any, stored: Mapping[int, Stored]) -> None:
    through = model.sources.through
    owner = f"{model._meta.model_name}_id"  # noqa: SLF001  (Django's public name for it)
    for row in through.objects.select_related("source").order_by("pk"):
        stored[getattr(row, owner)].sources.append(row.source)


def _add_concept_parts(stored: Mapping[int, Stored]) -> None:
    for one in stored.values():
        one.parts = {"aliases": [], "relations": []}
    for concept in Concept.objects.prefetch_related("aliases", "relations__other"):
        parts = stored[concept.pk].parts
        parts["aliases"] = [[one.name, one.is_chinese] for one in sorted(concept.aliases.all(), key=lambda one: one.pk)]
        relations = sorted(concept.relations.all(), key=lambda one: one.pk)
        parts["relations"] = [[str(one.kind), one.other.slug] for one in relations]


def _add_comparison_parts(stored: Mapping[int, Stored]) -> None:
    for comparison in Comparison.objects.prefetch_related("columns__concept", "rows"):
        columns = sorted(comparison.columns.all(), key=lambda one: one.position)
        rows = sorted(comparison.rows.all(), key=lambda one: one.position)
        stored[comparison.pk].parts = {
            "columns": [
                {**({"concept": one.concept.slug} if one.concept else {}), "name": one.name, "name_zh": one.name_zh}
                for one in columns
            ],
            "rows": [
                {"aspect": one.aspect, "aspect_zh": one.aspect_zh, "cells": _cells(one.cells, len(columns))}
                for one in rows
            ],
        }


def _cells(cells: Sequence[Mapping[str, str]], columns: int) -> list[dict[str, str]]:
    """Return a cell for each column, since a file with another number of them is refused."""
    padded = [*cells, *[{"text": "–", "text_zh": "–"}] * columns][:columns]
    return [{"text": cell.get("text", ""), "text_zh": cell.get("text_zh", "")} for cell in padded]


PARTS: Mapping[str, Callable[[Mapping[int, Stored]], None]] = {
    "concepts": _add_concept_parts,
    "comparisons": _add_comparison_parts,
}
