"""What a new version of a section leaves as it was: most often all but one card."""

from collections.abc import Iterable, Sequence
from itertools import takewhile
from typing import NamedTuple

from sources.clients.landscape_cards import Card
from sources.clients.landscape_sections import Section, SectionKey
from sources.importers.catalogue_rows import ItemRow
from sources.importers.identity import Standing


class SectionEdit(NamedTuple):
    """A section in its new version: ``begun`` stands between ``head`` and ``tail`` in the place of ``ended``."""

    place: SectionKey
    head: list[ItemRow]
    ended: list[ItemRow]
    begun: list[Standing]
    tail: list[ItemRow]


def section_edit(section: Section, items: list[ItemRow]) -> SectionEdit:
    """Give the difference between the ``items`` of a section and its new version."""
    cards = section.cards
    head = _common(items, cards)
    tail = _common(reversed(items[head:]), tuple(reversed(cards[head:])))
    old_end, new_end = len(items) - tail, len(cards) - tail
    begun = [Standing(section.key, card) for card in cards[head:new_end]]
    return SectionEdit(section.key, items[:head], items[head:old_end], begun, items[old_end:])


def _common(items: Iterable[ItemRow], cards: Sequence[Card]) -> int:
    """Give how many of the first items have just the card that stands in their place."""
    same = takewhile(lambda pair: pair[0].card is pair[1] or pair[0].card == pair[1], zip(items, cards, strict=False))
    return sum(1 for _ in same)
