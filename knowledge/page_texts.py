"""The texts of one page in the reader's language, in which each term leads to its concept once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from knowledge.markdown import render
from knowledge.terms import Vocabulary
from projects.localized import is_chinese, localized

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.utils.safestring import SafeString


@dataclass(frozen=True, slots=True)
class PageTexts:
    """Renders texts in the order in which a page shows them; ``linked`` are the concepts that were linked so far."""

    vocabulary: Vocabulary
    language: str | None
    linked: set[str] = field(default_factory=set)

    @classmethod
    def begin(cls, language: str | None, *, without: Iterable[str] = ()) -> PageTexts:
        """Read the vocabulary for a page; two queries. ``without``: concepts it never links, such as its own."""
        return cls(Vocabulary.read(language), language, set(without))

    def prose(self, row: object, name: str) -> SafeString:
        """Return a text of paragraphs as HTML."""
        return render(self._text(row, name), vocabulary=self.vocabulary, linked=self.linked)

    def line(self, row: object, name: str) -> SafeString:
        """Return a sentence as HTML without a paragraph of its own."""
        return render(self._text(row, name), vocabulary=self.vocabulary, linked=self.linked, is_line=True)

    def is_missing(self, row: object, name: str) -> bool:
        """Tell whether the reader's language lacks this text, so that the English one stands for it."""
        return is_chinese(self.language) and bool(getattr(row, name)) and not getattr(row, f"{name}_zh")

    def _text(self, row: object, name: str) -> str:
        return localized(row, name, language=self.language)
