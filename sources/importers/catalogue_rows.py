"""What the state machine hands to the writer: plain rows that know nothing of the database."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from projects.models import ChangeKind, ItemKind, TaxonomyBreakKind
from sources.clients.landscape_cards import Card
from sources.clients.landscape_sections import SectionKey
from sources.importers.spans import Span


@dataclass(slots=True, eq=False)
class VersionRow:
    """One version of the file; ``effective_at`` never decreases along the mainline."""

    position: int
    commit: str
    committed_at: datetime
    effective_at: datetime
    problem: str = ""
    pk: int = 0


class Statement(NamedTuple):
    """What the landscape says of an item: its card, and where it stands."""

    card: Card
    place: SectionKey


class SectionPosition(NamedTuple):
    """Where a section stands: the place of its category, and its own in it."""

    category: int
    subcategory: int


@dataclass(slots=True, eq=False)
class ItemRow:
    """One item: its newest statement, whether that still stands, and every name it ever had."""

    statement: Statement
    kind: ItemKind
    position: int
    listed_at: datetime
    delisted_at: datetime | None = None
    names: dict[str, None] = field(default_factory=dict)
    pk: int = 0

    @property
    def card(self) -> Card:
        return self.statement.card

    @property
    def place(self) -> SectionKey:
        return self.statement.place

    @property
    def is_listed(self) -> bool:
        return self.delisted_at is None


class PeriodNote(NamedTuple):
    """What a period keeps without being ended by it: the version that began it, and the position at that time."""

    version: VersionRow
    position: int
    kind: ItemKind


class Difference(NamedTuple):
    """One difference; ``before`` or ``after`` is empty where there was, or is, nothing."""

    kind: ChangeKind
    before: str
    after: str


@dataclass(slots=True, eq=False)
class BreakRow:
    """A section that was renamed, split, merged, added or removed; texts are as people read them."""

    version: VersionRow
    kind: TaxonomyBreakKind
    before: str
    after: str
    items: int
    pk: int = 0


@dataclass(slots=True)
class ChangeRow:
    """One difference between two neighbouring versions; ``category`` is where the item stood afterwards."""

    item: ItemRow
    difference: Difference
    category: str
    version: VersionRow
    taxonomy_break: BreakRow | None = None


class StageKey(NamedTuple):
    """A stage of an item, for which a day may be declared."""

    item: ItemRow
    stage: str


PeriodSpan = Span[ItemRow, Statement]
StageSpan = Span[StageKey, date]
SectionSpan = Span[SectionKey, SectionPosition]


def place_text(place: SectionKey) -> str:
    """Give a section as people read it."""
    return f"{place.category} / {place.subcategory}"
