"""How many of those a survey asked use a project in production, wave by wave; never joined where the survey breaks."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from market.models import Survey, SurveyFigure, SurveyWave
from metrics.formulas.proportions import wilson_interval
from metrics.formulas.s_curve import LogisticFit, NotFitted, s_curve

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from metrics.formulas.results import Interval
    from projects.models import Item, Source

PRODUCTION, EVALUATING = SurveyFigure.Question.PRODUCTION, SurveyFigure.Question.EVALUATING


@dataclass(frozen=True, slots=True)
class SurveyedShare:
    """One answer of one wave: ``share`` 0 to 1, ``interval`` its 95 % one; None where only a share is printed."""

    year: int
    figure: SurveyFigure
    share: float
    interval: Interval | None

    @classmethod
    def of(cls, figure: SurveyFigure) -> SurveyedShare:
        """Read a stored figure, whose wave is loaded."""
        counted = figure.answered is not None and figure.asked is not None
        interval = wilson_interval(figure.answered or 0, figure.asked or 0) if counted else None
        return cls(figure.wave.year, figure, float(figure.share), interval)

    @property
    def source(self) -> Source:
        """What it cites: its own source, else its wave's."""
        return self.figure.source or self.figure.wave.source


@dataclass(frozen=True, slots=True)
class AdoptionPoint:
    """A project in one wave; ``evaluating`` is None where that was not asked."""

    production: SurveyedShare
    evaluating: SurveyedShare | None

    @property
    def year(self) -> int:
        """The wave's year."""
        return self.production.year


@dataclass(frozen=True)
class AdoptionCurve:
    """A project over the waves; ``segments`` hold its points by year, cut where the survey breaks."""

    name: str
    item: Item | None
    segments: tuple[tuple[AdoptionPoint, ...], ...]

    @cached_property
    def points(self) -> dict[int, AdoptionPoint]:
        """Its points by year."""
        return {point.year: point for segment in self.segments for point in segment}

    @property
    def newest(self) -> AdoptionPoint:
        """The point of the last wave that asked about it."""
        return self.segments[-1][-1]

    @cached_property
    def s_curve(self) -> LogisticFit | NotFitted:
        """The curve of its longest unbroken stretch, or why none is drawn."""
        longest = max(self.segments, key=len)
        return s_curve([(point.year, point.production.share) for point in longest])


@dataclass(frozen=True)
class Adoption:
    """What a survey found about projects: its waves by year, and a curve for each project, by name."""

    survey: Survey
    waves: tuple[SurveyWave, ...]
    curves: tuple[AdoptionCurve, ...]

    @cached_property
    def years(self) -> list[int]:
        """The waves that asked about projects."""
        return sorted({year for curve in self.curves for year in curve.points})

    @cached_property
    def break_years(self) -> frozenset[int]:
        """The waves that must not be joined to the one before."""
        return frozenset(wave.year for wave in self.waves if wave.breaks_series)

    def wave(self, year: int) -> SurveyWave:
        """Return the wave of a year. Raises ``StopIteration`` if there is none."""
        return next(wave for wave in self.waves if wave.year == year)

    def comparable_before(self, year: int) -> int | None:
        """Return the wave that asked about projects before, None for the first and across a break."""
        earlier = max((other for other in self.years if other < year), default=None)
        if earlier is None or any(earlier < broken <= year for broken in self.break_years):
            return None
        return earlier


def first_survey() -> Survey | None:
    """Return the survey that the pages show: the one stored first; one query. None without any."""
    return Survey.objects.order_by("pk").first()


def read_adoption(survey: Survey) -> Adoption:
    """Return all projects of a survey; two queries."""
    waves = tuple(SurveyWave.objects.of_survey(survey.slug))
    figures = SurveyFigure.objects.of_survey(survey.slug).of_questions(PRODUCTION, EVALUATING)
    rows = figures.with_items().with_sources().in_order()
    breaks = [wave.year for wave in waves if wave.breaks_series]
    return Adoption(survey, waves, tuple(_curves(rows, breaks)))


def adoption_of_item(item_id: int) -> list[AdoptionCurve]:
    """Return what surveys found about one item, a curve for each survey; two queries, one if nothing was asked."""
    rows = list(
        SurveyFigure.objects.of_item(item_id)
        .of_questions(PRODUCTION, EVALUATING)
        .with_items()
        .with_sources()
        .in_order()
    )
    by_survey: dict[str, list[SurveyFigure]] = defaultdict(list)
    for row in rows:
        by_survey[row.wave.survey.slug].append(row)
    if not by_survey:
        return []
    broken = SurveyWave.objects.filter(survey__slug__in=by_survey, breaks_series=True)
    breaks: dict[str, list[int]] = defaultdict(list)
    for slug, year in broken.values_list("survey__slug", "year"):
        breaks[slug].append(year)
    return [curve for slug, own in sorted(by_survey.items()) for curve in _curves(own, breaks[slug])]


def _curves(rows: Iterable[SurveyFigure], breaks: Sequence[int]) -> list[AdoptionCurve]:
    """Group figures to curves: by item, whatever the survey called it then, else by name."""
    answers: dict[int | str, dict[int, dict[str, SurveyFigure]]] = defaultdict(lambda: defaultdict(dict))
    for row in rows:
        answers[row.item_id or row.subject.lower()][row.wave.year][row.question] = row
    curves = []
    for by_year in answers.values():
        points = [_point(by_year[year]) for year in sorted(by_year) if PRODUCTION in by_year[year]]
        if points:
            figure = points[-1].production.figure
            item = figure.item if figure.item_id else None
            curves.append(AdoptionCurve(item.name if item else figure.subject, item, _cut(points, breaks)))
    return sorted(curves, key=lambda curve: curve.name.lower())


def _point(answers: dict[str, SurveyFigure]) -> AdoptionPoint:
    evaluating = answers.get(EVALUATING)
    return AdoptionPoint(
        SurveyedShare.of(answers[PRODUCTION]), SurveyedShare.of(evaluating) if evaluating is not None else None
    )


def _cut(points: Sequence[AdoptionPoint], breaks: Sequence[int]) -> tuple[tuple[AdoptionPoint, ...], ...]:
    segments: list[list[AdoptionPoint]] = [[points[0]]]
    for point in points[1:]:
        if any(segments[-1][-1].year < year <= point.year for year in breaks):
            segments.append([])
        segments[-1].append(point)
    return tuple(tuple(segment) for segment in segments)
