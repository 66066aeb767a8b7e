"""Loads the built-in data: the history where no landscape was imported, curated texts and published figures always."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from projects.models import Category, Item, ItemAlias, Landscape, Organization, Subcategory
from sources.clients.content_files import Content, ItemEntry, OrganizationEntry, content_digest, read_catalogue_content
from sources.importers.catalogue_digest import catalogue_digest
from sources.importers.catalogue_history import CatalogueHistory
from sources.importers.catalogue_store import store_catalogue
from sources.importers.content_history import content_versions
from sources.importers.content_parts import PARTS
from sources.importers.curated import DIGEST_KEY, ORGANIZATIONS_KEY, Merge
from sources.importers.funding_files import read_funding
from sources.importers.import_lock import import_lock
from sources.importers.organization_keys import organization_key, organizations_by_key
from sources.importers.published_figures import read_built_in_figures, store_figures
from sources.importers.rebuild import forget_history
from sources.importers.renames import known_renames
from sources.importers.same_organizations import join_organizations
from sources.importers.slugs import SlugBook
from sources.importers.table_upkeep import tidy_tables
from sources.models import ContentEntry

BUILT_IN = "built-in"


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did; ``is_new`` is False if the files were loaded before and nothing was written."""

    items: int
    is_new: bool
    kept_edits: int = 0


def load_content(root: Path, *, now: datetime) -> Loaded:
    """Load the files below ``root`` in one transaction; raises ``ContentError`` with file and line, having written nothing.

    Nothing is done unless the files changed, or there is anything new that they may speak of.
    """
    loaded = ContentEntry.objects.filter(key=DIGEST_KEY).first()
    if loaded is not None and loaded.values == _state(content_digest(root)):
        return Loaded(Item.objects.count(), is_new=False)
    content = read_catalogue_content(root)
    figures = read_built_in_figures(root)
    funded = {file.organization for file in read_funding(root).files}
    with transaction.atomic(), import_lock():
        merge = Merge.begin()
        landscape = Landscape.objects.first()
        if landscape is None or landscape.is_built_in:
            _store_history(content, now)
        if _is_its_landscape(content.items):
            _add_unlisted(content.items)
            _add_organizations(content.organizations, funded)
            for published in figures:
                store_figures(published, now=now)
        join_organizations(content.same_organizations, merge)
        _curate_organizations(content.organizations, merge)
        _curate_taxonomy(content, merge)
        _curate_items(content.items, merge)
        for load_part in PARTS:
            load_part(root, merge)
        merge.given_now[DIGEST_KEY] = _state(content.digest)
        merge.remember()
    tidy_tables()
    return Loaded(len(content.items), is_new=True, kept_edits=merge.kept)


def _state(digest: str) -> dict[str, str]:
    return {"digest": digest, "catalogue": catalogue_digest()}


def _is_its_landscape(entries: Iterable[ItemEntry]) -> bool:
    """Tell whether the catalogue holds the landscape that the files speak of: at least half of their listed items."""
    listed = [entry.slug for entry in entries if entry.history]
    return 2 * Item.objects.ever_listed().filter(slug__in=listed).count() >= len(listed)


def _store_history(content: Content, now: datetime) -> None:
    """Write the built-in items' history anew; items keep their rows and with them what points at them."""
    forget_history()
    listed = [entry for entry in content.items if entry.history]
    history = CatalogueHistory(known_renames())
    for version in content_versions(listed, content.taxonomy):
        history.read(version)
    rows = {(row.card.name, *row.place): row for row in history.items}
    adopted = {}
    stored = {item.slug: item for item in Item.objects.filter(slug__in=[entry.slug for entry in listed])}
    for entry in listed:
        item = stored.get(entry.slug)
        if item is None:
            item = Item.objects.create(slug=entry.slug, name=entry.name, kind="product")
        last = next(one for one in reversed(entry.history) if one.category)
        adopted[rows[last.name, last.category, last.subcategory]] = item
    store_catalogue(history, adopted=adopted)
    Landscape.objects.update_or_create(
        pk=1,
        defaults={
            "name": content.landscape.name,
            "foundation": content.landscape.foundation,
            "origin": BUILT_IN,
            "public_url": "",
            "licence": content.landscape.licence,
            "attribution": content.landscape.attribution,
            "is_built_in": True,
            "imported_at": now,
        },
    )


