"""Items in the database: their present columns, their slugs and their former names."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from projects.models import Item, ItemAlias
from sources.importers.card_columns import item_columns
from sources.importers.catalogue_rows import ItemRow
from sources.importers.organization_rows import OrganizationRows
from sources.importers.slugs import SlugBook
from sources.importers.taxonomy_rows import TaxonomyRows

SLUG_LENGTH = 200


def store_items(
    rows: Iterable[ItemRow],
    *,
    taxonomy: TaxonomyRows,
    organizations: OrganizationRows,
    adopted: Mapping[ItemRow, Item],
) -> None:
    """Write the present state of ``rows`` and give each its ``pk``.

    Items that are stored keep their slug. New ones take that of their newest name; where several want one, the listed
    come first, then the older. ``adopted`` are stored items that become those of rows without a ``pk``.
    """
    for row, item in adopted.items():
        row.pk = item.pk
    rows = sorted(rows, key=_claim_to_a_slug)
    stored = Item.objects.in_bulk([row.pk for row in rows if row.pk])
    slugs = SlugBook(Item.objects.values_list("slug", flat=True), max_length=SLUG_LENGTH)
    added: list[tuple[ItemRow, Item]] = []
    changed: dict[frozenset[str], list[Item]] = defaultdict(list)
    for row in rows:
        columns = _columns(row, taxonomy, organizations)
        known = stored.get(row.pk)
        if known is None:
            slug = slugs.give(row.card.name, row.place.subcategory, row.place.category, fallback="item")
            added.append((row, Item(slug=slug, **columns)))
        elif different := _set(known, columns):
            changed[different].append(known)
    Item.objects.bulk_create((item for _, item in added), batch_size=1000)
    for different, items in changed.items():
        Item.objects.bulk_update(items, different, batch_size=500)
    for row, item in added:
        row.pk = item.pk
    _store_aliases(rows, stored | {item.pk: item for _, item in added}, slugs)


def _columns(row: ItemRow, taxonomy: TaxonomyRows, organizations: OrganizationRows) -> dict[str, Any]:
    """Give what an import sets; summaries, logos and whatever else people curate stay as they are."""
    organization = organizations.of(row.card)
    return {
        **item_columns(row.card),
        "kind": row.kind,
        "subcategory_id": taxonomy.subcategories[row.place].pk,
        "position": row.position if row.is_listed else None,
        "organization_id": organization.pk if organization else None,
        "listed_at": row.listed_at,
        "delisted_at": row.delisted_at,
    }


def _set(item: Item, columns: Mapping[str, Any]) -> frozenset[str]:
    """Set the columns and give the names of those that changed; most often only positions do."""
    different = frozenset(column for column, value in columns.items() if getattr(item, column) != value)
    for column in different:
        setattr(item, column, columns[column])
    return frozenset(column.removesuffix("_id") for column in different)


def _claim_to_a_slug(row: ItemRow) -> tuple[bool, datetime, str, tuple[str, str], int]:
    return not row.is_listed, row.listed_at, row.card.name, row.place, row.position


def _store_aliases(rows: Iterable[ItemRow], items: Mapping[int, Item], slugs: SlugBook) -> None:
    """Let every former name lead to its item, and also the present one if the slug is of an older name."""
    aliases = []
    for row in rows:
        item = items[row.pk]
        for name in row.names:
            slug = slugs.slug_of(name) or item.slug
            if name != item.name or (slug != item.slug and slug not in slugs):
                aliases.append(ItemAlias(item=item, name=name, slug=slug))
    ItemAlias.objects.bulk_create(aliases, batch_size=1000, ignore_conflicts=True)
