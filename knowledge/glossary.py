"""All terms of the knowledge base by the first letter, Chinese ones by that of their pinyin."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from knowledge.models import Concept
from projects.localized import in_language, is_chinese, localized

LATIN = re.compile(r"[A-Za-z]")
OTHERS = "#"
# GB 2312 orders its common characters by pinyin: the code at which each letter begins. None begins with I, U or V.
PINYIN = (
    (0xB0A1, "A"), (0xB0C5, "B"), (0xB2C1, "C"), (0xB4EE, "D"), (0xB6EA, "E"), (0xB7A2, "F"), (0xB8C1, "G"),
    (0xB9FE, "H"), (0xBBF7, "J"), (0xBFA6, "K"), (0xC0AC, "L"), (0xC2E8, "M"), (0xC4C3, "N"), (0xC5B6, "O"),
    (0xC5BE, "P"), (0xC6DA, "Q"), (0xC8BB, "R"), (0xC8F6, "S"), (0xCBFA, "T"), (0xCDDA, "W"), (0xCEF4, "X"),
    (0xD1B9, "Y"), (0xD4D1, "Z"),
)  # fmt: skip
# Behind it stand the rare characters, ordered by their strokes.
LAST_COMMON = 0xD7F9


@dataclass(frozen=True, slots=True)
class GlossaryEntry:
    """A term; ``see`` is the title of its concept where the term is another name of it, else ""."""

    name: str
    concept: Concept
    see: str
    other_names: tuple[str, ...] = ()


def glossary(language: str | None) -> list[tuple[str, list[GlossaryEntry]]]:
    """Return titles and further names by letter, each group in order; two queries.

    Chinese readers get Chinese and Latin names, others Latin ones alone.
    """
    concepts = Concept.objects.defer("body", "body_zh").prefetch_related("aliases").order_by("title", "pk")
    entries = [entry for concept in concepts for entry in _entries(concept, language)]
    groups: dict[str, list[GlossaryEntry]] = {}
    for entry in sorted(entries, key=lambda one: _order(one.name)):
        groups.setdefault(initial(entry.name), []).append(entry)
    return sorted(groups.items(), key=lambda group: (group[0] == OTHERS, group[0]))


def initial(name: str) -> str:
    """Return the capital under which a name stands: "S" for "service mesh" and "服务网格" under "F"; "#" for no letter."""
    first = name[:1]
    if LATIN.match(first):
        return first.upper()
    code = _code(first)
    if PINYIN[0][0] <= code <= LAST_COMMON:
        return PINYIN[bisect_right(PINYIN, (code, "~")) - 1][1]
    return OTHERS


def _entries(concept: Concept, language: str | None) -> list[GlossaryEntry]:
    title = localized(concept, "title", language=language)
    names = {title.lower(): title}
    for alias in concept.aliases.all():
        if is_chinese(language) or not alias.is_chinese:
            names.setdefault(alias.name.lower(), alias.name)
    if is_chinese(language):
        names.setdefault(concept.title.lower(), concept.title)
    own = in_language(concept.title_zh, concept.title, language=language)
    others = tuple(dict.fromkeys(name for name in (*names.values(), own) if name and name != title))
    return [
        GlossaryEntry(name, concept, "" if name == title else title, others if name == title else ())
        for name in names.values()
    ]


def _order(name: str) -> tuple[str, int, tuple[int, ...], str]:
    """Order by letter, Latin names before Chinese ones, these by the pinyin of each character."""
    is_latin = bool(LATIN.match(name[:1]))
    return (initial(name), 0 if is_latin else 1, () if is_latin else tuple(_code(one) for one in name), name.lower())


def _code(character: str) -> int:
    try:
        return int.from_bytes(character.encode("gb2312"))
    except UnicodeEncodeError:
        return LAST_COMMON + ord(character or " ")
