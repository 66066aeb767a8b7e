"""How often projects leave a stage, by which door, and after how long: counted, not explained."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from statistics import median
from typing import TYPE_CHECKING

from metrics.formulas.cumulative_incidence import (
    DAYS_OF_YEAR,
    Curve,
    Stay,
    cumulative_incidence,
    incidence_at,
    stays_beyond,
)
from metrics.stage_paths import ARCHIVED, GRADUATED, INCUBATING, SANDBOX, StagePath, stage_paths
from projects.item_history import ACCEPTED
from projects.trends import data_span

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date, datetime

    from metrics.formulas.results import Result
    from projects.models import Category

HORIZONS_YEARS = (1, 2, 3, 4, 5, 6)
PROMOTED, LEFT_ARCHIVED = "promoted", "archived"
STAGES = (SANDBOX, INCUBATING)
# The stages by which each stage is left upwards.
ABOVE = {SANDBOX: (INCUBATING, GRADUATED), INCUBATING: (GRADUATED,)}


class Transition(StrEnum):
    """A way out of a stage; the other way competes with it."""

    SANDBOX_PROMOTED = "sandbox-incubating"
    SANDBOX_ARCHIVED = "sandbox-archived"
    INCUBATING_PROMOTED = "incubating-graduated"
    INCUBATING_ARCHIVED = "incubating-archived"

    @property
    def stage(self) -> str:
        """The stage that is left."""
        return self.value.partition("-")[0]

    @property
    def target(self) -> str:
        """The stage that is entered; from the sandbox upwards it is incubation, or graduation at once."""
        return self.value.partition("-")[2]

    @property
    def cause(self) -> str:
        """The cause of leaving: promoted or archived."""
        return LEFT_ARCHIVED if self.target == ARCHIVED else PROMOTED


@dataclass(frozen=True, slots=True)
class Question:
    """Which base rates: as they stood at ``as_of``, with the dates as declared by ``known_at`` (not before it).

    ``cohort`` is a year of entry into the stage, ``category`` a slug; None and "" mean any.
    """

    as_of: datetime
    known_at: datetime
    cohort: int | None = None
    category: str = ""
    include_delisted: bool = False
    per_card: bool = False


@dataclass(frozen=True, slots=True)
class StageStay:
    """A project's stay in a stage, from the day it was entered."""

    path: StagePath
    entered_on: date
    stay: Stay


@dataclass(frozen=True, slots=True)
class Population:
    """The paths that a question is about, and up to which day (UTC) they are known; None: nothing is imported."""

    paths: Sequence[StagePath]
    until: date | None

    @property
    def undated(self) -> int:
        """How many have no day for any stage: the landscape declared none, and they stood in its first version."""
        return sum(not path.entered for path in self.paths)

    @property
    def seen(self) -> int:
        """How many have a day that is only the one on which a stage was first seen."""
        return sum(bool(path.seen) for path in self.paths)


@dataclass(frozen=True, slots=True)
class Horizon:
    """The share that had left by a transition within some years; ``at_risk`` were still there then, and followed."""

    years: int
    at_risk: int
    result: Result


@dataclass(frozen=True, slots=True)
class Rates:
    """One transition: its curve and its values at the horizons; ``undated`` are left out, their dates being unclear."""

    transition: Transition
    curve: Curve
    horizons: tuple[Horizon, ...]
    undated: int


@dataclass(frozen=True, slots=True)
class GroupRates:
    """The rates of both ways out of a stage for one cohort (``key`` is its year) or category (its slug)."""

    key: str
    category: Category | None
    promoted: Rates
    archived: Rates


def population(question: Question) -> Population:
    """Read what a question is about; at most six queries.

    The landscape is known up to its newest version, so that nothing is counted as still there after it.
    """
    span = data_span()
    paths = stage_paths(question.known_at, include_delisted=question.include_delisted, per_card=question.per_card)
    if question.category:
        paths = [path for path in paths if path.category.slug == question.category]
    return Population(paths, min(question.as_of.date(), span.last) if span else None)


def stage_stays(people: Population, stage: str, *, cohort: int | None = None) -> tuple[list[StageStay], int]:
    """Return the stays in a stage, and how many are left out because the dates are unclear."""
    entered = [path for path in people.paths if people.until and _entered_by(path, stage, people.until)]
    if cohort is not None:
        entered = [path for path in entered if path.entered[stage].year == cohort]
    stays = [_stay(path, stage, people.until) for path in entered if people.until]
    return [stay for stay in stays if stay], stays.count(None)


def rates(people: Population, transition: Transition, *, cohort: int | None = None) -> Rates:
    """Return the base rates of one transition."""
    stays, undated = stage_stays(people, transition.stage, cohort=cohort)
    return _rates(transition, stays, undated)


