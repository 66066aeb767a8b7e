"""How long each hosted project has stood in its stage, beside those that stand there too and those that stood there."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from metrics.base_rates import ABOVE, LEFT_ARCHIVED, PROMOTED, conditional_rate, stage_stays
from metrics.formulas.cumulative_incidence import DAYS_OF_YEAR
from metrics.formulas.percentiles import percentiles

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from metrics.base_rates import Population
    from metrics.formulas.cumulative_incidence import Stay
    from metrics.formulas.results import Result
    from metrics.stage_paths import StagePath
    from projects.models import Item

DAYS_OF_MONTH = DAYS_OF_YEAR / 12


@dataclass(frozen=True, slots=True)
class Standing:
    """A project in its stage since ``entered_on``; ``is_seen`` says that no day was declared.

    ``percentile`` is that of its days among the projects in the stage on the same day: 90 stands there longer than
    about nine of ten.
    """

    path: StagePath
    stage: str
    entered_on: date
    is_seen: bool
    days: int
    percentile: Result

    @property
    def months(self) -> int:
        """Whole months, of 365.25 / 12 days."""
        return int(self.days / DAYS_OF_MONTH)


@dataclass(frozen=True, slots=True)
class NextYear:
    """Of the projects that stood in the stage for at least ``months``: what share left it within the next 12 months.

    ``peers`` are those that stood so long.
    """

    months: int
    peers: int
    promoted: Result
    archived: Result


def standings(people: Population) -> list[Standing]:
    """Return where each project stands, with its percentile among those in the same stage; in the order of names."""
    until = people.until
    if until is None:
        return []
    by_stage: dict[str, list[StagePath]] = defaultdict(list)
    for path in people.paths:
        if stage := path.stage_on(until):
            by_stage[stage].append(path)
    found = [standing for stage, paths in by_stage.items() for standing in _in_stage(stage, paths, until)]
    return sorted(found, key=lambda standing: (standing.path.name.lower(), standing.path.item_id))


def standing_of(people: Population, item: Item) -> Standing | None:
    """Return where the project of a card stands, whichever of its cards that is; None for one that is not hosted."""
    return next((each for each in standings(people) if _is_of(each.path, item)), None)


def _is_of(path: StagePath, item: Item) -> bool:
    return path.item_id == item.pk or (path.project_id is not None and path.project_id == item.project_id)


def stays_by_stage(people: Population) -> Mapping[str, Sequence[Stay]]:
    """Return the stays in each stage that projects are promoted from."""
    return {stage: [each.stay for each in stage_stays(people, stage)[0]] for stage in ABOVE}


def next_year(standing: Standing, stays: Mapping[str, Sequence[Stay]]) -> NextYear | None:
    """Return the base rate for a project that has stood so long; None for stages without a next one."""
    if standing.stage not in ABOVE:
        return None
    beyond = int(standing.months * DAYS_OF_MONTH)
    peers = stays[standing.stage]
    return NextYear(
        standing.months,
        sum(stay.days >= beyond for stay in peers),
        conditional_rate(peers, cause=PROMOTED, beyond_days=beyond),
        conditional_rate(peers, cause=LEFT_ARCHIVED, beyond_days=beyond),
    )


def _in_stage(stage: str, paths: Sequence[StagePath], until: date) -> list[Standing]:
    days = [(until - path.entered[stage]).days for path in paths]
    ranks = percentiles([float(length) for length in days])
    return [
        Standing(path, stage, path.entered[stage], stage in path.seen, length, rank)
        for path, length, rank in zip(paths, days, ranks, strict=True)
    ]
