"""The built-in content as frozen rows: what ``content/`` says of the landscape, its items and organizations."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

from sources.clients.content_yaml import ContentError, line_in, read_content

LANDSCAPE_FILE = "landscape.yaml"
TAXONOMY_FILE = "taxonomy.yaml"
ORGANIZATIONS_FILE = "organizations.yaml"
ITEMS_DIRECTORY = "items"
# What the loaders read; logos have a command of their own.
DATA_SUFFIXES = frozenset({".yaml", ".csv", ".md"})


@dataclass(frozen=True, slots=True)
class LandscapeEntry:
    """Where the facts of the built-in catalogue come from; ``as_of`` is the newest instant they speak of."""

    name: str
    foundation: str
    url: str
    licence: str
    attribution: str
    as_of: datetime


@dataclass(frozen=True, slots=True)
class TaxonomyEntry:
    """Chinese names; a subcategory's key is its name, or "Category / Subcategory" for one place."""

    categories: dict[str, str]
    subcategories: dict[str, str]

    def subcategory_name_zh(self, category: str, subcategory: str) -> str:
        """Return the Chinese name of a subcategory, empty if there is none."""
        return self.subcategories.get(f"{category} / {subcategory}") or self.subcategories.get(subcategory, "")


@dataclass(frozen=True, slots=True)
class OrganizationEntry:
    """One organization; ``permalink`` is empty if the landscape never names it."""

    slug: str
    permalink: str
    name: str
    name_zh: str = ""
    country: str = ""
    kind: str = ""
    founded_year: int | None = None
    website: str = ""
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """What the landscape said of an item from ``at`` on; without a category: that it left."""

    at: datetime
    commit: str
    name: str = ""
    category: str = ""
    subcategory: str = ""
    maturity: str = ""
    organization: str = ""
    repository_url: str = ""
    stages: tuple[tuple[str, date], ...] = ()


@dataclass(frozen=True, slots=True)
class ItemEntry:
    """One item; without ``history`` the landscape never listed it. ``digest`` tells one state of its file from another."""

    slug: str
    digest: str
    name: str
    summary: str = ""
    summary_zh: str = ""
    aliases: tuple[str, ...] = ()
    essay: tuple[str, ...] = ()
    kind: str = ""
    homepage_url: str = ""
    repository_url: str = ""
    license: str = ""
    organization: str = ""
    history: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True)
class Content:
    """All of ``content/`` that the catalogue needs; ``digest`` changes with any of its files."""

    digest: str
    landscape: LandscapeEntry
    taxonomy: TaxonomyEntry
    organizations: tuple[OrganizationEntry, ...]
    # The keys of organizations that are another's, with that other's.
    same_organizations: dict[str, str]
    items: tuple[ItemEntry, ...] = field(default=())


def read_catalogue_content(root: Path) -> Content:
    """Read and check the built-in catalogue below ``root``; raises :class:`ContentError` with file and line."""
    if not (root / LANDSCAPE_FILE).is_file():
        raise ContentError(f"{LANDSCAPE_FILE} is missing in {root}.")
    items = tuple(_items(root))
    return Content(
        digest=content_digest(root),
        landscape=_landscape(read_content(root, root / LANDSCAPE_FILE, schema="landscape")),
        taxonomy=read_taxonomy(root),
        organizations=read_organizations(root),
        same_organizations=_same_organizations(root),
        items=items,
    )


def read_taxonomy(root: Path) -> TaxonomyEntry:
    """Read the Chinese names of categories and subcategories; raises :class:`ContentError`."""
    return TaxonomyEntry(**read_content(root, root / TAXONOMY_FILE, schema="taxonomy"))


def read_organizations(root: Path) -> tuple[OrganizationEntry, ...]:
    """Read the organizations, each once; raises :class:`ContentError`."""
    return tuple(_organizations(read_content(root, root / ORGANIZATIONS_FILE, schema="organizations")))


def content_digest(root: Path) -> str:
    """Return the digest of the files without reading what they say; it tells whether they changed since."""
    digest = hashlib.sha256()
    for path in sorted(path for path in root.rglob("*") if path.suffix in DATA_SUFFIXES):
        digest.update(f"{path.relative_to(root)}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _item_paths(root: Path) -> list[Path]:
    return sorted((root / ITEMS_DIRECTORY).glob("*.yaml"))


def _landscape(value: dict[str, Any]) -> LandscapeEntry:
    return LandscapeEntry(**{**value, "as_of": datetime.fromisoformat(value["as_of"])})


def _same_organizations(root: Path) -> dict[str, str]:
    path = root / ORGANIZATIONS_FILE
    value = read_content(root, path, schema="organizations")
    same = {key: entry["same_as"] for key, entry in value.items() if "same_as" in entry}
    for key, first in same.items():
        # A chain would leave open which of its organizations stays; cards find the one that does by its permalink.
        if "name" not in value.get(first, {}) or not value[first].get("permalink", True):
            line = line_in(path, (key, "same_as"))
            raise ContentError(f"{path.name}, line {line}: '{first}' is no organization that the landscape names.")
    return same


def _organizations(value: dict[str, Any]) -> Iterator[OrganizationEntry]:
    for key, entry in value.items():
        if "same_as" in entry:
            continue
        has_permalink = entry.pop("permalink", True)
        yield OrganizationEntry(slug=key.lower(), permalink=key if has_permalink else "", **entry)


def _items(root: Path) -> Iterator[ItemEntry]:
    for path in _item_paths(root):
        value = read_content(root, path, schema="item")
        history = tuple(_statements(value.pop("history", []), name=value["name"]))
        place = path.relative_to(root)
        for earlier, later in pairwise(history):
            if later.at < earlier.at:
                raise ContentError(f"{place}: its history goes back from {earlier.at:%Y-%m-%d} to {later.at:%Y-%m-%d}.")
        for key in ("aliases", "essay"):
            value[key] = tuple(value.get(key, ()))
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        yield ItemEntry(slug=path.stem, digest=digest, history=history, **value)


def _statements(values: list[dict[str, Any]], *, name: str) -> Iterator[Statement]:
    for value in values:
        stages = tuple(sorted((stage, date.fromisoformat(day)) for stage, day in value.get("stages", {}).items()))
        yield Statement(
            at=datetime.fromisoformat(value["from"]),
            commit=value["commit"],
            name=value.get("name", name),
            category=value.get("category", ""),
            subcategory=value.get("subcategory", ""),
            maturity=value.get("maturity", ""),
            organization=value.get("organization", ""),
            repository_url=value.get("repository_url", ""),
            stages=stages,
        )
