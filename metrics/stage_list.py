"""The list of hosted projects by how long they have stood in their stage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from metrics.formulas.results import Result, Value
from metrics.stage_standings import NextYear, Standing, next_year, standings, stays_by_stage
from metrics.unknown_last import unknown_last
from projects.models import Maturity

if TYPE_CHECKING:
    from collections.abc import Callable

    from metrics.base_rates import Population

ORDERINGS = ("name", "stage", "days", "percentile", "promoted", "archived")


@dataclass(frozen=True, slots=True)
class ListedStanding:
    """Where a project stands, and the base rate for one that has stood there so long; None without a next stage."""

    standing: Standing
    rate: NextYear | None


@dataclass(frozen=True, slots=True)
class Shown:
    """Which projects of a population are shown; "" means any. Percentiles and rates are those among all."""

    stage: str = ""
    category: str = ""

    def has(self, standing: Standing) -> bool:
        """Whether a project is shown."""
        return self.stage in {"", standing.stage} and self.category in {"", standing.path.category.slug}


def listed_standings(people: Population, shown: Shown, *, ordering: str = "name") -> list[ListedStanding]:
    """Return the projects that are shown, ordered by one of ``ORDERINGS`` ("-" before it: descending).

    What has no value comes last in both directions; equal ones stand by name.
    """
    stays = stays_by_stage(people)
    rows = [ListedStanding(each, next_year(each, stays)) for each in standings(people) if shown.has(each)]
    return unknown_last(rows, _VALUES[ordering.removeprefix("-")], descending=ordering.startswith("-"))


def _value(result: Result | None) -> float | None:
    return result.value if isinstance(result, Value) else None


_VALUES: dict[str, Callable[[ListedStanding], Any]] = {
    "name": lambda row: row.standing.path.name.lower(),
    "stage": lambda row: Maturity.values.index(row.standing.stage),
    "days": lambda row: row.standing.days,
    "percentile": lambda row: _value(row.standing.percentile),
    "promoted": lambda row: _value(row.rate.promoted if row.rate else None),
    "archived": lambda row: _value(row.rate.archived if row.rate else None),
}
