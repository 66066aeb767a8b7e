"""Which stored items a freshly read history speaks of, so that they keep their slugs and what people wrote."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator

from projects.models import Item
from sources.clients.landscape_sections import SectionKey
from sources.importers.catalogue_rows import ItemRow


def adoptions(rows: Iterable[ItemRow], stored: Iterable[Item]) -> dict[ItemRow, Item]:
    """Pair rows with stored items: by place and name, then by name, then by a former name; each is used once.

    Of several rows with one name the listed and older ones come first.
    """
    waiting = sorted(rows, key=lambda row: (not row.is_listed, row.listed_at, row.place, row.position))
    items = list(stored)
    found: dict[ItemRow, Item] = {}
    for row_keys, item_key in ((_row_place_and_name, _place_and_name), (_row_name, _name), (_row_names, _name)):
        pairs = dict(_paired(waiting, items, row_keys, item_key))
        found |= pairs
        taken = {item.pk for item in pairs.values()}
        waiting = [row for row in waiting if row not in pairs]
        items = [item for item in items if item.pk not in taken]
    return found


def _paired(
    rows: Iterable[ItemRow],
    items: Iterable[Item],
    row_keys: Callable[[ItemRow], list[Hashable]],
    item_key: Callable[[Item], Hashable],
) -> Iterator[tuple[ItemRow, Item]]:
    waiting: dict[Hashable, list[Item]] = defaultdict(list)
    for item in items:
        waiting[item_key(item)].append(item)
    for row in rows:
        candidates = next((waiting[key] for key in row_keys(row) if waiting.get(key)), None)
        if candidates:
            yield row, candidates.pop(0)


def _row_place_and_name(row: ItemRow) -> list[Hashable]:
    return [(row.place, row.card.name)]


def _row_name(row: ItemRow) -> list[Hashable]:
    return [row.card.name]


def _row_names(row: ItemRow) -> list[Hashable]:
    return list(row.names)


def _name(item: Item) -> Hashable:
    return item.name


def _place_and_name(item: Item) -> Hashable:
    place = item.subcategory
    return (SectionKey(place.category.name, place.name), item.name) if place else None
