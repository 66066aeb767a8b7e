"""What the map's tiles can be as large as, beside their stage: stars, or commits in 30 days."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from metrics.models import Indicator
from metrics.table_figures import FIGURES, figures_day

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date


class Measure(StrEnum):
    """What a tile can be as large as."""

    STARS = "stars"
    ACTIVITY = "activity"


FIGURE_KEYS = {Measure.STARS: "stars", Measure.ACTIVITY: "commits_30"}
# The shares of the measured items that are at least so large.
LARGE_SHARE, WIDE_SHARE = 0.1, 0.4


@dataclass(frozen=True, slots=True)
class Sizes:
    """Each item's figure by its slug, those unknown left out, and from where on a tile is wide or large.

    ``day`` is None, and nothing known, where no figures were computed; nothing is wide or large for 0.
    """

    measure: Measure
    day: date | None
    values: Mapping[str, int]
    wide_from: int
    large_from: int

    def unknown_of(self, slugs: Collection[str]) -> int:
        """Count the items whose figure is unknown."""
        return sum(slug not in self.values for slug in slugs)


def map_sizes(measure: Measure, *, last: date) -> Sizes:
    """Return the sizes by the figures of the newest day up to ``last``; two queries."""
    day = figures_day(last=last)
    figure = FIGURES[FIGURE_KEYS[measure]]
    values: dict[str, int] = {}
    if day is not None:
        given = Indicator.objects.on(day).of_metric(figure.metric, window_days=figure.window_days).given()
        # Both are counts.
        values = {slug: int(value or 0) for slug, value in given.values_list("item__slug", "value")}
    highest_first = sorted(values.values(), reverse=True)
    return Sizes(measure, day, values, _step(highest_first, WIDE_SHARE), _step(highest_first, LARGE_SHARE))


def _step(highest_first: list[int], share: float) -> int:
    """Return the least value of the upper share, 1 at least."""
    place = math.ceil(len(highest_first) * share) - 1
    return max(1, highest_first[place]) if highest_first else 1
