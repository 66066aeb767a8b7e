"""How a searched text fits a name: whole, as its beginning, inside it, or misspelt."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.search import TrigramSimilarity, TrigramWordSimilarity
from django.db import connection, transaction
from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Length, Upper

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

LONGEST_QUERY = 100
MOST_WORDS = 6
# pg_trgm's word_similarity (0 to 1) from which a name counts as misspelt: "istoi" for Istio 0.5, "etdc" for etcd 0.4.
LEAST_LIKENESS = 0.4
# Signs that readers leave out or add: "servicemesh", "open-telemetry".
FILLERS = " -_./()&·"
SHORTEST_SQUEEZED = 3
# Chinese keyboards type Latin letters and blanks in full width.
FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: ord(" ")}


class Rank(IntEnum):
    """How well something fits, best first; CONTEXT: by its organization, category or Chinese summary."""

    EXACT = 0
    PREFIX = 1
    SUBSTRING = 2
    ALIAS = 3
    CONTEXT = 4
    SIMILAR = 5


@dataclass(frozen=True, slots=True)
class Needle:
    """What is looked for: the cleaned text, its words, and its letters without filling signs."""

    text: str
    words: tuple[str, ...]
    squeezed: str


def needle_of(query: str) -> Needle:
    """Clean what a reader typed: full-width letters, control signs, runs of blanks, undue length."""
    wide = query[: 2 * LONGEST_QUERY].translate(FULL_WIDTH)
    text = " ".join("".join(sign if sign.isprintable() else " " for sign in wide).split())[:LONGEST_QUERY].strip()
    squeezed = _squeeze(text)
    return Needle(text, tuple(text.split()[:MOST_WORDS]), squeezed if len(squeezed) >= SHORTEST_SQUEEZED else "")


def holds_words(words: Iterable[str], fields: Iterable[str]) -> Q:
    """The condition that every word stands in some of the fields; the words' signs are literal."""
    condition = Q()
    for word in words:
        somewhere = Q()
        for field in fields:
            somewhere |= Q(**{f"{field}__icontains": word})
        condition &= somewhere
    return condition


def rank_of(needle: Needle, names: Iterable[str]) -> Rank | None:
    """How well the best of some names fits, with or without filling signs; None: not at all."""
    ranks = [rank for name in names if name for rank in (_rank(needle, name),) if rank is not None]
    return min(ranks, default=None)


def _rank(needle: Needle, name: str) -> Rank | None:
    text, whole = needle.text.casefold(), name.casefold()
    squeezed, bare = needle.squeezed.casefold(), _squeeze(whole)
    if text == whole or squeezed == bare:
        return Rank.EXACT
    if whole.startswith(text) or (squeezed and bare.startswith(squeezed)):
        return Rank.PREFIX
    if all(word.casefold() in whole for word in needle.words) or (squeezed and squeezed in bare):
        return Rank.SUBSTRING
    return None


def _squeeze(text: str) -> str:
    return "".join(sign for sign in text if sign not in FILLERS)


def ranked(
    rows: QuerySet[Any], needle: Needle, *, fields: tuple[str, ...], further: Mapping[Rank, Q] | None = None
) -> QuerySet[Any]:
    """Keep what fits by name or one of the ``further`` conditions; add ``rank``, best and shortest name first."""
    exact, prefix = Q(), Q()
    for field in fields:
        exact |= Q(**{f"{field}__iexact": needle.text})
        prefix |= Q(**{f"{field}__istartswith": needle.text})
    held = holds_words(needle.words, fields)
    conditions = {Rank.EXACT: exact, Rank.PREFIX: prefix, Rank.SUBSTRING: held, **(further or {})}
    wanted = held
    for condition in (further or {}).values():
        wanted |= condition
    whens = [When(condition, then=Value(int(rank))) for rank, condition in conditions.items()]
    rank = Case(*whens, output_field=IntegerField())
    fitting: QuerySet[Any] = rows.filter(wanted).annotate(rank=rank, length=Length("name"))
    return fitting


@contextmanager
def likeness_indexed() -> Iterator[None]:
    """Let the trigram indexes answer ``misspelt``: they know one limit of likeness, which the transaction sets; one query."""
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", [str(LEAST_LIKENESS)])
        yield


def misspelt(rows: QuerySet[Any], needle: Needle) -> QuerySet[Any]:
    """Keep rows whose name is like the text, most alike first; add ``rank`` and ``likeness``.

    Word likeness finds a word in a long name, likeness of the whole puts the short name first. The rows are to be read
    inside ``likeness_indexed``.
    """
    word_likeness = TrigramWordSimilarity(needle.text, "name")
    alike: QuerySet[Any] = rows.annotate(
        word_likeness=word_likeness,
        rank=Value(int(Rank.SIMILAR), output_field=IntegerField()),
        likeness=F("word_likeness") + TrigramSimilarity("name", needle.text),
        indexed_name=Upper("name"),
    ).filter(indexed_name__trigram_word_similar=Upper(Value(needle.text)))
    return alike
