"""Writes the surveys back into ``content/surveys/``, in the form that ``load_content`` reads."""

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from django.utils.text import slugify

from market.models import Survey, SurveyFigure, SurveyWave
from projects.models import Source
from sources.clients.content_yaml import read_content
from sources.clients.survey_files import COLUMNS, DIRECTORY, NAMES_FILE, QUESTIONS, read_names
from sources.importers.cited_sources import source_entry
from sources.importers.content_writing import entry_text, head_comment, table_text, write_text

TEXTS = ("name", "name_zh", "publisher", "summary", "summary_zh")
WAVE_TEXTS = ("respondents", "base", "base_zh", "breaks_series", "break_reason", "break_reason_zh")
# Questions about projects, whose answers are named in ``names.yaml``.
ABOUT_ITEMS = QUESTIONS[:2]


def export_surveys(root: Path) -> int:
    """Rewrite the surveys' files below ``root`` from the database and return how many changed."""
    changed = 0
    for survey in Survey.objects.order_by("slug"):
        changed += _export(root, survey)
    return changed + _export_names(root)


def _export(root: Path, survey: Survey) -> int:
    path = root / DIRECTORY / f"{survey.slug}.yaml"
    former: dict[str, Any] = read_content(root, path, schema="survey") if path.is_file() else {}
    waves = list(SurveyWave.objects.of_survey(survey.slug))
    figures = list(SurveyFigure.objects.of_survey(survey.slug).with_sources().in_order())
    figures.sort(key=lambda one: (one.wave.year, QUESTIONS.index(one.question)))
    sources = _Keys({source["url"]: key for key, source in former.get("sources", {}).items()})
    bases = _Keys({(base["text"], base.get("text_zh", "")): key for key, base in former.get("bases", {}).items()})
    cited = [wave.source for wave in waves] + [figure.source for figure in figures if figure.source]
    for source in cited:
        sources.name(source.url, source.title)
    lines = [_line(figure, sources, bases) for figure in _in_former_order(figures, path.with_suffix(".csv"))]
    value = {
        "slug": survey.slug,
        **{column: getattr(survey, column) for column in TEXTS},
        "left_out": former.get("left_out", []),
        "sources": {
            key: source_entry(by_url[url]) for url, key in sources.keys.items() if url in (by_url := _by_url(cited))
        },
        "bases": {key: {"text": text, "text_zh": text_zh} for (text, text_zh), key in bases.keys.items()},
        "waves": [_wave(wave, sources) for wave in waves],
    }
    tables = write_text(path.with_suffix(".csv"), table_text([COLUMNS, *lines]))
    return write_text(path, head_comment(path) + entry_text(value)) + tables


class _Keys:
    """Short names of what lines refer to: those of the file, new ones after what they name."""

    def __init__(self, known: Mapping[Any, str]) -> None:
        self.keys: dict[Any, str] = dict(known)

    def name(self, value: Any, text: str) -> str:
        """Return the name of a value, made from ``text`` if it is new."""
        if value not in self.keys:
            stem = slugify(text)[:40] or "further"
            taken = set(self.keys.values())
            self.keys[value] = next(name for name in _numbered(stem) if name not in taken)
        return self.keys[value]


def _numbered(stem: str) -> Iterator[str]:
    yield stem
    number = 2
    while True:
        yield f"{stem}-{number}"
        number += 1


def _by_url(sources: list[Source]) -> dict[str, Source]:
    return {source.url: source for source in sources}


def _wave(wave: SurveyWave, sources: _Keys) -> dict[str, Any]:
    values = {column: getattr(wave, column) for column in WAVE_TEXTS}
    given = {column: value for column, value in values.items() if value}
    return {"year": wave.year, "source": sources.keys[wave.source.url], **given}


def _line(figure: SurveyFigure, sources: _Keys, bases: _Keys) -> list[object]:
    share = "" if figure.answered is not None else figure.share.normalize()
    base = bases.name((figure.base, figure.base_zh), figure.base) if figure.base else ""
    source = sources.keys[figure.source.url] if figure.source else ""
    asked = [figure.answered, figure.asked]
    counts = ["" if count is None else count for count in asked]
    return [figure.wave.year, figure.question, figure.subject, figure.subject_zh, *counts, share, base, source]


def _in_former_order(figures: list[SurveyFigure], path: Path) -> list[SurveyFigure]:
    """Keep the lines of the file where they are, so that what changed can be seen; new ones follow their question."""
    if not path.is_file():
        return figures
    with path.open(encoding="utf-8", newline="") as file:
        places = {
            (row["year"], row["question"], row["subject"]): place for place, row in enumerate(csv.DictReader(file))
        }
    end = len(places)

    def place(figure: SurveyFigure) -> tuple[int, int, int]:
        key = (str(figure.wave.year), str(figure.question), figure.subject)
        return figure.wave.year, QUESTIONS.index(figure.question), places.get(key, end)

    return sorted(figures, key=place)


def _export_names(root: Path) -> int:
    path = root / DIRECTORY / NAMES_FILE
    figures = SurveyFigure.objects.of_questions(*ABOUT_ITEMS).exclude(item=None).order_by("subject")
    linked = dict(figures.values_list("subject", "item__slug"))
    names = read_names(root) | linked
    if not names:
        return 0
    ordered = dict(sorted(names.items(), key=lambda one: (one[0].lower(), one[0])))
    return write_text(path, head_comment(path) + entry_text({"items": ordered}))
