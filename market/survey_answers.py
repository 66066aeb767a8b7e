"""All answers to one question of a survey, by wave, each with its own base; waves that give none are named."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from market.adoption import SurveyedShare
from market.models import SurveyFigure, SurveyWave

if TYPE_CHECKING:
    from market.models import Survey
    from projects.models import Source


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One answer as published; ``shares`` has a place for each wave of the table, None where it was not given."""

    newest: SurveyFigure
    shares: tuple[SurveyedShare | None, ...]


@dataclass(frozen=True, slots=True)
class AnswerTable:
    """The waves that have answers, the rows by the newest share, and the waves of which nothing is known."""

    question: str
    waves: tuple[SurveyWave, ...]
    rows: tuple[AnswerRow, ...]
    waves_without: tuple[SurveyWave, ...]

    @property
    def sources(self) -> list[Source]:
        """What the answers cite, each once."""
        shares = [share for row in self.rows for share in row.shares if share is not None]
        return list({share.source.pk: share.source for share in shares}.values())

    @property
    def shares(self) -> list[SurveyedShare]:
        """Every answer, by wave and from the commonest down."""
        found = [share for row in self.rows for share in row.shares if share is not None]
        return sorted(found, key=lambda share: (share.year, -share.share, share.figure.subject))


def read_answers(survey: Survey, question: str) -> AnswerTable:
    """Return a question's answers; two queries."""
    waves = list(SurveyWave.objects.of_survey(survey.slug))
    figures = SurveyFigure.objects.of_survey(survey.slug).of_questions(question).with_items().with_sources().in_order()
    by_subject: dict[str, dict[int, SurveyFigure]] = defaultdict(dict)
    for figure in figures:
        by_subject[figure.subject][figure.wave.year] = figure
    asked = {year for own in by_subject.values() for year in own}
    shown = tuple(wave for wave in waves if wave.year in asked)
    rows = [_row(own, shown) for own in by_subject.values()]
    rows.sort(key=lambda row: (-row.newest.wave.year, -row.newest.share, row.newest.subject))
    return AnswerTable(question, shown, tuple(rows), tuple(wave for wave in waves if wave.year not in asked))


def _row(own: dict[int, SurveyFigure], waves: tuple[SurveyWave, ...]) -> AnswerRow:
    shares = tuple(SurveyedShare.of(own[wave.year]) if wave.year in own else None for wave in waves)
    return AnswerRow(own[max(own)], shares)
