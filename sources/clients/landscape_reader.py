"""Reading version after version of one landscape file, so that only what changed is parsed.

A history of thousands of versions repeats the same few thousand items. So a version's text is cut at the lines
``- category:``, ``- subcategory:`` and ``- `` (item); a section whose bytes are those of the version before is taken
over, and of the others only item texts never seen go to the YAML parser. Cut texts are parsed each by itself, and each
must give exactly what its place demands. Whatever does not (other indentation inside one category, anchors used
across items, marks inside quotes, a second top-level key) sends the whole version to the parser.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

from sources.clients.landscape_card_bodies import CardShelf, NamelessCardError
from sources.clients.landscape_sections import TOP_KEYS, Landscape, LandscapeBuilder, Section, read_whole, section_extra
from sources.clients.landscape_values import TooManyValuesError, text_of
from sources.clients.landscape_yaml import MAX_BYTES, UnreadableTextError, load

_MARK = re.compile(rb"( *)- (sub)?category:")
_MARK_WORD = b"category:"
_FIRST_ITEM = re.compile(rb"^( *)- ", re.MULTILINE)
_BLOCK = 1 << 16


class Mark(NamedTuple):
    """A line that begins a category or a subcategory: its offset, and the column of its dash."""

    offset: int
    column: int
    is_category: bool


class UnusualFormError(Exception):
    """The text is not of the usual form; the whole of it must be parsed."""


class _Piece(NamedTuple):
    """A section of the version before, with the bytes it was read from."""

    category: str
    text: bytes
    section: Section


class _Part(NamedTuple):
    """The bounds of one subcategory's text, with the name of its category and the column of its dash."""

    category: str
    start: int
    end: int
    column: int


class LandscapeReader:
    """Reads versions in order; equal cards are one object over all of them, and so are unchanged sections."""

    def __init__(self) -> None:
        self.shelf = CardShelf()
        self.whole_parses = 0
        self._cards: dict[bytes, Any] = {}
        self._heads: dict[bytes, dict[Any, Any]] = {}
        self._tops: set[bytes] = set()
        self._text = b""
        self._marks: list[Mark] = []
        self._pieces: list[_Piece] = []

    def read(self, text: bytes) -> Landscape:
        """Give the landscape in ``text``; raises ``UnreadableTextError`` and then remembers the version before."""
        if len(text) > MAX_BYTES:
            return read_whole(text, self.shelf)
        try:
            return self._read_pieces(text)
        except (UnusualFormError, UnreadableTextError, NamelessCardError, TooManyValuesError):
            self.whole_parses += 1
            return read_whole(text, self.shelf)

    def _read_pieces(self, text: bytes) -> Landscape:
        marks = _marks(text, self._text, self._marks)
        builder = LandscapeBuilder()
        pieces: list[_Piece] = []
        earlier = _Earlier(self._pieces)
        for part in self._parts(text, marks, builder):
            piece = earlier.same(part, text)
            if piece is None:
                piece = self._piece(part, text)
                earlier.skip_to(piece.section)
            pieces.append(piece)
            builder.add_section(piece.section)
        self._text, self._marks, self._pieces = text, marks, pieces
        return builder.landscape()

    def _parts(self, text: bytes, marks: list[Mark], builder: LandscapeBuilder) -> Iterator[_Part]:
        """Walk over the marks, check that they nest, and give the subcategories."""
        if not marks or not marks[0].is_category:
            raise UnusualFormError
        self._check_top(text[: marks[0].offset])
        category, category_column, column = "", marks[0].column, 0
        for mark, following in pairwise([*marks, Mark(len(text), 0, is_category=True)]):
            if mark.is_category:
                _expect(mark.column == category_column)
                column = 0 if following.is_category else following.column
                _expect(following.is_category or column >= category_column + 2)
                category = self._category(text[mark.offset : following.offset], has_parts=not following.is_category)
                builder.add_category(category)
            else:
                _expect(mark.column == column)
                yield _Part(category, mark.offset, following.offset, mark.column)

    def _check_top(self, head: bytes) -> None:
        """Make sure that what stands above the first category opens the list of categories."""
        if head not in self._tops:
            top = load(head)
            _expect(isinstance(top, dict))
            present = [key for key in TOP_KEYS if key in top]
            _expect(len(present) == 1 and list(top)[-1] == present[0] and top[present[0]] is None)
            self._tops.add(head)

    def _category(self, head: bytes, *, has_parts: bool) -> str:
        body = self._head(head)
        _expect(not body.get("subcategories"))
        _expect(not has_parts or (list(body)[-1] == "subcategories" and body["subcategories"] is None))
        return _name(body, "category")

    def _piece(self, part: _Part, text: bytes) -> _Piece:
        """Read one section whose text is new: its head, then its items, each from memory if it was ever seen."""
        body_text = text[part.start : part.end]
        first = _FIRST_ITEM.search(body_text, body_text.find(b"\n") + 1)
        body = self._head(body_text[: first.start()] if first else body_text)
        _expect(not body.get("items"))
        cards: tuple[Any, ...] = ()
        if first:
            _expect(list(body)[-1] == "items" and body["items"] is None)
            column = len(first[1])
            _expect(column >= part.column + 2)
            cards = tuple(map(self._card, _items(body_text, first.start(), column)))
        section = Section(part.category, _name(body, "subcategory"), cards, section_extra(body))
        return _Piece(part.category, body_text, section)

    def _card(self, item: bytes) -> Any:
        card = self._cards.get(item)
        if card is None:
            card = self._cards[item] = self.shelf.card(_only_mapping(item))
        return card

    def _head(self, text: bytes) -> dict[Any, Any]:
        body = self._heads.get(text)
        if body is None:
            body = self._heads[text] = _only_mapping(text)
        return body