def _add_unlisted(entries: Iterable[ItemEntry]) -> None:
    """Add the items that the landscape never listed."""
    known = set(Item.objects.values_list("slug", flat=True))
    Item.objects.bulk_create(
        Item(slug=entry.slug, name=entry.name, kind=entry.kind)
        for entry in entries
        if not entry.history and entry.slug not in known
    )


def _add_organizations(entries: Iterable[OrganizationEntry], funded: Collection[str]) -> None:
    """Add the organizations that no card names: makers of unlisted items, owners, investors, those whose money is told."""
    known = organizations_by_key()
    slugs = SlugBook(Organization.objects.values_list("slug", flat=True), max_length=120)
    Organization.objects.bulk_create(
        Organization(slug=slugs.give(entry.slug, fallback="organization"), permalink=entry.permalink, name=entry.name)
        for entry in entries
        # Of whom only the seat is told, that is for the landscape whose cards name them.
        if (key := organization_key(entry)) not in known and (entry.kind or not entry.permalink or key in funded)
    )


def _curate_organizations(entries: Iterable[OrganizationEntry], merge: Merge) -> None:
    rows = organizations_by_key()
    keys = {organization_key(entry): entry for entry in entries}
    for key, entry in keys.items():
        row = rows.get(key)
        if row is None:
            continue
        parent = rows.get(entry.parent)
        values: dict[str, Any] = {
            "name": entry.name,
            "name_zh": entry.name_zh,
            "country": entry.country,
            "kind": entry.kind,
            "founded_year": entry.founded_year,
            "website": entry.website,
            "parent_id": parent.pk if parent else None,
        }
        given = {column: value for column, value in values.items() if value not in ("", None)}
        if merge.before(f"{ORGANIZATIONS_KEY}{key}", "name") is None:
            row.name = ""  # a card named it, as well as it could
        if merge.apply(row, f"{ORGANIZATIONS_KEY}{key}", given):
            row.save(update_fields=[column.removesuffix("_id") for column in given])


def _curate_taxonomy(content: Content, merge: Merge) -> None:
    for category in Category.objects.order_by("pk"):
        name_zh = content.taxonomy.categories.get(category.name, "")
        if name_zh and merge.apply(category, f"taxonomy#{category.name}", {"name_zh": name_zh}):
            category.save(update_fields=["name_zh"])
    for row in Subcategory.objects.select_related("category").order_by("pk"):
        name_zh = content.taxonomy.subcategory_name_zh(row.category.name, row.name)
        key = f"taxonomy#{row.category.name} / {row.name}"
        if name_zh and merge.apply(row, key, {"name_zh": name_zh}):
            row.save(update_fields=["name_zh"])


def _curate_items(entries: Iterable[ItemEntry], merge: Merge) -> None:
    rows = Item.objects.in_bulk([entry.slug for entry in entries], field_name="slug")
    aliases = []
    organizations = organizations_by_key()
    for entry in entries:
        row = rows.get(entry.slug)
        if row is None:
            continue
        values: dict[str, Any] = {"summary": entry.summary, "summary_zh": entry.summary_zh}
        if not entry.history:
            organization = organizations.get(entry.organization)
            values |= {"homepage_url": entry.homepage_url, "repository_url": entry.repository_url}
            values |= {"license": entry.license, "organization_id": organization.pk if organization else None}
        given = {column: value for column, value in values.items() if value not in ("", None)}
        if merge.apply(row, f"items/{entry.slug}", given):
            row.save(update_fields=[column.removesuffix("_id") for column in given])
        aliases += [ItemAlias(item=row, name=name, slug=slugify(name)) for name in entry.aliases if name != row.name]
    ItemAlias.objects.bulk_create(aliases, ignore_conflicts=True)
