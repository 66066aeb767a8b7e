"""Whether there is anything new that files of ``content/`` may speak of."""

import hashlib

from projects.models import (
    Category,
    Item,
    ItemAlias,
    ItemPeriod,
    Landscape,
    Organization,
    Repository,
    Subcategory,
)


def catalogue_digest() -> str:
    """Tell one state of what content files can name from another: cards of these names, and who is behind them.

    What a card says besides, such as its home page, changes nothing of what a file may name. Eight queries.
    """
    named = (
        Landscape.objects.values_list("is_built_in"),
        Item.objects.order_by("pk").values_list("pk", "slug", "name", "project", "delisted_at"),
        ItemPeriod.objects.hosted().order_by("item").values_list("item").distinct(),
        ItemAlias.objects.order_by("pk").values_list("item", "name"),
        Organization.objects.order_by("pk").values_list("pk", "permalink", "slug"),
        Category.objects.order_by("pk").values_list("pk", "name"),
        Subcategory.objects.order_by("pk").values_list("pk", "name", "category"),
        Repository.objects.order_by("pk").values_list("pk", "url"),
    )
    return hashlib.sha256(repr([list(rows) for rows in named]).encode()).hexdigest()