class _Earlier:
    """The version before, followed section by section."""

    def __init__(self, pieces: list[_Piece]) -> None:
        self._pieces = pieces
        self._next = 0

    def same(self, part: _Part, text: bytes) -> _Piece | None:
        """Give the next earlier section if this one has the same bytes in the same category."""
        if self._next == len(self._pieces):
            return None
        piece = self._pieces[self._next]
        size = part.end - part.start
        if size != len(piece.text) or part.category != piece.category or text[part.start : part.end] != piece.text:
            return None
        self._next += 1
        return piece

    def skip_to(self, section: Section) -> None:
        """Go behind the earlier section of this name, if it still lies ahead."""
        for place in range(self._next, len(self._pieces)):
            if self._pieces[place].section.key == section.key:
                self._next = place + 1
                return


def _marks(text: bytes, earlier_text: bytes, earlier: list[Mark]) -> list[Mark]:
    """Give all marks of ``text``; only the lines that differ from ``earlier_text`` are looked at.

    A mark depends on nothing but its own line, so those in the common beginning and end stay.
    """
    same = _common_prefix(text, earlier_text)
    start = text.rfind(b"\n", 0, same) + 1
    tail = _common_suffix(text, earlier_text, min(len(text), len(earlier_text)) - start)
    end = text.find(b"\n", len(text) - tail) + 1 or len(text)
    moved = len(text) - len(earlier_text)
    before = [mark for mark in earlier if mark.offset < start]
    after = [mark._replace(offset=mark.offset + moved) for mark in earlier if mark.offset + moved >= end]
    return before + list(_marks_between(text, start, end)) + after


def _marks_between(text: bytes, start: int, end: int) -> Iterator[Mark]:
    """Give the marks in whole lines; looking for the word first is ten times faster than a pattern on every line."""
    place = start
    while (place := text.find(_MARK_WORD, place, end)) >= 0:
        line = text.rfind(b"\n", 0, place) + 1
        place += len(_MARK_WORD)
        if (found := _MARK.match(text, line)) and found.end() == place:
            yield Mark(line, len(found[1]), found[2] is None)


def _common_prefix(one: bytes, other: bytes) -> int:
    """Give how many bytes at the beginning are the same, by comparing blocks and then halving the one that differs."""
    size = min(len(one), len(other))
    low = 0
    while low < size and one[low : low + _BLOCK] == other[low : low + _BLOCK]:
        low += _BLOCK
    high = min(low + _BLOCK, size)
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return min(low, size)


def _common_suffix(one: bytes, other: bytes, limit: int) -> int:
    """Give how many bytes at the end are the same, at most ``limit``."""
    low = 0
    while low < limit and _from_end(one, low, low + _BLOCK) == _from_end(other, low, low + _BLOCK):
        low += _BLOCK
    high = min(low + _BLOCK, limit)
    while low < high:
        middle = (low + high + 1) // 2
        if _from_end(one, low, middle) == _from_end(other, low, middle):
            low = middle
        else:
            high = middle - 1
    return min(low, limit)


def _from_end(text: bytes, start: int, stop: int) -> bytes:
    size = len(text)
    return text[max(size - stop, 0) : max(size - start, 0)]


def _items(text: bytes, start: int, column: int) -> Iterator[bytes]:
    """Cut at every line that has a dash in ``column``; each text keeps its last line break, which block scalars need."""
    dash = b"\n" + b" " * column + b"- "
    while (found := text.find(dash, start)) >= 0:
        yield text[start : found + 1]
        start = found + 1
    yield text[start:]


def _only_mapping(text: bytes) -> dict[Any, Any]:
    parsed = load(text)
    _expect(isinstance(parsed, list) and len(parsed) == 1 and isinstance(parsed[0], dict))
    return parsed[0]  # type: ignore[no-any-return]  # just checked


def _name(body: dict[Any, Any], marker: str) -> str:
    _expect(not isinstance(body.get(marker), dict))
    name = text_of(body.get("name"))
    _expect(bool(name))
    return name


def _expect(condition: bool) -> None:  # noqa: FBT001 - an assertion
    if not condition:
        raise UnusualFormError
