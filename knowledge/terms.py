"""The words that have a concept of their own, so that any text can lead to it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from knowledge.models import Concept, ConceptAlias
from projects.localized import in_language

if TYPE_CHECKING:
    from collections.abc import Iterator

# Shorter words stand in other words and mean nothing alone ("API" is three).
SHORTEST_LATIN, SHORTEST_CHINESE = 3, 2
LATIN = re.compile(r"[A-Za-z0-9]")


@dataclass(frozen=True, slots=True)
class Term:
    """A word, and the concept that explains it; ``definition`` is one sentence in the reader's language."""

    name: str
    slug: str
    definition: str


@dataclass(frozen=True)
class Vocabulary:
    """All terms of one language, the longest first, so that "API gateway" is found before "API"."""

    terms: tuple[Term, ...]

    @classmethod
    def read(cls, language: str | None) -> Vocabulary:
        """Read the titles and aliases of all concepts, in both languages; two queries."""
        concepts = Concept.objects.values_list("pk", "slug", "title", "title_zh", "definition", "definition_zh")
        found: dict[str, Term] = {}
        keys: dict[int, tuple[str, str]] = {}
        for key, slug, title, title_zh, definition, definition_zh in concepts.order_by("slug"):
            keys[key] = (slug, in_language(definition, definition_zh, language=language))
            for name in (title, title_zh):
                _add(found, name, *keys[key])
        for key, name in ConceptAlias.objects.order_by("concept__slug", "name").values_list("concept_id", "name"):
            _add(found, name, *keys[key])
        return cls(tuple(sorted(found.values(), key=lambda term: (-len(term.name), term.name))))

    @cached_property
    def pattern(self) -> re.Pattern[str] | None:
        """The expression that finds any term; None if there are no terms."""
        return _pattern(tuple(term.name.lower() for term in self.terms)) if self.terms else None

    @cached_property
    def by_name(self) -> dict[str, Term]:
        """Terms by their name in lower case."""
        return {term.name.lower(): term for term in self.terms}

    def find(self, text: str) -> Iterator[tuple[int, int, Term]]:
        """Give the terms of a text with their places, from left to right, none within another."""
        if self.pattern is not None:
            lowered = text.lower()
            # A letter that becomes two in lower case would move all places behind it.
            searched = lowered if len(lowered) == len(text) else text
            for match in self.pattern.finditer(searched):
                yield match.start(), match.end(), self.by_name[match.group()]


def _add(found: dict[str, Term], name: str, slug: str, definition: str) -> None:
    shortest = SHORTEST_LATIN if LATIN.search(name) else SHORTEST_CHINESE
    if len(name) >= shortest:
        found.setdefault(name.lower(), Term(name, slug, definition))


@lru_cache(maxsize=8)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    """Compile the expression of names in lower case, which takes a tenth of a second: Latin words end where they end.

    Words that begin alike stand together, so that most places of a text are passed over by their first letter.
    """
    latin = [_expression(name) for name in names if LATIN.match(name[0])]
    others = [_expression(name) for name in names if not LATIN.match(name[0])]
    groups = [(r"(?<![A-Za-z0-9])", latin), ("", others)]
    return re.compile("|".join(f"{before}(?:{'|'.join(words)})" for before, words in groups if words))


def _expression(name: str) -> str:
    """Return the expression of a name; Chinese words have no ends."""
    return re.escape(name) + (r"(?![A-Za-z0-9])" if LATIN.match(name[-1]) else "")
