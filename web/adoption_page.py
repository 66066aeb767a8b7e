"""The adoption pages' drawings, and the same as lines of files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from market.adoption import adoption_of_item
from market.adoption_ranks import pipeline, ranking
from metrics.formulas.regression import LogRegression
from web.charts.interval_curves import IntervalCurve, ShareDot, interval_curve
from web.charts.scatter import Scatter, ScatterPoint, scatter

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from market.adoption import Adoption, AdoptionCurve, SurveyedShare
    from market.adoption_and_attention import Attention
    from market.adoption_ranks import Rank

SHARE_COLUMNS = ("share", "low", "high", "answered", "asked", "source")
CURVE_COLUMNS = ("slug", "name", "year", "question", *SHARE_COLUMNS, "breaks_series")
RANK_COLUMNS = ("place", "movement", "slug", "name", "year", *SHARE_COLUMNS)
PIPELINE_COLUMNS = (
    "slug", "name", "year_before", "year", "evaluating_before", "production_before", "production", "asked_before", "asked",
)  # fmt: skip
ATTENTION_COLUMNS = ("slug", "name", "year", *SHARE_COLUMNS, "stars", "stars_on", "stars_method", "residual")
# So many of those farthest from the line on each side have their name in the drawing.
NAMED = 6


@dataclass(frozen=True, slots=True)
class DrawnCurve:
    """A project with its drawing, and its place in the wave shown."""

    rank: Rank
    drawing: IntervalCurve


def share_text(share: SurveyedShare) -> str:
    """Return "2020: 83.3 % (81.0–85.4 %), 887 of 1,065"."""
    text = f"{share.year}: {share.share * 100:.1f} %"
    if share.interval:
        text += f" ({share.interval.low * 100:.1f}–{share.interval.high * 100:.1f} %)"
    if share.figure.answered is None:
        return text
    counts = {"answered": f"{share.figure.answered:,}", "asked": f"{share.figure.asked:,}"}
    return _("%(share)s, %(answered)s of %(asked)s") % {"share": text, **counts}


def draw_curve(curve: AdoptionCurve, *, years: Sequence[int], break_years: Sequence[int]) -> IntervalCurve:
    """Draw a project's shares in production over the given years."""
    segments = [[_dot(point.production) for point in segment] for segment in curve.segments]
    return interval_curve(segments, years=years, break_years=break_years)


def surveyed_curves(item_id: int) -> list[tuple[AdoptionCurve, IntervalCurve]]:
    """Return what surveys found about one item, each with its drawing over the waves that asked; two queries at most."""
    return [(curve, _own_drawing(curve)) for curve in adoption_of_item(item_id)]


def _own_drawing(curve: AdoptionCurve) -> IntervalCurve:
    years = sorted(curve.points)
    breaks = [segment[0].year for segment in curve.segments[1:]]
    return draw_curve(curve, years=range(years[0], years[-1] + 1), break_years=breaks)


def drawn_curves(adoption: Adoption, ranks: Sequence[Rank]) -> list[DrawnCurve]:
    """Draw the projects of a stretch of a ranking over all waves."""
    breaks = sorted(adoption.break_years)
    return [DrawnCurve(rank, draw_curve(rank.curve, years=adoption.years, break_years=breaks)) for rank in ranks]


def draw_attention(attention: Attention) -> Scatter | None:
    """Draw a wave against stars; who lies farthest from the line is named."""
    standings = attention.standings
    named = {id(one) for one in (*standings[:NAMED], *standings[-NAMED:])}
    points = [
        ScatterPoint(
            count=one.stars.stars,
            share=one.share.share,
            low=one.share.interval.low if one.share.interval else one.share.share,
            high=one.share.interval.high if one.share.interval else one.share.share,
            text=f"{one.curve.name} – {share_text(one.share)} – {one.stars.stars:,} ★",
            label=one.curve.name if id(one) in named else "",
            css_class="above" if (one.residual or 0) >= 0 else "below",
        )
        for one in standings
    ]
    return scatter(points, attention.line.expected if isinstance(attention.line, LogRegression) else None)


def curve_rows(adoption: Adoption, _year: int) -> Iterator[list[Any]]:
    """Give a line for each project, wave and answer."""
    for curve in adoption.curves:
        for point in curve.points.values():
            for share in (point.production, point.evaluating):
                if share is not None:
                    breaks = "yes" if share.figure.wave.breaks_series else "no"
                    yield [*_who(curve), share.year, share.figure.question, *_share_cells(share), breaks]


def rank_rows(adoption: Adoption, year: int) -> Iterator[list[Any]]:
    """Give a line for each project of a wave, the highest share first."""
    for rank in ranking(adoption, year):
        yield [rank.place, rank.movement, *_who(rank.curve), year, *_share_cells(rank.point.production)]


def pipeline_rows(adoption: Adoption, year: int) -> Iterator[list[Any]]:
    """Give a line for each project that a wave and the one before asked about."""
    for step in pipeline(adoption, year):
        before, after = step.before, step.after
        evaluating = before.evaluating.share if before.evaluating else None
        shares = [_rounded(share) for share in (evaluating, before.production.share, after.production.share)]
        asked = [before.production.figure.asked, after.production.figure.asked]
        yield [*_who(step.curve), before.year, after.year, *shares, *asked]


def attention_rows(attention: Attention) -> Iterator[list[Any]]:
    """Give a line for each project, the most used for its stars first."""
    for one in attention.standings:
        stars = [one.stars.stars, one.stars.day.isoformat(), one.stars.method]
        yield [*_who(one.curve), attention.year, *_share_cells(one.share), *stars, _rounded(one.residual)]


def _who(curve: AdoptionCurve) -> list[str]:
    return [curve.item.slug if curve.item else "", curve.name]


def _share_cells(share: SurveyedShare) -> list[Any]:
    low, high = (share.interval.low, share.interval.high) if share.interval else (None, None)
    figure = share.figure
    return [_rounded(share.share), _rounded(low), _rounded(high), figure.answered, figure.asked, share.source.url]


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 4)


def _dot(share: SurveyedShare) -> ShareDot:
    low, high = (share.interval.low, share.interval.high) if share.interval else (None, None)
    return ShareDot(share.year, share.share, low, high, share_text(share))
