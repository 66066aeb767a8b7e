"""Surveyed use against stars of the same year: who is used more than talked about.

Shares of one wave and one number of people asked alone; only projects that the foundation lists were asked about.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from metrics.formulas.regression import LogRegression, log_regression
from metrics.stars_by_item import StarCount, stars_by_item, years_with_stars

if TYPE_CHECKING:
    from market.adoption import Adoption, AdoptionCurve, SurveyedShare
    from metrics.formulas.results import Refusal


@dataclass(frozen=True, slots=True)
class Standing:
    """A project by both: ``residual`` is its share above what its stars let expect (0.1: ten points), None without a line.

    Where the line falls below 0, none is expected: a project that nobody uses is not used more than talked about.
    """

    curve: AdoptionCurve
    share: SurveyedShare
    stars: StarCount
    residual: float | None


@dataclass(frozen=True, slots=True)
class Attention:
    """A wave against stars: the line or why there is none; ``asked`` people each; the most used for its stars first.

    ``without_stars`` projects were asked about but have no star count of that year, ``other_base`` were asked of another
    number of people.
    """

    year: int
    asked: int
    line: LogRegression | Refusal
    standings: tuple[Standing, ...]
    without_stars: tuple[AdoptionCurve, ...]
    other_base: int

    @property
    def days(self) -> tuple[date, date]:
        """The first and last day of the star counts; there must be any."""
        days = [standing.stars.day for standing in self.standings]
        return min(days), max(days)


def comparable_years(adoption: Adoption) -> list[int]:
    """Return the waves in whose year stars are known; one query."""
    known = set(years_with_stars()) if adoption.years else set()
    return [year for year in adoption.years if year in known]


def read_attention(adoption: Adoption, year: int) -> Attention | None:
    """Set a wave's shares against the last stars of its year; two queries. None for a year without a wave.

    Where a wave asked different numbers of people, the number that most projects share counts, the larger of two.
    """
    asked = [
        (curve, curve.points[year].production)
        for curve in adoption.curves
        if year in curve.points and curve.points[year].production.figure.asked
    ]
    if not asked:
        return None
    bases = Counter(share.figure.asked or 0 for _, share in asked)
    base = max(bases, key=lambda one: (bases[one], one))
    kept = [(curve, share) for curve, share in asked if share.figure.asked == base]
    items = [curve.item.pk for curve, _ in kept if curve.item]
    counts = stars_by_item(items, first=date(year, 1, 1), last=date(year, 12, 31))
    known = [
        (curve, share, counts[curve.item.pk])
        for curve, share in kept
        if curve.item and _has_stars(counts, curve.item.pk)
    ]
    line = log_regression([(count.stars, share.share) for _, share, count in known])
    standings = [Standing(*one, _residual(line, one[2], one[1])) for one in known]
    found = {standing.curve.name for standing in standings}
    return Attention(
        year=year,
        asked=base,
        line=line,
        standings=tuple(sorted(standings, key=lambda one: (-(one.residual or 0.0), one.curve.name.lower()))),
        without_stars=tuple(curve for curve, _ in kept if curve.name not in found),
        other_base=len(asked) - len(kept),
    )


def _residual(line: LogRegression | Refusal, count: StarCount, share: SurveyedShare) -> float | None:
    return share.share - max(line.expected(count.stars), 0.0) if isinstance(line, LogRegression) else None


def _has_stars(counts: dict[int, StarCount], item: int) -> bool:
    """Tell whether an item has a star: none has no logarithm."""
    return item in counts and counts[item].stars > 0
