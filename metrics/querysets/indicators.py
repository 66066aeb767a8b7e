"""Named reads over computed figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import F, QuerySet

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from metrics.models.indicators import Indicator  # noqa: F401  (the type parameter below)


class IndicatorQuerySet(QuerySet["Indicator"]):
    """Reads over figures; an index serves a metric's figures over one window on one day, by value."""

    def on(self, day: date) -> Self:
        """The figures of one day."""
        return self.filter(day=day)

    def of_metric(self, metric: str, *, window_days: int = 0) -> Self:
        """The figures of one metric over one window."""
        return self.filter(metric=metric, window_days=window_days)

    def of_items(self, item_ids: Collection[int]) -> Self:
        """The figures of some items."""
        return self.filter(item__in=item_ids)

    def given(self) -> Self:
        """Figures that are not refused."""
        return self.filter(value__isnull=False)

    def highest_first(self) -> Self:
        """The highest figures first; equal ones by item."""
        return self.order_by(F("value").desc(), "item_id")

    def newest_day(self, metric: str, *, window_days: int = 0) -> date | None:
        """Return the last day on which a metric was computed; one query."""
        newest = self.of_metric(metric, window_days=window_days).order_by("-day")
        return newest.values_list("day", flat=True).first()
