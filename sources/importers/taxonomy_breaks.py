"""Where the sections themselves changed, read from where their cards went."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from projects.models import TaxonomyBreakKind
from sources.clients.landscape_sections import SectionKey
from sources.importers.catalogue_rows import place_text


class Flow(NamedTuple):
    """From which section to which one cards went."""

    before: SectionKey
    after: SectionKey


@dataclass(frozen=True, slots=True)
class Break:
    """A change of sections, and the flows of cards that follow from it."""

    kind: TaxonomyBreakKind
    before: tuple[SectionKey, ...]
    after: tuple[SectionKey, ...]
    items: int

    @property
    def flows(self) -> Iterator[Flow]:
        return (Flow(before, after) for before in self.before for after in self.after)

    def texts(self) -> tuple[str, str]:
        """Give both sides as people read them; two categories if the break is one of whole categories."""
        sides = (self.before, self.after)
        if self.kind == TaxonomyBreakKind.RENAMED and len(self.before) > 1:
            return self.before[0].category, self.after[0].category
        before, after = (" + ".join(map(place_text, side)) for side in sides)
        return before, after


def taxonomy_breaks(
    *,
    before: Mapping[SectionKey, int],
    after: Mapping[SectionKey, int],
    moves: Iterable[Flow],
) -> list[Break]:
    """Give the breaks between two versions, in the order of the sections.

    ``before`` and ``after`` map each section to its number of cards. A section that is gone was renamed if at least
    half of its cards went to one new section and nobody else's did, merged if others went there too or the section
    stood before, split if its cards went to several new ones, and removed otherwise; what is new and comes from none
    of these was added.
    """
    gone = [place for place in before if place not in after]
    new = [place for place in after if place not in before]
    if not gone and not new:
        return []
    flows: dict[SectionKey, Counter[SectionKey]] = defaultdict(Counter)
    for flow in moves:
        flows[flow.before][flow.after] += 1
    heirs = {place: _heir(flows[place], before[place]) for place in gone}
    found = [*_carried_over(heirs, flows, new), *_scattered(heirs, flows, new, before)]
    explained = {place for one in found for place in one.after}
    found += [Break(TaxonomyBreakKind.ADDED, (), (place,), after[place]) for place in new if place not in explained]
    return _whole_categories(found, before)


def _heir(targets: Counter[SectionKey], cards: int) -> SectionKey | None:
    """Give the section that took over at least half of the cards."""
    if not targets:
        return None
    place, count = max(targets.items(), key=lambda target: (target[1], target[0]))
    return place if count * 2 >= cards else None


def _carried_over(
    heirs: Mapping[SectionKey, SectionKey | None],
    flows: Mapping[SectionKey, Counter[SectionKey]],
    new: Collection[SectionKey],
) -> Iterator[Break]:
    predecessors: dict[SectionKey, list[SectionKey]] = defaultdict(list)
    for place, heir in heirs.items():
        if heir is not None:
            predecessors[heir].append(place)
    for heir, places in predecessors.items():
        is_renamed = heir in new and len(places) == 1
        kind = TaxonomyBreakKind.RENAMED if is_renamed else TaxonomyBreakKind.MERGED
        yield Break(kind, tuple(places), (heir,), sum(flows[place][heir] for place in places))


def _scattered(
    heirs: Mapping[SectionKey, SectionKey | None],
    flows: Mapping[SectionKey, Counter[SectionKey]],
    new: Collection[SectionKey],
    before: Mapping[SectionKey, int],
) -> Iterator[Break]:
    for place in (place for place, heir in heirs.items() if heir is None):
        targets = [target for target in new if flows[place][target]]
        if len(targets) > 1:
            items = sum(flows[place][target] for target in targets)
            yield Break(TaxonomyBreakKind.SPLIT, (place,), tuple(targets), items)
        else:
            yield Break(TaxonomyBreakKind.REMOVED, (place,), (), before[place])


def _whole_categories(breaks: Sequence[Break], before: Collection[SectionKey]) -> list[Break]:
    """Put renamed sections together where a category did nothing but change its name."""
    sections = Counter(place.category for place in before)
    together: dict[tuple[str, str], list[Break]] = defaultdict(list)
    for one in breaks:
        if one.kind == TaxonomyBreakKind.RENAMED and one.before[0].subcategory == one.after[0].subcategory:
            together[one.before[0].category, one.after[0].category].append(one)
    found = list(breaks)
    for (category, _), ones in together.items():
        if len(ones) == sections[category] > 1:
            found = [one for one in found if one not in ones]
            old, new = tuple(one.before[0] for one in ones), tuple(one.after[0] for one in ones)
            found.insert(0, Break(TaxonomyBreakKind.RENAMED, old, new, sum(one.items for one in ones)))
    return found
