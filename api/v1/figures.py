"""What lists of items with figures have in common."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import cached_property
from typing import Any

from rest_framework import serializers

from api.v1.columns import column_field
from market.screen.columns import COLUMNS
from metrics.table_figures import FIGURES, figure_values, figures_day
from projects.as_of import AsOf

FIGURES_ON = "The day of the figures: the newest up to the instant; null: there were none."
UNKNOWN = dict.fromkeys(FIGURES)


class FiguresSerializer(serializers.Serializer[dict[str, Any]]):
    """An item's figures of a day; null is refused or not computed, and `indicators/` says why."""

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        day = serializers.DateField(read_only=True, allow_null=True, help_text=FIGURES_ON)
        return {**super().get_fields(), "figures_on": day, **{key: column_field(COLUMNS[key]) for key in FIGURES}}


class FiguresOfADay:
    """Gives lists and the filters of ``FiguredItemFilterSet`` their day: the newest with figures up to the instant."""

    as_of: AsOf

    @cached_property
    def figures_day(self) -> date | None:
        """The day whose figures count; one query, if asked for."""
        return figures_day(last=self.as_of.day)

    def filterset_options(self) -> dict[str, Callable[[], date | None]]:
        """What the filters by figures need."""
        return {"figures_day": lambda: self.figures_day}

    def with_values(self, rows: Sequence[dict[str, Any]]) -> Sequence[dict[str, Any]]:
        """Add their figures to rows that name their ``item``; two queries at most, none without rows."""
        if not rows:
            return rows
        found = figure_values([row["item"] for row in rows], day=self.figures_day)
        return [{**row, "figures_on": self.figures_day, **UNKNOWN, **found.get(row["item"], {})} for row in rows]
