"""Named reads over computed figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import F, FloatField, OuterRef, Q, QuerySet, Subquery

from projects.querysets.items import LOGO_CONTENT

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

    def of_metrics(self, metrics: Collection[str], *, windows_days: Collection[int]) -> Self:
        """The figures of some metrics over some windows."""
        return self.filter(metric__in=metrics, window_days__in=windows_days)

    def of_items(self, item_ids: Collection[int]) -> Self:
        """The figures of some items."""
        return self.filter(item__in=item_ids)

    def given(self) -> Self:
        """Figures that are not refused."""
        return self.filter(value__isnull=False)

    def in_category(self, slug: str) -> Self:
        """The figures of items in one category; empty: of all."""
        return self.filter(item__subcategory__category__slug=slug) if slug else self

    def of_maturity(self, maturity: str) -> Self:
        """The figures of hosted projects of one maturity; empty: of all items."""
        return self.filter(item__maturity=maturity) if maturity else self

    def with_least_stars(self, stars: int, day: date) -> Self:
        """The figures of items that had at least so many stars on a day.

        A scalar subquery, since the planner would turn EXISTS into a join that starts from the stars of all items and
        so gives up the order of the ranking.
        """
        own = self.model.objects.filter(item=OuterRef("item"), metric="stars", window_days=0, day=day)
        stars_then = Subquery(own.values("value"), output_field=FloatField())
        return self.alias(stars_then=stars_then).filter(Q(stars_then__gte=stars)) if stars else self

    def with_items(self) -> Self:
        """Load each figure's item with its place and logo."""
        taxonomy_and_logo = self.select_related("item__subcategory__category", "item__logo")
        return taxonomy_and_logo.defer("item__description", "item__extra", *(f"item__{name}" for name in LOGO_CONTENT))

    def highest_first(self) -> Self:
        """The highest figures first; equal ones by item."""
        return self.order_by(F("value").desc(), "item_id")

    def newest_day(self, metric: str, *, window_days: int = 0, last: date | None = None) -> date | None:
        """Return the last day (up to ``last``) on which a metric was computed; one query."""
        computed = self.of_metric(metric, window_days=window_days)
        newest = (computed if last is None else computed.filter(day__lte=last)).order_by("-day")
        return newest.values_list("day", flat=True).first()
