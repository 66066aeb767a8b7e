"""Loads the surveys of ``content/surveys/``; what an analyst edited, or removed, stays as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from market.models import Survey, SurveyFigure, SurveyWave
from projects.models import Item, Source
from sources.clients.survey_files import FigureEntry, SurveyEntry, WaveEntry, read_surveys
from sources.importers.cited_sources import SOURCE_COLUMNS
from sources.importers.merged_rows import Wanted, merge_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from sources.clients.cited_publications import CitedPublication
    from sources.importers.curated import Merge

PREFIX = "surveys/"


def load_surveys(root: Path, merge: Merge) -> None:
    """Load all surveys below ``root`` within the caller's transaction; raises ``ContentError`` with file and line."""
    surveys = read_surveys(root)
    sources = _store_sources(surveys)
    for entry in surveys:
        _store_survey(entry, sources, merge)
    _remove_withdrawn(merge)


def _store_sources(surveys: Iterable[SurveyEntry]) -> dict[str, int]:
    """Add and correct what the figures cite, and return the keys by address."""
    entries: dict[str, CitedPublication] = {}
    for survey in surveys:
        entries |= {wave.source.url: wave.source for wave in survey.waves}
        entries |= {figure.source.url: figure.source for figure in survey.figures if figure.source}
    known = {source.url: source for source in Source.objects.filter(url__in=entries)}
    missing, different = [], []
    for url, entry in entries.items():
        values = {column: getattr(entry, column) for column in SOURCE_COLUMNS}
        source = known.get(url)
        if source is None:
            missing.append(Source(url=url, **values))
        elif any(getattr(source, column) != value for column, value in values.items()):
            for column, value in values.items():
                setattr(source, column, value)
            different.append(source)
    Source.objects.bulk_update(different, SOURCE_COLUMNS)
    created = Source.objects.bulk_create(missing)
    return {source.url: source.pk for source in [*known.values(), *created]}


def _store_survey(entry: SurveyEntry, sources: Mapping[str, int], merge: Merge) -> None:
    key = f"{PREFIX}{entry.slug}"
    stored = {survey.slug: survey for survey in Survey.objects.filter(slug=entry.slug)}
    values = {column: getattr(entry, column) for column in ("name", "name_zh", "publisher", "summary", "summary_zh")}
    merge_rows(Survey, stored, {entry.slug: Wanted(key, {"slug": entry.slug}, values)}, merge)
    survey = Survey.objects.filter(slug=entry.slug).first()
    if survey is None:
        return
    years = {wave.year: wave for wave in SurveyWave.objects.filter(survey=survey)}
    waves = {
        wave.year: Wanted(
            f"{key}#{wave.year}", {"survey_id": survey.pk, "year": wave.year}, _wave_values(wave, sources)
        )
        for wave in entry.waves
    }
    merge_rows(SurveyWave, years, waves, merge)
    _store_figures(entry, survey, sources, merge)


def _store_figures(entry: SurveyEntry, survey: Survey, sources: Mapping[str, int], merge: Merge) -> None:
    waves = dict(SurveyWave.objects.filter(survey=survey).values_list("year", "pk"))
    items = dict(Item.objects.filter(slug__in={one.item for one in entry.figures}).values_list("slug", "pk"))
    rows = SurveyFigure.objects.filter(wave__survey=survey).select_related("wave")
    stored = {(row.wave.year, row.question, row.subject): row for row in rows}
    wanted = {
        one.key: Wanted(
            f"{PREFIX}{entry.slug}#{one.year}/{one.question}/{one.subject}",
            {"wave_id": waves[one.year], "question": one.question, "subject": one.subject},
            _figure_values(one, items, sources),
        )
        for one in entry.figures
        if one.year in waves
    }
    merge_rows(SurveyFigure, stored, wanted, merge)


def _wave_values(wave: WaveEntry, sources: Mapping[str, int]) -> dict[str, Any]:
    columns = ("respondents", "base", "base_zh", "breaks_series", "break_reason", "break_reason_zh")
    return {column: getattr(wave, column) for column in columns} | {"source_id": sources[wave.source.url]}


def _figure_values(figure: FigureEntry, items: Mapping[str, int], sources: Mapping[str, int]) -> dict[str, Any]:
    columns = ("subject_zh", "answered", "asked", "share", "base", "base_zh")
    return {
        **{column: getattr(figure, column) for column in columns},
        "item_id": items.get(figure.item),
        "source_id": sources[figure.source.url] if figure.source else None,
    }


def _remove_withdrawn(merge: Merge) -> None:
    """Remove the figures that the files gave before and no longer give, unless an analyst has changed them since."""
    gone = {key for key in merge.given_before if key.startswith(PREFIX) and key not in merge.given_now}
    withdrawn = []
    for row in SurveyFigure.objects.select_related("wave__survey") if gone else ():
        key = f"{PREFIX}{row.wave.survey.slug}#{row.wave.year}/{row.question}/{row.subject}"
        if key in gone:
            if str(row.share) == merge.before(key, "share"):
                withdrawn.append(row.pk)
            else:
                merge.kept += 1
    SurveyFigure.objects.filter(pk__in=withdrawn).delete()
