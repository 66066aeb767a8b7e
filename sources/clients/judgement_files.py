"""What ``content/`` says of criteria, of domestic counterparts and of who first made an item, as frozen rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sources.clients.cited_publications import CitedPublication, cited_publication
from sources.clients.content_yaml import ContentError, line_in, read_content

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class CriterionEntry:
    """One criterion; the columns as stored, without its source."""

    slug: str
    columns: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class CounterpartEntry:
    """A domestic item beside a foreign one; both are slugs."""

    item: str
    counterpart: str
    reason: str
    reason_zh: str
    source: CitedPublication


@dataclass(frozen=True, slots=True)
class OriginEntry:
    """Who first made an item: a slug, and a key of the file of organizations."""

    item: str
    organization: str
    source: CitedPublication


def read_criteria(root: Path) -> tuple[CitedPublication, list[CriterionEntry]] | None:
    """Read ``criteria.yaml`` and what it rests on, None if there is none; raises ``ContentError`` with file and line."""
    path = root / "criteria.yaml"
    if not path.is_file():
        return None
    value = read_content(root, path, schema="criteria")
    _refuse_twins(path, "criteria", [row["slug"] for row in value["criteria"]])
    _refuse_twins(path, "criteria", [row["code"] for row in value["criteria"]])
    rows = [
        CriterionEntry(row["slug"], {name: text for name, text in row.items() if name != "slug"} | {"position": place})
        for place, row in enumerate(value["criteria"], start=1)
    ]
    return cited_publication(value["source"]), rows


def read_counterparts(root: Path) -> list[CounterpartEntry]:
    """Read ``counterparts.yaml``, none if there is no such file; raises ``ContentError`` with file and line."""
    path = root / "counterparts.yaml"
    rows = read_content(root, path, schema="counterparts")["counterparts"] if path.is_file() else []
    _refuse_twins(path, "counterparts", [f"{row['item']} {row['counterpart']}" for row in rows])
    for place, row in enumerate(rows):
        if row["item"] == row["counterpart"]:
            line = line_in(path, ("counterparts", place))
            raise ContentError(f"{path.name}, line {line}: '{row['item']}' cannot be its own counterpart.")
    return [CounterpartEntry(**{**row, "source": cited_publication(row["source"])}) for row in rows]


def read_origins(root: Path) -> list[OriginEntry]:
    """Read ``origins.yaml``, none if there is no such file; raises ``ContentError`` with file and line."""
    path = root / "origins.yaml"
    rows = read_content(root, path, schema="origins")["origins"] if path.is_file() else []
    _refuse_twins(path, "origins", [f"{row['item']} {row['organization']}" for row in rows])
    return [OriginEntry(**{**row, "source": cited_publication(row["source"])}) for row in rows]


def _refuse_twins(path: Path, top: str, keys: Sequence[str]) -> None:
    seen: set[str] = set()
    for place, key in enumerate(keys):
        if key in seen:
            raise ContentError(f"{path.name}, line {line_in(path, (top, place))}: '{key}' stands there twice.")
        seen.add(key)
