"""Who stands where in the landscape: the items of each section, and those that have left."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from sources.clients.landscape_sections import SectionKey
from sources.importers.catalogue_rows import ItemRow
from sources.importers.identity import Standing, match_names, match_renames


@dataclass(slots=True)
class Roster:
    """The items that the newest version lists, by section in file order, and the departed ones by their last name.

    ``renamed_from`` maps a name to the one it replaced, for renames that nothing else on the card tells.
    """

    renamed_from: Mapping[str, str] = field(default_factory=dict)
    sections: dict[SectionKey, list[ItemRow]] = field(default_factory=dict)
    _departed: dict[str, list[ItemRow]] = field(default_factory=lambda: defaultdict(list))
    _names: Counter[str] = field(default_factory=Counter)

    def resume(self, items: Iterable[ItemRow], places: Iterable[SectionKey]) -> None:
        """Take over stored items; ``places`` are the sections of the newest version."""
        self.sections = {place: [] for place in places}
        for item in items:
            if item.is_listed:
                self.sections[item.place].append(item)
                self._names[item.card.name] += 1
            else:
                self._departed[item.card.name].append(item)
        for section in self.sections.values():
            section.sort(key=lambda item: item.position)

    def listed(self) -> Iterator[ItemRow]:
        """Give the items that the newest version lists."""
        return (item for items in self.sections.values() for item in items)

    def bearers(self, name: str) -> int:
        """Give how many listed items have a name."""
        return self._names[name]

    def foundation(self) -> str:
        """Give the permalink that most hosted cards carry: the body that hosts them. Empty if none does."""
        carried = Counter(item.card.crunchbase_permalink for item in self.listed() if item.card.maturity)
        carried.pop("", None)
        return max(carried, key=lambda permalink: (carried[permalink], permalink), default="")

    def assign(self, ended: Mapping[ItemRow, Standing], begun: Mapping[int, Standing]) -> dict[int, ItemRow]:
        """Give the item of each card in ``begun``; a card that is missing there is a new item.

        By place and name, then by name, also of one that left before; then come renames, for names that end and begin
        here. What of ``ended`` is not assigned leaves.
        """
        assigned = match_names(ended, begun)
        rest = {index: standing for index, standing in begun.items() if index not in assigned}
        assigned |= self._returned(rest)
        kept = set(assigned.values())
        left = {item: standing for item, standing in ended.items() if item not in kept}
        new = {index: one for index, one in rest.items() if index not in assigned and not self._names[one.card.name]}
        self._count_names(ended, begun)
        gone = {item: standing for item, standing in left.items() if not self._names[standing.card.name]}
        if gone and new:
            assigned |= self._renamed(gone, new)
        for item in left.keys() - set(assigned.values()):
            self._departed[item.card.name].append(item)
        return assigned

    def _returned(self, rest: Mapping[int, Standing]) -> dict[int, ItemRow]:
        returned = {}
        for index, (place, card) in rest.items():
            waiting = self._departed.get(card.name) or self._departed.get(self.renamed_from.get(card.name, ""))
            if waiting:
                item = max(waiting, key=lambda one: (one.place == place, *_last_seen(one)))
                waiting.remove(item)
                returned[index] = item
        return returned

    def _renamed(self, gone: Mapping[ItemRow, Standing], new: Mapping[int, Standing]) -> dict[int, ItemRow]:
        by_name = {standing.card.name: item for item, standing in gone.items()}
        known = {}
        for index, standing in new.items():
            item = by_name.pop(self.renamed_from.get(standing.card.name, ""), None)
            if item is not None:
                known[index] = item
        gone = {item: standing for item, standing in gone.items() if item not in set(known.values())}
        new = {index: standing for index, standing in new.items() if index not in known}
        return known | match_renames(gone, new, self.foundation)

    def _count_names(self, ended: Mapping[ItemRow, Standing], begun: Mapping[int, Standing]) -> None:
        self._names.subtract(standing.card.name for standing in ended.values())
        self._names.update(standing.card.name for standing in begun.values())


def _last_seen(item: ItemRow) -> tuple[object, ...]:
    """Order departed items; what tells apart those that left together decides nothing but that it is always the same."""
    card = item.card
    return item.delisted_at, item.place, item.listed_at, card.repository_url, card.homepage_url, card.logo
