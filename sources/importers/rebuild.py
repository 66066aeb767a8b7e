"""Putting a freshly read history in the place of the stored one; items keep their slugs and what people wrote."""

from collections.abc import Iterable

from market.money_owners import organizations_with_money
from projects.models import (
    Category,
    Change,
    Item,
    ItemPeriod,
    LandscapeVersion,
    Organization,
    StageDeclaration,
    Subcategory,
    SubcategoryPeriod,
    TaxonomyBreak,
)
from sources.clients.landscape_sections import SectionKey
from sources.importers.adoption import adoptions
from sources.importers.catalogue_history import CatalogueHistory, section_positions
from sources.importers.catalogue_store import store_catalogue
from sources.importers.notice_rows import forget_catalogue_notices

_HISTORY = (Change, TaxonomyBreak, StageDeclaration, SubcategoryPeriod, ItemPeriod, LandscapeVersion)


def replace_history(history: CatalogueHistory) -> None:
    """Write ``history`` instead of the stored one.

    Stored items that it does not speak of stay without periods if it is the same landscape: if it has at least half of
    the names of the hosted ones. Otherwise they, and all that only they needed, are taken out.
    """
    forget_history()
    forget_catalogue_notices()
    stored = list(Item.objects.select_related("subcategory__category").order_by("pk"))
    adopted = adoptions(history.items, stored)
    store_catalogue(history, adopted=adopted)
    kept = {item.pk for item in adopted.values()}
    strangers = [item for item in stored if item.pk not in kept]
    if _is_same_landscape(stored, kept):
        Item.objects.filter(pk__in=[item.pk for item in strangers]).update(
            listed_at=None, delisted_at=None, position=None, maturity=""
        )
    else:
        _remove(strangers)
    _remove_unknown_sections(history)


def forget_history() -> None:
    """Take out versions, periods, changes and declared stages; items stay."""
    for model in _HISTORY:
        model._default_manager.all().delete()  # noqa: SLF001 - Django's public name for it


def _is_same_landscape(stored: Iterable[Item], kept: set[int]) -> bool:
    hosted = [item.pk for item in stored if item.maturity]
    return 2 * len(kept.intersection(hosted)) >= len(hosted)


def _remove_unknown_sections(history: CatalogueHistory) -> None:
    """Take out sections that this landscape never had."""
    known = {place for outline in history.outlines for place, _ in section_positions(outline)}
    names = {category.name for outline in history.outlines for category in outline}
    rows = Subcategory.objects.filter(items=None).select_related("category")
    surplus = [row.pk for row in rows if SectionKey(row.category.name, row.name) not in known]
    Subcategory.objects.filter(pk__in=surplus).delete()
    Category.objects.filter(subcategories=None).exclude(name__in=names).delete()


def _remove(items: Iterable[Item]) -> None:
    Item.objects.filter(pk__in=[item.pk for item in items]).delete()
    unnamed = Organization.objects.filter(items=None, periods=None, item_organizations=None, subsidiaries=None)
    unnamed.exclude(pk__in=organizations_with_money()).delete()
