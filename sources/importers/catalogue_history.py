"""The state machine that turns versions of a landscape into items, periods and changes; it knows no database."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from projects.models import ChangeKind
from sources.clients.landscape_history import Version
from sources.clients.landscape_sections import CategoryOutline, SectionKey
from sources.importers.card_changes import differences, maturity_differences
from sources.importers.catalogue_rows import (
    BreakRow,
    ChangeRow,
    Difference,
    ItemRow,
    PeriodNote,
    SectionPosition,
    StageKey,
    Statement,
    VersionRow,
    place_text,
)
from sources.importers.identity import Standing
from sources.importers.kinds import card_kind
from sources.importers.notices import Kind, Notices
from sources.importers.roster import Roster
from sources.importers.section_edits import section_edit
from sources.importers.spans import Timeline
from sources.importers.taxonomy_breaks import Flow, taxonomy_breaks

if TYPE_CHECKING:
    from datetime import date

Outline: TypeAlias = tuple[CategoryOutline, ...]


class Move(NamedTuple):
    """A card that went from one section to another, and the change that says so."""

    flow: Flow
    change: ChangeRow


class CatalogueHistory:
    """The catalogue as the newest version leaves it, and every row that tells how it came to be.

    ``read`` takes the versions in order. Before, ``resume`` takes over what earlier imports stored; the rows that
    follow are the same as if all versions had been read at once.
    """

    def __init__(self, renamed_from: Mapping[str, str]) -> None:
        self.roster = Roster(renamed_from)
        self.items: list[ItemRow] = []
        self.newest: VersionRow | None = None
        self.outline: Outline = ()
        self.outlines: list[Outline] = []
        self.versions: list[VersionRow] = []
        self.changes: list[ChangeRow] = []
        self.breaks: list[BreakRow] = []
        self.notices = Notices()
        self.statements: list[Statement] = []
        self.periods: Timeline[ItemRow, Statement] = Timeline()
        self.stages: Timeline[StageKey, date] = Timeline()
        self.section_times: Timeline[SectionKey, SectionPosition] = Timeline()
        self.touched: dict[ItemRow, None] = {}
        self._placed: dict[ItemRow, None] = {}
        self._phantoms: set[tuple[ItemRow, str]] = set()

    def resume(self, items: Iterable[ItemRow], newest: VersionRow, outline: Outline) -> None:
        """Take over stored items, the newest stored version, and the sections of the newest readable one."""
        self.items = list(items)
        self.newest = newest
        self.outline = outline
        self.roster.resume(self.items, (place for place, _ in section_positions(outline)))
        self._placed = {item: None for item in self.roster.listed() if item.card.other_placements}
        self._phantoms = set(self._phantom_placements())

    def read(self, version: Version) -> None:
        """Take the next version of the mainline; an unreadable one leaves everything as it was."""
        row = self._version_row(version)
        self.versions.append(row)
        self.newest = row
        if version.status == "unreadable":
            self.notices.add(Kind.UNREADABLE, version.commit, version.problem, row)
            return
        before = {place: len(items) for place, items in self.roster.sections.items()}
        moves = self._take_cards(version, row)
        if version.outline != self.outline:
            self._take_outline(version.outline, before, moves)
        self._note_phantoms(row)

    def _version_row(self, version: Version) -> VersionRow:
        if version.committed_at is None:
            raise ValueError("A version without a date cannot take part in a history.")
        effective_at = max(version.committed_at, self.newest.effective_at) if self.newest else version.committed_at
        return VersionRow(version.position, version.commit, version.committed_at, effective_at, version.problem)

    def _take_cards(self, version: Version, row: VersionRow) -> list[Move]:
        """Take the changed sections and give the moves of cards between sections."""
        sections = self.roster.sections
        edits = [section_edit(section, sections.get(section.key, [])) for section in version.changed]
        ended = {item: Standing(item.place, item.card) for edit in edits for item in edit.ended}
        for place in version.removed:
            ended |= {item: Standing(place, item.card) for item in sections.pop(place, ())}
        assigned = self.roster.assign(ended, dict(enumerate(standing for edit in edits for standing in edit.begun)))
        remaining = set(assigned.values())
        for item in ended:
            if item not in remaining:
                self._delist(item, row)
        moves: list[Move] = []
        index = 0
        for edit in edits:
            placed = []
            for position, standing in enumerate(edit.begun, start=len(edit.head)):
                statement = Statement(standing.card, standing.place)
                known = assigned.get(index)
                if known is not None:
                    moves += self._restate(known, statement, position, row)
                placed.append(known or self._list(statement, position, row))
                index += 1
            self._shift(edit.tail, len(edit.head) + len(placed))
            sections[edit.place] = [*edit.head, *placed, *edit.tail]
        return moves

    def _shift(self, items: Iterable[ItemRow], start: int) -> None:
        for position, item in enumerate(items, start=start):
            if item.position != position:
                item.position = position
                self.touched[item] = None

    def _list(self, statement: Statement, position: int, row: VersionRow) -> ItemRow:
        card, place = statement
        item = ItemRow(statement, card_kind(card, place), position, row.effective_at)
        self.items.append(item)
        self._note_name(item, statement, row)
        self.notices.add_card(card, row, before=None)
        self._state(item, statement, position, row)
        self._change(item, Difference(ChangeKind.LISTED, "", place_text(place)), row)
        for difference in maturity_differences("", card.maturity):
            self._change(item, difference, row)
        return item

    def _restate(self, item: ItemRow, statement: Statement, position: int, row: VersionRow) -> list[Move]:
        """Give an item its new statement, and give its move if it went to another section."""
        before, was_listed = item.statement, item.is_listed
        if was_listed and statement == before:
            if position != item.position:
                item.position = position
                self.touched[item] = None
            return []
        if statement.card.name != before.card.name or not was_listed:
            self._note_name(item, statement, row)
        self.notices.add_card(statement.card, row, before=before.card)
        self._state(item, statement, position, row)
        if not was_listed:
            self._change(item, Difference(ChangeKind.RELISTED, "", place_text(statement.place)), row)
        moves = []
        for difference in differences(before, statement):
            change = self._change(item, difference, row)
            if difference.kind == ChangeKind.MOVED:
                moves.append(Move(Flow(before.place, statement.place), change))
        return moves

    def _delist(self, item: ItemRow, row: VersionRow) -> None:
        item.delisted_at = row.effective_at
        self.touched[item] = None
        self._placed.pop(item, None)
        self.periods.end(item, row.effective_at)
        for stage in item.card.stages:
            self.stages.end(StageKey(item, stage.stage), row.effective_at)
        self._change(item, Difference(ChangeKind.DELISTED, place_text(item.place), ""), row)

    def _state(self, item: ItemRow, statement: Statement, position: int, row: VersionRow) -> None:
        """Let ``statement`` be what the landscape says of ``item`` from this version on."""
        no_longer = {stage.stage for stage in item.card.stages} - {stage.stage for stage in statement.card.stages}
        for stage in no_longer:
            self.stages.end(StageKey(item, stage), row.effective_at)
        for stage, day in statement.card.stages:
            self.stages.state(StageKey(item, stage), day, row.effective_at)
        item.statement, item.kind, item.position = statement, card_kind(*statement), position
        self.statements.append(statement)
        item.delisted_at = None
        item.names[statement.card.name] = None
        self.touched[item] = None
        self._placed.pop(item, None)
        if statement.card.other_placements:
            self._placed[item] = None
        self.periods.state(item, statement, row.effective_at, PeriodNote(row, position, item.kind))

    def _change(self, item: ItemRow, difference: Difference, row: VersionRow) -> ChangeRow:
        change = ChangeRow(item, difference, item.place.category, row)
        self.changes.append(change)
        return change

    def _take_outline(self, outline: Outline, before: Mapping[SectionKey, int], moves: list[Move]) -> None:
        """Take the order of the sections, and find out where they broke."""
        row = self.versions[-1]
        positions = dict(section_positions(outline))
        for place, _ in section_positions(self.outline):
            if place not in positions:
                self.section_times.end(place, row.effective_at)
        for place, position in positions.items():
            self.section_times.state(place, position, row.effective_at)
        self.outline = outline
        self.outlines.append(outline)
        if not before:
            return
        after = {place: len(items) for place, items in self.roster.sections.items()}
        for found in taxonomy_breaks(before=before, after=after, moves=[move.flow for move in moves]):
            taxonomy_break = BreakRow(row, found.kind, *found.texts(), found.items)
            self.breaks.append(taxonomy_break)
            flows = set(found.flows)
            for move in moves:
                if move.flow in flows:
                    move.change.taxonomy_break = taxonomy_break

    def _note_name(self, item: ItemRow, statement: Statement, row: VersionRow) -> None:
        if self.roster.bearers(statement.card.name) > 1:
            self.notices.add(Kind.DUPLICATE, statement.card.name, place_text(statement.place), row)

    def _note_phantoms(self, row: VersionRow) -> None:
        phantoms = set(self._phantom_placements())
        for name, path in sorted((item.card.name, path) for item, path in phantoms - self._phantoms):
            self.notices.add(Kind.PLACEMENT, f"{name}: {path}", "", row)
        self._phantoms = phantoms

    def _phantom_placements(self) -> Iterator[tuple[ItemRow, str]]:
        for item in self._placed:
            for placement in item.card.other_placements:
                place = SectionKey(*placement)
                if place not in self.roster.sections:
                    yield item, place_text(place)


def section_positions(outline: Outline) -> Iterator[tuple[SectionKey, SectionPosition]]:
    """Give every section of an outline with its position."""
    for category_position, category in enumerate(outline):
        for position, name in enumerate(category.subcategories):
            yield SectionKey(category.name, name), SectionPosition(category_position, position)
