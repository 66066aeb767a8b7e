"""Surveys as frozen rows: ``content/surveys/<slug>.yaml`` with its waves and sources, the figures beside it as CSV."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from sources.clients.cited_publications import CitedPublication, cited_publication
from sources.clients.content_yaml import ContentError, read_content
from sources.clients.csv_tables import Row, Table

DIRECTORY = "surveys"
NAMES_FILE = "names.yaml"
COLUMNS = ("year", "question", "subject", "subject_zh", "answered", "asked", "share", "base", "source")
QUESTIONS = ("production", "evaluating", "challenge", "container_use")
SHARE_PLACES = Decimal("0.00001")


@dataclass(frozen=True, slots=True)
class WaveEntry:
    """One round of questioning."""

    year: int
    source: CitedPublication
    respondents: int | None = None
    base: str = ""
    base_zh: str = ""
    breaks_series: bool = False
    break_reason: str = ""
    break_reason_zh: str = ""


@dataclass(frozen=True, slots=True)
class FigureEntry:
    """One answer's share, 0 to 1 with five places; ``source`` is None where it is the wave's, ``item`` a slug or empty."""

    year: int
    question: str
    subject: str
    subject_zh: str
    answered: int | None
    asked: int | None
    share: Decimal
    base: str
    base_zh: str
    source: CitedPublication | None
    item: str

    @property
    def key(self) -> tuple[int, str, str]:
        """What tells it from the survey's other figures."""
        return self.year, self.question, self.subject


@dataclass(frozen=True, slots=True)
class SurveyEntry:
    """A survey with all its figures."""

    slug: str
    name: str
    name_zh: str
    publisher: str
    summary: str
    summary_zh: str
    waves: tuple[WaveEntry, ...]
    figures: tuple[FigureEntry, ...]


def read_surveys(root: Path) -> list[SurveyEntry]:
    """Read the surveys below ``root``, none if there is no such folder; raises ``ContentError`` with file and line."""
    paths = sorted(path for path in (root / DIRECTORY).glob("*.yaml") if path.name != NAMES_FILE)
    items = read_names(root) if paths else {}
    return [_survey(root, path, items) for path in paths]


def read_names(root: Path) -> dict[str, str]:
    """Read the slugs of items by the names that surveys use; none if there is no such file."""
    path = root / DIRECTORY / NAMES_FILE
    if not path.is_file():
        return {}
    names: dict[str, str] = read_content(root, path, schema="survey_names")["items"]
    return names


def _survey(root: Path, path: Path, items: Mapping[str, str]) -> SurveyEntry:
    value = read_content(root, path, schema="survey")
    place = path.relative_to(root)
    sources = {key: cited_publication(source) for key, source in value["sources"].items()}
    waves = tuple(_wave(wave, sources, place) for wave in value["waves"])
    if len({wave.year for wave in waves}) < len(waves):
        raise ContentError(f"{place}: a year has two waves.")
    known = _Known({wave.year for wave in waves}, sources, value.get("bases", {}), items)
    table = Table.read(path.with_suffix(".csv"), needs=COLUMNS)
    return SurveyEntry(
        slug=value["slug"],
        name=value["name"],
        name_zh=value.get("name_zh", ""),
        publisher=value["publisher"],
        summary=value.get("summary", ""),
        summary_zh=value.get("summary_zh", ""),
        waves=waves,
        figures=_figures(table, known),
    )


def _wave(value: dict[str, Any], sources: Mapping[str, CitedPublication], place: Path) -> WaveEntry:
    if value["source"] not in sources:
        raise ContentError(f"{place}: the wave of {value['year']} cites '{value['source']}', which is no source here.")
    if value.get("breaks_series") and not value.get("break_reason"):
        raise ContentError(f"{place}: the wave of {value['year']} breaks the series without a reason.")
    return WaveEntry(**{**value, "source": sources[value["source"]]})


@dataclass(frozen=True, slots=True)
class _Known:
    """What a survey's lines may refer to."""

    years: set[int]
    sources: Mapping[str, CitedPublication]
    bases: Mapping[str, Mapping[str, str]]
    items: Mapping[str, str]


def _figures(table: Table, known: _Known) -> tuple[FigureEntry, ...]:
    figures: dict[tuple[int, str, str], FigureEntry] = {}
    for row in table.rows:
        figure = _figure(row, known)
        if figure.key in figures:
            raise row.mistake(f"'{figure.subject}' has a second line for this year and question")
        figures[figure.key] = figure
    return tuple(figures.values())


def _figure(row: Row, known: _Known) -> FigureEntry:
    year, question, subject = row.number("year"), row["question"], row.text("subject")
    if year not in known.years:
        raise row.mistake(f"{year} is no wave of this survey")
    if question not in QUESTIONS:
        raise row.mistake(f"'{question}' is no question; it is one of {', '.join(QUESTIONS)}")
    answered, asked, share = _counts(row)
    base: Mapping[str, str] = _named(row, "base", known.bases) or {}
    return FigureEntry(
        year=year,
        question=question,
        subject=subject,
        subject_zh=row["subject_zh"],
        answered=answered,
        asked=asked,
        share=share,
        base=base.get("text", ""),
        base_zh=base.get("text_zh", ""),
        source=_named(row, "source", known.sources),
        item=known.items.get(subject, "") if question in {"production", "evaluating"} else "",
    )


def _counts(row: Row) -> tuple[int | None, int | None, Decimal]:
    """Return how many answered so, how many were asked, and the share: counted, or as printed."""
    answered = row.number("answered") if row["answered"] else None
    asked = row.number("asked") if row["asked"] else None
    if answered is None:
        return None, asked, _printed_share(row)
    if row["share"]:
        raise row.mistake("a share is printed beside the counts it follows from")
    if not asked or answered > asked:
        raise row.mistake(f"{answered} answers of {row['asked'] or 'nobody'} asked cannot be")
    return answered, asked, (Decimal(answered) / asked).quantize(SHARE_PLACES)


def _printed_share(row: Row) -> Decimal:
    try:
        share = Decimal(row.text("share"))
    except InvalidOperation as error:
        raise row.mistake(f"'{row['share']}' in column share is no number") from error
    if not 0 <= share <= 1:
        raise row.mistake(f"the share {share} does not lie between 0 and 1")
    return share.quantize(SHARE_PLACES)


def _named(row: Row, column: str, known: Mapping[str, Any]) -> Any:
    """Return what a cell names, None for an empty one."""
    if not row[column]:
        return None
    if row[column] not in known:
        raise row.mistake(f"'{row[column]}' is no {column} of this survey")
    return known[row[column]]
