"""Addresses for things with names: readable, unique, and never changed once given."""

import hashlib
from collections.abc import Iterable

from django.utils.text import slugify

_DIGITS = 6


class SlugBook:
    """The slugs that are taken, and new ones on demand."""

    def __init__(self, taken: Iterable[str], *, max_length: int) -> None:
        self._taken = set(taken)
        self._max_length = max_length

    def __contains__(self, slug: str) -> bool:
        return slug in self._taken

    def take(self, slug: str) -> None:
        """Note that a slug is in use."""
        self._taken.add(slug)

    def give(self, name: str, *distinctions: str, fallback: str) -> str:
        """Give a free slug of ``name``: by itself, else with the first distinction that makes it free, else a number.

        For a name without a Latin letter or digit, ``fallback`` stands with what only that name has, so that the slug
        does not depend on which of several such names comes first.
        """
        base = self.slug_of(name) or f"{fallback}-{hashlib.sha256(name.encode()).hexdigest()[:_DIGITS]}"
        candidates = [base, *(f"{base}-{slugify(distinction)}" for distinction in distinctions if slugify(distinction))]
        slug = next((one for one in candidates if self._is_free(one)), None) or self._numbered(base)
        self._taken.add(slug)
        return slug

    def slug_of(self, name: str) -> str:
        """Give the slug that ``name`` would have if it were free."""
        return slugify(name)[: self._max_length - 20].strip("-_")

    def _is_free(self, slug: str) -> bool:
        return slug not in self._taken and len(slug) <= self._max_length

    def _numbered(self, base: str) -> str:
        number = 2
        while f"{base}-{number}" in self._taken:
            number += 1
        return f"{base}-{number}"
