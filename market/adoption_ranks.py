"""Projects of one wave by their share, and what became of those that were evaluated a wave before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from market.adoption import Adoption, AdoptionCurve, AdoptionPoint


@dataclass(frozen=True, slots=True)
class Rank:
    """A project's place in a wave, 1 for the highest share; equal shares have equal places.

    ``movement`` counts places gained since the wave before among the projects that both asked about; None where the
    wave before did not ask about it, or must not be compared.
    """

    place: int
    movement: int | None
    curve: AdoptionCurve
    point: AdoptionPoint


@dataclass(frozen=True, slots=True)
class Step:
    """A project in two waves that follow each other: evaluated in the first, used in both. Other people were asked."""

    curve: AdoptionCurve
    before: AdoptionPoint
    after: AdoptionPoint

    @property
    def gained(self) -> float:
        """The change of the share that uses it in production, -1 to 1."""
        return self.after.production.share - self.before.production.share


def ranking(adoption: Adoption, year: int) -> list[Rank]:
    """Return the projects of a wave, the highest share first; empty for a year without a wave."""
    asked = [curve for curve in adoption.curves if year in curve.points]
    earlier = adoption.comparable_before(year)
    both = [curve for curve in asked if earlier in curve.points] if earlier is not None else []
    now, then = _places(both, year), _places(both, earlier) if earlier is not None else {}
    places = _places(asked, year)
    ranks = [
        Rank(
            places[curve.name],
            then[curve.name] - now[curve.name] if curve.name in then else None,
            curve,
            curve.points[year],
        )
        for curve in asked
    ]
    return sorted(ranks, key=lambda rank: (rank.place, rank.curve.name.lower()))


def _places(curves: Sequence[AdoptionCurve], year: int) -> dict[str, int]:
    shares = [curve.points[year].production.share for curve in curves]
    return {curve.name: 1 + sum(other > share for other in shares) for curve, share in zip(curves, shares, strict=True)}


def pipeline(adoption: Adoption, year: int) -> list[Step]:
    """Return the projects that a wave and the one before asked about, the most evaluated first; empty across a break."""
    earlier = adoption.comparable_before(year)
    if earlier is None:
        return []
    steps = [
        Step(curve, curve.points[earlier], curve.points[year])
        for curve in adoption.curves
        if earlier in curve.points and year in curve.points and curve.points[earlier].evaluating
    ]
    return sorted(steps, key=lambda step: (-_evaluating(step), step.curve.name.lower()))


def _evaluating(step: Step) -> float:
    return step.before.evaluating.share if step.before.evaluating else 0.0
