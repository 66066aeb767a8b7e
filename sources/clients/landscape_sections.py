"""One whole landscape: its categories in order, and the cards of each section."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sources.clients.landscape_card_bodies import CardShelf, NamelessCardError
from sources.clients.landscape_cards import Card
from sources.clients.landscape_values import JSON, TooManyValuesError, json_of, text_of
from sources.clients.landscape_yaml import UnreadableTextError, line_at, load

# landscape2 accepts both.
TOP_KEYS = ("landscape", "categories")


class SectionKey(NamedTuple):
    """What names a section: a subcategory's name is unique only in its category."""

    category: str
    subcategory: str


class CategoryOutline(NamedTuple):
    """A category and the names of its subcategories, in file order, empty ones too."""

    name: str
    subcategories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A subcategory with its cards in file order; ``extra`` holds further keys, such as ``note``, as JSON."""

    category: str
    subcategory: str
    cards: tuple[Card, ...] = ()
    extra: Mapping[str, JSON] = field(default_factory=dict, hash=False)

    @property
    def key(self) -> SectionKey:
        return SectionKey(self.category, self.subcategory)


@dataclass(frozen=True, slots=True)
class Landscape:
    """All that one version says."""

    outline: tuple[CategoryOutline, ...]
    sections: Mapping[SectionKey, Section]


class LandscapeBuilder:
    """Puts a landscape together in file order; what stands twice under one name becomes one."""

    def __init__(self) -> None:
        self._categories: dict[str, dict[str, None]] = {}
        self._sections: dict[SectionKey, Section] = {}

    def add_category(self, name: str) -> None:
        self._categories.setdefault(name, {})

    def add_section(self, section: Section) -> None:
        """Add a section; a second one of that name in that category goes behind the first."""
        key = section.key
        earlier = self._sections.get(key)
        if earlier is not None:
            section = Section(*key, earlier.cards + section.cards, {**earlier.extra, **section.extra})
        self._categories.setdefault(section.category, {})[section.subcategory] = None
        self._sections[key] = section

    def landscape(self) -> Landscape:
        outline = tuple(CategoryOutline(name, tuple(names)) for name, names in self._categories.items())
        return Landscape(outline, self._sections)


def read_whole(text: bytes, shelf: CardShelf) -> Landscape:
    """Give the landscape in ``text`` by parsing all of it; raises ``UnreadableTextError``."""
    try:
        return _landscape_of(load(text), shelf)
    except _WrongPartError as wrong:
        raise UnreadableTextError(wrong.reason, line_at(text, wrong.path)) from wrong


class _WrongPartError(Exception):
    """A part of the document that has not the landscape's shape, and its place."""

    def __init__(self, reason: str, path: Sequence[str | int]) -> None:
        self.reason = reason
        self.path = path
        super().__init__(reason)


def _landscape_of(document: object, shelf: CardShelf) -> Landscape:
    top = next((key for key in TOP_KEYS if isinstance(document, Mapping) and key in document), None)
    if top is None or not isinstance(document, Mapping):
        raise UnreadableTextError("not a landscape, since it has no key 'landscape' or 'categories'")
    builder = LandscapeBuilder()
    for index, category in _mappings(document[top], "category", (top,)):
        name = _name_of(category, "category", (top, index))
        builder.add_category(name)
        path = (top, index, "subcategories")
        for place, subcategory in _mappings(category.get("subcategories"), "subcategory", path):
            builder.add_section(_section_of(subcategory, name, (*path, place), shelf))
    return builder.landscape()


def _section_of(body: Mapping[Any, Any], category: str, path: Sequence[str | int], shelf: CardShelf) -> Section:
    name = _name_of(body, "subcategory", path)
    cards = []
    for place, item in _mappings(body.get("items"), "item", (*path, "items")):
        try:
            cards.append(shelf.card(item))
        except (NamelessCardError, TooManyValuesError) as error:
            raise _WrongPartError(str(error), (*path, "items", place)) from error
    try:
        return Section(category, name, tuple(cards), section_extra(body))
    except TooManyValuesError as error:
        raise _WrongPartError(str(error), path) from error


def _name_of(body: Mapping[Any, Any], kind: str, path: Sequence[str | int] = ()) -> str:
    """Give the name of a category or subcategory; raises if it is blank."""
    name = text_of(body.get("name"))
    if not name:
        raise _WrongPartError(f"a {kind} has no name", path)
    return name


def section_extra(body: Mapping[Any, Any]) -> dict[str, JSON]:
    """Give what a subcategory says beside its name and items, as JSON."""
    known = {"subcategory", "name", "items"}
    kept = json_of({key: value for key, value in body.items() if key not in known and value is not None})
    return kept if isinstance(kept, dict) else {}


def _mappings(value: object, kind: str, path: Sequence[str | int]) -> Iterable[tuple[int, Mapping[Any, Any]]]:
    """Give the mappings of a list with their places; null stands for an empty list, and null entries are skipped."""
    if value is not None and not isinstance(value, list):
        raise _WrongPartError(f"the list of {_PLURALS[kind]} is no list", path)
    for place, entry in enumerate(value or ()):
        if entry is None:
            continue
        if not isinstance(entry, Mapping):
            raise _WrongPartError(f"a {kind} is no mapping", (*path, place))
        nested = entry.get(kind)
        yield place, {**nested, **entry} if isinstance(nested, Mapping) else entry


_PLURALS = {"category": "categories", "subcategory": "subcategories", "item": "items"}
