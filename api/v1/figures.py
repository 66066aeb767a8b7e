"""What lists that can be chosen from by figures have in common."""

from collections.abc import Callable
from datetime import date
from functools import cached_property

from metrics.table_figures import figures_day
from projects.as_of import AsOf


class FiguresOfADay:
    """Gives the filters of ``FiguredItemFilterSet`` their day: the newest with figures up to the instant asked about."""

    as_of: AsOf

    @cached_property
    def figures_day(self) -> date | None:
        """The day whose figures count; one query, if asked for."""
        return figures_day(last=self.as_of.day)

    def filterset_options(self) -> dict[str, Callable[[], date | None]]:
        """What the filters by figures need."""
        return {"figures_day": lambda: self.figures_day}