def rates_by_cohort(people: Population, stage: str) -> list[GroupRates]:
    """Return the rates of a stage by the year it was entered, the latest first."""
    groups = _grouped(people, stage, lambda each: str(each.entered_on.year))
    return [_group_rates(year, None, stage, groups[year]) for year in sorted(groups, reverse=True)]


def rates_by_category(people: Population, stage: str) -> list[GroupRates]:
    """Return the rates of a stage by category, the largest first."""
    groups = _grouped(people, stage, lambda each: each.path.category.slug)
    slugs = sorted(groups, key=lambda slug: (-len(groups[slug]), slug))
    return [_group_rates(slug, groups[slug][0].path.category, stage, groups[slug]) for slug in slugs]


@dataclass(frozen=True, slots=True)
class MoversMedian:
    """How many years those took that made a step, at the median; who is still waiting is not in it, so it is short.

    ``at_once`` of the ``n`` took no day, accepted straight into the stage; ``others_years`` is the median of the others,
    None if there are none, or none took no day.
    """

    source: str
    target: str
    years: float
    n: int
    at_once: int = 0
    others_years: float | None = None

    @property
    def others(self) -> int:
        """How many took time."""
        return self.n - self.at_once


def movers_medians(people: Population) -> list[MoversMedian]:
    """Return the medians of those that moved, from acceptance or incubation; what nobody has done is left out.

    Who was accepted into incubation took 0 years to it.
    """
    found = []
    for source, target in ((ACCEPTED, INCUBATING), (INCUBATING, GRADUATED), (ACCEPTED, ARCHIVED)):
        days = [
            days for path in people.paths if (days := _days_between(path, source, target, people.until)) is not None
        ]
        if days:
            later = [each for each in days if each]
            of_others = median(later) / DAYS_OF_YEAR if later and len(later) < len(days) else None
            at_once = len(days) - len(later)
            found.append(MoversMedian(source, target, median(days) / DAYS_OF_YEAR, len(days), at_once, of_others))
    return found


def _days_between(path: StagePath, source: str, target: str, until: date | None) -> int | None:
    begun = min(path.entered.values(), default=None) if source == ACCEPTED else path.entered.get(source)
    ended = path.entered.get(target)
    if begun is None or ended is None or until is None or ended > until:
        return None
    return (ended - begun).days


def conditional_rate(stays: Sequence[Stay], *, cause: str, beyond_days: int) -> Result:
    """Give the share of those still there after ``beyond_days`` that had left by ``cause`` within the next year.

    ``n`` is how many were still there then; refused as ``incidence_at`` says.
    """
    left = stays_beyond(stays, beyond_days)
    return incidence_at(cumulative_incidence(left, cause=cause), DAYS_OF_YEAR)


def _grouped(people: Population, stage: str, key: Callable[[StageStay], str]) -> dict[str, list[StageStay]]:
    groups: dict[str, list[StageStay]] = {}
    for each in stage_stays(people, stage)[0]:
        groups.setdefault(key(each), []).append(each)
    return groups


def _group_rates(key: str, category: Category | None, stage: str, members: Sequence[StageStay]) -> GroupRates:
    promoted, archived = (way for way in Transition if way.stage == stage)
    return GroupRates(key, category, _rates(promoted, members, 0), _rates(archived, members, 0))


def _rates(transition: Transition, stays: Sequence[StageStay], undated: int) -> Rates:
    curve = cumulative_incidence([each.stay for each in stays], cause=transition.cause)
    horizons = tuple(
        Horizon(years, curve.at_risk(years * DAYS_OF_YEAR), incidence_at(curve, years * DAYS_OF_YEAR))
        for years in HORIZONS_YEARS
    )
    return Rates(transition, curve, horizons, undated)


def _entered_by(path: StagePath, stage: str, day: date) -> bool:
    on = path.entered.get(stage)
    return on is not None and on <= day


def _stay(path: StagePath, stage: str, until: date) -> StageStay | None:
    """Return a path's stay in a stage that it entered; None where its dates deny each other or an exit has none."""
    entered_on = path.entered[stage]
    exits = [(path.entered[above], PROMOTED) for above in ABOVE[stage] if above in path.entered]
    if ARCHIVED in path.entered:
        exits.append((path.entered[ARCHIVED], LEFT_ARCHIVED))
    if any(on < entered_on for on, _ in exits):
        return None
    if not exits and path.maturity in {*ABOVE[stage], ARCHIVED}:
        return None
    on, cause = min(exits, default=(until, ""))
    if cause and on <= until:
        return StageStay(path, entered_on, Stay((on - entered_on).days, cause))
    last = min(until, path.left_on) if path.left_on else until
    return StageStay(path, entered_on, Stay(max((last - entered_on).days, 0)))
