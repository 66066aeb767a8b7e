"""Which item a published figure is about, by the name its publisher gives the project."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from projects.models import Item, ItemAlias, ItemPeriod
from sources.clients.figure_publications import PublishedNames


class _Candidate(NamedTuple):
    """A hosted item; of twins, the one that sorts first stands for the project."""

    is_delisted: bool
    listed_at: str
    pk: int
    project: int | None


@dataclass(slots=True)
class ItemsByName:
    """Items that were ever hosted, by every name they had, and by the names that publishers use for them.

    A name that two projects share, without regard to case, leads to none: nothing is guessed.
    """

    names: PublishedNames
    by_slug: dict[str, int] = field(default_factory=dict)
    by_name: dict[str, set[_Candidate]] = field(default_factory=lambda: defaultdict(set))

    @classmethod
    def read(cls, names: PublishedNames) -> "ItemsByName":
        """Read the items from the database; three queries."""
        items = cls(names)
        hosted = set(ItemPeriod.objects.hosted().values_list("item_id", flat=True))
        candidates = {}
        rows = Item.objects.filter(pk__in=hosted).values_list(
            "pk", "slug", "name", "project_id", "listed_at", "delisted_at"
        )
        for pk, slug, name, project, listed_at, delisted_at in rows:
            candidates[pk] = _Candidate(delisted_at is not None, str(listed_at), pk, project)
            items.by_slug[slug] = pk
            items.by_name[name.lower()].add(candidates[pk])
        for pk, name in ItemAlias.objects.filter(item__in=hosted).values_list("item_id", "name"):
            items.by_name[name.lower()].add(candidates[pk])
        return items

    def item(self, name: str) -> int | None:
        """Return the key of the item that a publisher calls ``name``; None if there is none, or not one."""
        if name in self.names.left_out:
            return None
        if name in self.names.items:
            return self.by_slug.get(self.names.items[name])
        candidates = self.by_name.get(name.lower(), set())
        projects = {candidate.project for candidate in candidates}
        if not candidates or (len(candidates) > 1 and (len(projects) > 1 or None in projects)):
            return None
        return min(candidates).pk

    def items(self, names: Iterable[str]) -> dict[str, int]:
        """Return the items of those ``names`` that have one."""
        found = {name: self.item(name) for name in set(names)}
        return {name: pk for name, pk in found.items() if pk is not None}
