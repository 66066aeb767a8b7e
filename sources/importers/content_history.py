"""The built-in items' histories as versions of a landscape, so that the same state machine reads them."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import groupby
from typing import NamedTuple

from sources.clients.content_files import ItemEntry, Statement, TaxonomyEntry
from sources.clients.landscape_cards import Card, Stage
from sources.clients.landscape_history import Version
from sources.clients.landscape_sections import CategoryOutline, Section, SectionKey


class _Moment(NamedTuple):
    at: datetime
    commit: str


class _Said(NamedTuple):
    moment: _Moment
    item: ItemEntry
    statement: Statement


Places = Mapping[SectionKey, Mapping[str, Card]]


def content_versions(items: Iterable[ItemEntry], taxonomy: TaxonomyEntry) -> Iterator[Version]:
    """Give one version for each commit that the items' histories name, oldest first.

    Each holds only these items: cards stand in the order of their names, sections in that of the taxonomy's file.
    """
    ranks = _Ranks(taxonomy)
    said = sorted(
        (
            _Said(_Moment(statement.at, statement.commit), item, statement)
            for item in items
            for statement in item.history
        ),
        key=lambda one: (one.moment, one.item.slug),
    )
    standing: dict[str, tuple[SectionKey, Card]] = {}
    before: Places = {}
    for position, (moment, changes) in enumerate(groupby(said, key=lambda one: one.moment)):
        for _, item, statement in changes:
            standing.pop(item.slug, None)
            if statement.category:
                place = SectionKey(statement.category, statement.subcategory)
                standing[item.slug] = (place, card_of_statement(item, statement))
        now = _places(standing.values(), ranks)
        yield _version(position, moment, before, now)
        before = now


def card_of_statement(item: ItemEntry, statement: Statement) -> Card:
    """Give the card that a statement stands for; home page and licence are the item's newest."""
    return Card(
        name=statement.name,
        homepage_url=item.homepage_url,
        repository_url=statement.repository_url,
        maturity=statement.maturity,
        crunchbase_permalink=statement.organization,
        license=item.license,
        stages=tuple(Stage(stage, day) for stage, day in statement.stages),
    )


class _Ranks:
    """The order of sections: as the taxonomy's file lists their names, those it does not know at the end."""

    def __init__(self, taxonomy: TaxonomyEntry) -> None:
        self.categories = {name: rank for rank, name in enumerate(taxonomy.categories)}
        self.subcategories = {name: rank for rank, name in enumerate(taxonomy.subcategories)}

    def __call__(self, place: SectionKey) -> tuple[int, str, int, str]:
        last = len(self.categories) + len(self.subcategories)
        rank = self.categories.get(place.category, last)
        return rank, place.category, self.subcategories.get(place.subcategory, last), place.subcategory


def _places(standing: Iterable[tuple[SectionKey, Card]], ranks: _Ranks) -> Places:
    places: dict[SectionKey, dict[str, Card]] = {}
    for place, card in sorted(standing, key=lambda one: (ranks(one[0]), one[1].name)):
        places.setdefault(place, {})[card.name] = card
    return places


def _version(position: int, moment: _Moment, before: Places, now: Places) -> Version:
    changed = [
        Section(place.category, place.subcategory, tuple(cards.values()))
        for place, cards in now.items()
        if before.get(place) != cards
    ]
    outline = tuple(
        CategoryOutline(category, tuple(place.subcategory for place in places))
        for category, places in groupby(now, key=lambda place: place.category)
    )
    return Version(
        position=position,
        commit=moment.commit,
        committed_at=moment.at,
        status="read",
        problem="",
        outline=outline,
        changed=tuple(changed),
        removed=tuple(place for place in before if place not in now),
    )
