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
    from collections.abc import Iterator, Sequence

    from knowledge.models.entries import Entry

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
    yield from _insights()
    yield from _events()
    yield from _forecasts()
    yield from _statements()


def _concepts() -> Iterator[Text]:
    for concept in Concept.objects.prefetch_related("aliases").order_by("slug"):
        aliases = [alias.name for alias in concept.aliases.all()]
        body = _both(concept, "replaces", "enables", "body")
        yield _entry(TextKind.CONCEPT, f"concept:{concept.slug}", concept, "definition", body, aliases)


def _questions() -> Iterator[Text]:
    for question in Question.objects.order_by("number"):
        body = _both(question, "body")
        yield _entry(TextKind.QUESTION, f"question:{question.slug}", question, "short_answer", body)


def _comparisons() -> Iterator[Text]:
    for comparison in Comparison.objects.prefetch_related("columns", "rows").order_by("slug"):
        columns = comparison.columns.all()
        cells = [cell for row in comparison.rows.all() for cell in row.cells]
        body = (
            " ".join([*(column.name for column in columns), *(cell["text"] for cell in cells), comparison.verdict]),
            " ".join(
                [*(column.name_zh for column in columns), *(cell["text_zh"] for cell in cells), comparison.verdict_zh]
            ),
        )
        yield _entry(TextKind.COMPARISON, f"comparison:{comparison.slug}", comparison, "summary", body)


def _insights() -> Iterator[Text]:
    for insight in Insight.objects.all():
        path = f"insight:{insight.kind}/{insight.slug}"
        yield _entry(TextKind.INSIGHT, path, insight, "text", _both(insight, "today"))


def _events() -> Iterator[Text]:
    for event in TimelineEvent.objects.all():
        yield _entry(TextKind.EVENT, f"timeline:{event.slug}", event, "text", _both(event, "doubt"))


def _forecasts() -> Iterator[Text]:
    for forecast in Forecast.objects.order_by("slug"):
        body = _both(forecast, "who", "measure")
        yield _entry(TextKind.FORECAST, f"forecast:{forecast.slug}", forecast, "evidence", body)


def _statements() -> Iterator[Text]:
    columns = ("code", "text", "text_zh", "today", "today_zh")
    for code, text, text_zh, today, today_zh in Statement.objects.order_by("position", "pk").values_list(*columns):
        yield Text(TextKind.STATEMENT, f"statement:{code}", text, text_zh, today, today_zh, (code,), text, text_zh)


def _entry(
    kind: TextKind, path: str, entry: Entry, summary: str, body: tuple[str, str], aliases: Sequence[str] = ()
) -> Text:
    """Give an entry's texts; ``summary`` names the field that sums it up."""
    names = tuple(dict.fromkeys(filter(None, (entry.title, entry.title_zh, *aliases))))
    return Text(kind, path, entry.title, entry.title_zh, *_both(entry, summary), names, *body)


def _both(entry: Entry, *fields: str) -> tuple[str, str]:
    """Join fields of an entry in English, and in Chinese."""
    english, chinese = (" ".join(getattr(entry, f"{field}{end}") for field in fields) for end in ("", "_zh"))
    return english, chinese
