"""Items in the database: their present columns, their slugs and their former names."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from projects.models import Item, ItemAlias
from sources.importers.card_columns import item_columns
from sources.importers.catalogue_rows import ItemRow
from sources.importers.organization_rows import OrganizationRows
from sources.importers.slugs import SlugBook
from sources.importers.taxonomy_rows import TaxonomyRows

SLUG_LENGTH = 200
# What an import sets; summaries, logos and whatever else people curate stay as they are.
IMPORTED = (
    "name", "kind", "description", "homepage_url", "logo_file", "subcategory", "position", "maturity", "license",
    "organization", "repository_url", "listed_at", "delisted_at", "joined_on", "links", "other_placements", "extra",
)  # fmt: skip


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
    rows = list(rows)
    for row, item in adopted.items():
        row.pk = item.pk
    known = Item.objects.in_bulk([row.pk for row in rows if row.pk])
    slugs = SlugBook(Item.objects.values_list("slug", flat=True), max_length=SLUG_LENGTH)
    added = []
    for row in sorted(rows, key=_claim_to_a_slug):
        item = known.get(row.pk or 0)
        if item is None:
            item = Item(slug=slugs.give(row.card.name, row.place.subcategory, row.place.category, fallback="item"))
            added.append((row, item))
        _set_columns(item, row, taxonomy, organizations)
    Item.objects.bulk_create((item for _, item in added), batch_size=1000)
    Item.objects.bulk_update(known.values(), IMPORTED, batch_size=500)
    for row, item in added:
        row.pk = item.pk
    _store_aliases(rows, {**known, **{item.pk: item for _, item in added}}, slugs)


def _claim_to_a_slug(row: ItemRow) -> tuple[bool, datetime, str, tuple[str, str], int]:
    return not row.is_listed, row.listed_at, row.card.name, row.place, row.position


def _set_columns(item: Item, row: ItemRow, taxonomy: TaxonomyRows, organizations: OrganizationRows) -> None:
    for column, value in item_columns(row.card).items():
        setattr(item, column, value)
    item.kind = row.kind
    item.subcategory = taxonomy.subcategories[row.place]
    item.position = row.position if row.is_listed else None
    item.organization = organizations.of(row.card)
    item.listed_at, item.delisted_at = row.listed_at, row.delisted_at


def _store_aliases(rows: Iterable[ItemRow], items: Mapping[int, Item], slugs: SlugBook) -> None:
    """Let every former name lead to its item, and also the present one if the slug is of an older name."""
    aliases = []
    for row in rows:
        item = items[row.pk or 0]
        for name in row.names:
            slug = slugs.slug_of(name) or item.slug
            if name != item.name or (slug != item.slug and slug not in slugs):
                aliases.append(ItemAlias(item=item, name=name, slug=slug))
    ItemAlias.objects.bulk_create(aliases, batch_size=1000, ignore_conflicts=True)
