"""Cuts the knowledge base into words, so that a search finds them: English by stems, Chinese by segmentation."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import rjieba
from django.db import connection, transaction

from knowledge.models import (
    Comparison,
    Concept,
    Forecast,
    Insight,
    Question,
    SearchText,
    Statement,
    TextKind,
    TimelineEvent,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

CHINESE = re.compile(r"[\u3400-\u9fff]")
LONGEST_TITLE = 300
# Parts of a text by weight: names, then what sums it up, then all the rest.
WEIGHTS = "abc"
LANGUAGES = ("english", "chinese")

# PostgreSQL cuts English into stems; Chinese comes cut already.
_STORE = """
INSERT INTO knowledge_searchtext (kind, path, title, title_zh, summary, summary_zh, names, text, words)
SELECT kind, path, title, title_zh, summary, summary_zh, ARRAY(SELECT jsonb_array_elements_text(names)), text,
    setweight(to_tsvector('english', a_english) || to_tsvector('simple', a_chinese), 'A')
    || setweight(to_tsvector('english', b_english) || to_tsvector('simple', b_chinese), 'B')
    || setweight(to_tsvector('english', c_english) || to_tsvector('simple', c_chinese), 'C')
FROM jsonb_to_recordset(%s::jsonb) AS given (
    kind text, path text, title text, title_zh text, summary text, summary_zh text, names jsonb, text text,
    a_english text, a_chinese text, b_english text, b_chinese text, c_english text, c_chinese text
)
ON CONFLICT (path) DO UPDATE SET kind = EXCLUDED.kind, title = EXCLUDED.title, title_zh = EXCLUDED.title_zh,
    summary = EXCLUDED.summary, summary_zh = EXCLUDED.summary_zh, names = EXCLUDED.names, text = EXCLUDED.text,
    words = EXCLUDED.words
"""


@dataclass(frozen=True, slots=True)
class Text:
    """One entry's texts, each in both languages; ``parts`` stand in the order of ``WEIGHTS``."""

    kind: TextKind
    path: str
    title: str
    title_zh: str
    summary: str
    summary_zh: str
    names: tuple[str, ...]
    body: str = ""
    body_zh: str = ""

    @property
    def parts(self) -> tuple[tuple[str, str], ...]:
        """English and Chinese of each weight."""
        english = [name for name in self.names if not CHINESE.search(name)]
        chinese = [name for name in self.names if CHINESE.search(name)]
        return (
            (" ".join(english), " ".join(chinese)),
            (self.summary, self.summary_zh),
            (self.body, self.body_zh),
        )


def segmented(text: str) -> str:
    """Return Chinese text with a blank between its words: "服务网格" is "服务 网格"."""
    return " ".join(word for word in rjieba.cut(text) if word.strip())


def rebuild_search_texts() -> int:
    """Make all searched texts anew from the entries, and return how many there are; eleven queries."""
    rows = [_row(text) for text in _texts()]
    with transaction.atomic(), connection.cursor() as cursor:
        SearchText.objects.exclude(path__in=[row["path"] for row in rows]).delete()
        cursor.execute(_STORE, [json.dumps(rows)])
    return len(rows)


def _row(text: Text) -> dict[str, object]:
    parts = {
        f"{weight}_{language}": words if language == "english" else segmented(words)
        for weight, both in zip(WEIGHTS, text.parts, strict=True)
        for language, words in zip(LANGUAGES, both, strict=True)
    }
    return {
        "kind": text.kind.value,
        "path": text.path,
        "title": text.title[:LONGEST_TITLE],
        "title_zh": text.title_zh[:LONGEST_TITLE],
        "summary": text.summary,
        "summary_zh": text.summary_zh,
        "names": [name[:LONGEST_TITLE] for name in text.names],
        "text": "\n".join(filter(None, (word for part in text.parts for word in part))),
        **parts,
    }


def _texts() -> Iterator[Text]:
    yield from _concepts()
    yield from _questions()
    yield from _comparisons()
    yield from _plain(TextKind.INSIGHT, "insight", Insight.objects.all(), body=("today", "today_zh"))
    yield from _plain(TextKind.EVENT, "timeline", TimelineEvent.objects.all(), body=("doubt", "doubt_zh"))
    yield from _forecasts()
    yield from _statements()


def _concepts() -> Iterator[Text]:
    for concept in Concept.objects.prefetch_related("aliases").order_by("slug"):
        names = (concept.title, concept.title_zh, *(alias.name for alias in concept.aliases.all()))
        yield Text(
            TextKind.CONCEPT,
            f"concept:{concept.slug}",
            concept.title,
            concept.title_zh,
            concept.definition,
            concept.definition_zh,
            _named(names),
            f"{concept.replaces} {concept.enables} {concept.body}",
            f"{concept.replaces_zh} {concept.enables_zh} {concept.body_zh}",
        )


def _questions() -> Iterator[Text]:
    for question in Question.objects.order_by("number"):
        yield Text(
            TextKind.QUESTION,
            f"question:{question.slug}",
            question.title,
            question.title_zh,
            question.short_answer,
            question.short_answer_zh,
            _named((question.title, question.title_zh)),
            question.body,
            question.body_zh,
        )


def _comparisons() -> Iterator[Text]:
    for comparison in Comparison.objects.prefetch_related("columns", "rows").order_by("slug"):
        columns = comparison.columns.all()
        cells = [cell for row in comparison.rows.all() for cell in row.cells]
        yield Text(
            TextKind.COMPARISON,
            f"comparison:{comparison.slug}",
            comparison.title,
            comparison.title_zh,
            comparison.summary,
            comparison.summary_zh,
            _named((comparison.title, comparison.title_zh)),
            " ".join([*(column.name for column in columns), *(cell["text"] for cell in cells), comparison.verdict]),
            " ".join(
                [*(column.name_zh for column in columns), *(cell["text_zh"] for cell in cells), comparison.verdict_zh]
            ),
        )


def _plain(
    kind: TextKind, prefix: str, entries: Iterable[Insight] | Iterable[TimelineEvent], *, body: tuple[str, str]
) -> Iterator[Text]:
    for entry in entries:
        place = f"{entry.kind}/{entry.slug}" if kind == TextKind.INSIGHT else entry.slug
        yield Text(
            kind,
            f"{prefix}:{place}",
            entry.title,
            entry.title_zh,
            entry.text,
            entry.text_zh,
            _named((entry.title, entry.title_zh)),
            *(getattr(entry, name) for name in body),
        )


def _forecasts() -> Iterator[Text]:
    for forecast in Forecast.objects.order_by("slug"):
        yield Text(
            TextKind.FORECAST,
            f"forecast:{forecast.slug}",
            forecast.title,
            forecast.title_zh,
            forecast.evidence,
            forecast.evidence_zh,
            _named((forecast.title, forecast.title_zh)),
            f"{forecast.who} {forecast.measure}",
            f"{forecast.who_zh} {forecast.measure_zh}",
        )


def _statements() -> Iterator[Text]:
    columns = ("code", "text", "text_zh", "today", "today_zh")
    for code, text, text_zh, today, today_zh in Statement.objects.order_by("position", "pk").values_list(*columns):
        yield Text(TextKind.STATEMENT, f"statement:{code}", text, text_zh, today, today_zh, (code,), text, text_zh)


def _named(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, names)))
