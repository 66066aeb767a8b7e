"""Which part an organization has in an item, as far as the cards tell it."""

from projects.models import Item, ItemOrganization, ItemPeriod, ItemRole
from sources.importers.row_sync import sync_rows

_TOLD_BY_CARDS = (ItemRole.STEWARD, ItemRole.VENDOR)


def store_item_organizations(*, foundation: str) -> None:
    """Bring the roles to what the newest cards say: the foundation is an item's steward, anybody else its vendor.

    ``foundation`` is the permalink that most hosted cards carry. Organizations that no card of an item ever named were
    added by people and stay.
    """
    named = set(ItemPeriod.objects.values_list("item_id", "organization_id").distinct())
    stored = ItemOrganization.objects.filter(role__in=_TOLD_BY_CARDS)
    items = Item.objects.ever_listed().exclude(organization=None)
    wanted = {
        (item, organization): {"role": ItemRole.STEWARD if foundation and permalink == foundation else ItemRole.VENDOR}
        for item, organization, permalink in items.values_list("pk", "organization_id", "organization__permalink")
        if (item, organization) in named
    }
    sync_rows(
        ItemOrganization,
        wanted,
        key=("item_id", "organization_id"),
        values=("role",),
        stored=[row for row in stored if (row.item_id, row.organization_id) in named],
    )
