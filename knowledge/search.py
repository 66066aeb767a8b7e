"""Search over the knowledge base, by name and by every word, in English and Chinese."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import F

from knowledge.markdown import url_of
from knowledge.models import SearchText, TextKind
from knowledge.search_index import CHINESE, segmented
from projects.search_matching import Needle, Rank, holds_words, needle_of, rank_of

COLUMNS = ("pk", "kind", "path", "title", "title_zh", "summary", "summary_zh", "names")
KINDS = list(TextKind.values)


@dataclass(frozen=True, slots=True)
class TextHit:
    """An entry of the knowledge base that was found; texts in Chinese are "" where nothing is written."""

    kind: TextKind
    path: str
    rank: Rank
    title: str
    title_zh: str
    summary: str
    summary_zh: str
    # As what is found in the catalogue: nothing here has left.
    is_listed: bool = True

    @property
    def url(self) -> str:
        """The address of its page, in the active language."""
        return url_of(self.path)


def search_knowledge(query: str, *, limit: int) -> tuple[TextHit, ...]:
    """Find entries whose names or texts hold ``query``, the best first; at most three queries. Empty finds nothing.

    A name counts with or without blanks and hyphens ("servicemesh"); Chinese is found within a sentence. Where no word is
    found, the text as it was typed is looked for.
    """
    needle = needle_of(query)
    if not needle.text:
        return ()
    named = _named(needle)
    found = {hit.path for hit in named}
    others = [hit for hit in _by_words(needle, most=limit + len(named)) if hit.path not in found]
    if not named and not others:
        others = _by_letters(needle, most=limit)
    return tuple([*named, *others][:limit])


def _named(needle: Needle) -> list[TextHit]:
    """Return the entries that are called so, best first; there are some hundreds, few enough to be looked through."""
    ranks = [(rank_of(needle, row["names"]), row) for row in SearchText.objects.order_by("path").values(*COLUMNS)]
    hits = [_hit(row, rank) for rank, row in ranks if rank is not None]
    return sorted(hits, key=lambda hit: (hit.rank, KINDS.index(hit.kind)))


def _by_words(needle: Needle, *, most: int) -> list[TextHit]:
    if CHINESE.search(needle.text):
        wanted = SearchQuery(segmented(needle.text), config="simple", search_type="phrase")
    else:
        wanted = SearchQuery(needle.text, config="english", search_type="websearch")
    rows = SearchText.objects.filter(words=wanted).annotate(fit=SearchRank(F("words"), wanted))
    return [_hit(row, Rank.CONTEXT) for row in rows.order_by("-fit", "path").values(*COLUMNS)[:most]]


def _by_letters(needle: Needle, *, most: int) -> list[TextHit]:
    rows = SearchText.objects.filter(holds_words(needle.words, ["text"]))
    return [_hit(row, Rank.SIMILAR) for row in rows.order_by("path").values(*COLUMNS)[:most]]


def _hit(row: dict[str, Any], rank: Rank) -> TextHit:
    texts = {name: row[name] for name in ("path", "title", "title_zh", "summary", "summary_zh")}
    return TextHit(kind=TextKind(row["kind"]), rank=rank, **texts)
