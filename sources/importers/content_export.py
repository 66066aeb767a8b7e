"""Writes the catalogue's facts back into ``content/``, in the form that ``load_content`` reads."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from projects.models import Item, ItemAlias, ItemPeriod, Landscape, LandscapeVersion
from sources.clients.content_files import (
    ITEMS_DIRECTORY,
    LANDSCAPE_FILE,
    Content,
    ItemEntry,
    Statement,
    read_catalogue_content,
)
from sources.importers.card_columns import card_of
from sources.importers.content_writing import entry_text, write_text
from sources.importers.organization_keys import organization_key


@dataclass(frozen=True, slots=True)
class Exported:
    """How many files were written, and which items still lack a summary."""

    items: int
    changed: int
    without_summary: tuple[str, ...]


def export_content(root: Path) -> Exported:
    """Rewrite the item files below ``root`` from the database: every item that was ever hosted, and those already there.

    Only files whose content changed are touched. What the database does not hold (essay ids) is kept.
    """
    content = read_catalogue_content(root)
    former = {entry.slug: entry for entry in content.items}
    items = items_to_export(former)
    statements = statements_of(items)
    aliases = curated_aliases(items, statements)
    changed = 0
    for item in items:
        before = former.get(item.slug)
        entry = entry_of(item, before, statements.get(item.pk, ()), aliases.get(item.pk, ()))
        # By whichever of its keys the file names the same organization.
        if before and content.same_organizations.get(before.organization, "") == entry.get("organization"):
            entry["organization"] = before.organization
        changed += write_text(root / ITEMS_DIRECTORY / f"{item.slug}.yaml", entry_text(entry))
    changed += write_text(root / LANDSCAPE_FILE, _landscape_text(root))
    return Exported(len(items), changed, tuple(item.slug for item in items if not item.summary or not item.summary_zh))


def items_to_export(former: Mapping[str, ItemEntry]) -> list[Item]:
    """Return the items that some version hosted, and those that have a file, by slug."""
    hosted = ItemPeriod.objects.hosted().values("item")
    chosen = Item.objects.filter(pk__in=hosted) | Item.objects.filter(slug__in=list(former))
    return list(chosen.select_related("organization", "logo").order_by("slug"))


def statements_of(items: Iterable[Item]) -> dict[int, tuple[Statement, ...]]:
    """Return each item's history, joined where nothing that is kept in ``content/`` differs."""
    periods = (
        ItemPeriod.objects.filter(item__in=[item.pk for item in items])
        .select_related("subcategory__category", "version")
        .order_by("item_id", "during")
    )
    commits = dict(LandscapeVersion.objects.order_by("position").values_list("effective_at", "commit"))
    return {
        key: tuple(joined(_statements(group, commits))) for key, group in groupby(periods, key=lambda one: one.item_id)
    }


def _statements(periods: Iterable[ItemPeriod], commits: Mapping[datetime, str]) -> Iterator[Statement]:
    end: datetime | None = None
    for period in periods:
        start: datetime = period.during.lower
        if end is not None and end < start:
            yield Statement(at=end, commit=commits[end])
        card = card_of(period)
        yield Statement(
            at=start,
            commit=period.version.commit,
            name=card.name,
            category=period.subcategory.category.name,
            subcategory=period.subcategory.name,
            maturity=card.maturity,
            organization=card.crunchbase_permalink,
            repository_url=card.repository_url,
            stages=tuple(card.stages),
        )
        end = period.during.upper
    if end is not None:
        yield Statement(at=end, commit=commits[end])


def joined(statements: Iterable[Statement]) -> Iterator[Statement]:
    """Leave out every statement that only repeats the one before it."""
    before: Statement | None = None
    for statement in statements:
        if before is None or replace(statement, at=before.at, commit=before.commit) != before:
            yield statement
            before = statement


def curated_aliases(items: Iterable[Item], statements: Mapping[int, tuple[Statement, ...]]) -> dict[int, list[str]]:
    """Return the further names of each item that the landscape itself never used for it."""
    used = {item.pk: {item.name, *(one.name for one in statements.get(item.pk, ()))} for item in items}
    aliases: dict[int, list[str]] = {}
    for alias in ItemAlias.objects.filter(item__in=list(used)).order_by("item_id", "name"):
        if alias.name not in used[alias.item_id]:
            aliases.setdefault(alias.item_id, []).append(alias.name)
    return aliases


def entry_of(
    item: Item, former: ItemEntry | None, history: tuple[Statement, ...], aliases: Iterable[str]
) -> dict[str, Any]:
    """Return the mapping that stands in an item's file."""
    entry: dict[str, Any] = {
        "name": item.name,
        "summary": item.summary,
        "summary_zh": item.summary_zh,
        "aliases": list(aliases),
        "essay": list(former.essay) if former else [],
        "kind": "" if history else item.kind,
        "homepage_url": item.homepage_url,
        "repository_url": item.repository_url,
        "license": item.license,
        "organization": organization_key(item.organization),
        "history": [_statement_mapping(statement, item.name) for statement in history],
    }
    return {key: value for key, value in entry.items() if value not in ("", [])}


def _statement_mapping(statement: Statement, item_name: str) -> dict[str, Any]:
    mapping: dict[str, Any] = {"from": _instant(statement.at), "commit": statement.commit}
    if not statement.category:
        return mapping | {"delisted": True}
    if statement.name != item_name:
        mapping["name"] = statement.name
    mapping |= {"category": statement.category, "subcategory": statement.subcategory}
    for key in ("maturity", "organization", "repository_url"):
        if value := getattr(statement, key):
            mapping[key] = value
    if statement.stages:
        mapping["stages"] = {stage: day.isoformat() for stage, day in statement.stages}
    return mapping


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _landscape_text(root: Path) -> str:
    content: Content = read_catalogue_content(root)
    newest = LandscapeVersion.objects.order_by("-position").first()
    landscape = Landscape.objects.first()
    as_of = newest.committed_at if newest and landscape and not landscape.is_built_in else content.landscape.as_of
    entry = content.landscape
    return entry_text(
        {
            "name": entry.name,
            "foundation": entry.foundation,
            "url": entry.url,
            "licence": entry.licence,
            "attribution": entry.attribution,
            "as_of": _instant(as_of),
        }
    )
