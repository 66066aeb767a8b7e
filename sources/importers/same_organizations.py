"""Organizations that the landscape names by two permalinks and ``content/`` calls one."""

from collections.abc import Mapping

from market.money_owners import has_money
from projects.models import Item, ItemOrganization, ItemPeriod, Organization
from sources.importers.curated import ORGANIZATIONS_KEY, Merge
from sources.importers.organization_keys import organizations_by_key
from sources.importers.slugs import SlugBook


def join_organizations(same: Mapping[str, str], merge: Merge) -> None:
    """Give the cards of each organization in ``same`` to the one it is, and take it out unless the ledger names it.

    What ``merge`` remembers of it lets later imports find the other at once.
    """
    rows = organizations_by_key()
    slugs = SlugBook((row.slug for row in rows.values()), max_length=120)
    for key, first in same.items():
        merge.give(f"{ORGANIZATIONS_KEY}{key}", {"same_as": first})
        row, whole = rows.get(key), rows.get(first)
        if row is None:
            continue
        if whole is None:
            row.permalink, row.slug = first, slugs.give(first, fallback="organization")
            row.save(update_fields=["permalink", "slug"])
            rows[first] = row
        else:
            _join(row, whole)


def _join(row: Organization, whole: Organization) -> None:
    Item.objects.filter(organization=row).update(organization=whole)
    ItemPeriod.objects.filter(organization=row).update(organization=whole)
    parts = ItemOrganization.objects.filter(organization=row)
    parts.filter(item__in=ItemOrganization.objects.filter(organization=whole).values("item")).delete()
    parts.update(organization=whole)
    row.subsidiaries.update(parent=whole)
    if not has_money(row):
        row.delete()
