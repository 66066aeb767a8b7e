"""Which items move: the fastest growing ones, small ones that rise, large ones that sleep.

All are read from the figures of one day (``newest_day``).
"""

from collections import Counter
from dataclasses import dataclass, fields
from datetime import date

from django.db.models import Count, F, FloatField, OuterRef, Q, Subquery

from metrics.models import Indicator, Metric
from metrics.querysets.indicators import IndicatorQuerySet
from metrics.table_figures import figures_of_items
from projects.models import Item
from projects.querysets.items import ItemQuerySet

# The floor of a ranking by relative growth: ten stars more are nothing to one item and double another.
LEAST_STARS = 100
WINDOW_DAYS = 90
# A riser is in the upper quarter of its subcategory by growth and in the lower half by stars; a sleeper in the lower
# quarter by growth and in the upper one by stars.
FAST, SLOW, SMALL, LARGE = 75, 25, 50, 75


@dataclass(frozen=True, slots=True)
class Within:
    """What a reader asks for; empty means any. ``least_stars`` are those of the day itself."""

    category: str = ""
    maturity: str = ""
    least_stars: int = LEAST_STARS

    def narrow(self, items: ItemQuerySet) -> ItemQuerySet:
        """Return those of the items that stand in the category and have the maturity; stars are not asked for."""
        found = items.in_categories([self.category]) if self.category else items
        return found.filter(maturity=self.maturity) if self.maturity else found


ANYWHERE = Within()


@dataclass(frozen=True, slots=True)
class Mover:
    """An item and its figures of the day; None where it was not computed. A figure is a value or a refusal."""

    item: Item
    stars: Indicator | None
    growth_30: Indicator | None
    growth_90: Indicator | None
    growth_365: Indicator | None
    robust_growth: Indicator | None
    star_percentile: Indicator | None
    growth_percentile: Indicator | None


# The fields of a mover that are figures, by their keys among the table's.
SHOWN = tuple(field.name for field in fields(Mover) if field.name != "item")


def newest_day() -> date | None:
    """Return the last day with figures, None before the first; one query."""
    return Indicator.objects.newest_day(Metric.STARS)


def coverage(*, day: date, metric: Metric = Metric.STAR_GROWTH, window_days: int = WINDOW_DAYS) -> Counter[str]:
    """Count the items by why their figure is refused, under "" those that have one; one query."""
    rows = Indicator.objects.on(day).of_metric(metric, window_days=window_days).order_by().values_list("refusal")
    return Counter(dict(rows.annotate(n=Count("pk"))))


def fastest_growing(
    *, day: date, window_days: int = WINDOW_DAYS, within: Within = ANYWHERE, most: int = 50, offset: int = 0
) -> list[Mover]:
    """Return the items whose stars grew most, relatively, over 30, 90 or 365 days; three queries."""
    ranked = Indicator.objects.on(day).of_metric(Metric.STAR_GROWTH, window_days=window_days).given()
    return _movers(_narrowed(ranked, within, day).highest_first()[offset : offset + most], day)


def risers(*, day: date, within: Within = ANYWHERE, most: int = 50) -> list[Mover]:
    """Return small items that grow fast for their subcategory, the widest gap between the two first; three queries."""
    rising = _with_star_percentile(day, within).filter(Q(value__gte=FAST), Q(star_percentile__lte=SMALL))
    return _movers(rising.order_by((F("value") - F("star_percentile")).desc(), "item_id")[:most], day)


def sleepers(*, day: date, within: Within = ANYWHERE, most: int = 50) -> list[Mover]:
    """Return large items that hardly grow for their subcategory, the widest gap between the two first; three queries."""
    asleep = _with_star_percentile(day, within).filter(Q(value__lte=SLOW), Q(star_percentile__gte=LARGE))
    return _movers(asleep.order_by((F("star_percentile") - F("value")).desc(), "item_id")[:most], day)


def _narrowed(figures: IndicatorQuerySet, within: Within, day: date) -> IndicatorQuerySet:
    return figures.in_category(within.category).of_maturity(within.maturity).with_least_stars(within.least_stars, day)


def _with_star_percentile(day: date, within: Within) -> IndicatorQuerySet:
    own = Indicator.objects.on(day).of_metric(Metric.STAR_PERCENTILE).filter(item=OuterRef("item"))
    percentiles = Indicator.objects.on(day).of_metric(Metric.GROWTH_PERCENTILE, window_days=WINDOW_DAYS)
    found = percentiles.alias(star_percentile=Subquery(own.values("value"), output_field=FloatField()))
    return _narrowed(found, within, day)


def _movers(figures: IndicatorQuerySet, day: date) -> list[Mover]:
    # The ids first: joined to their items, all figures would be before the first fifty are known.
    ids = list(figures.values_list("item_id", flat=True))
    items = Item.objects.with_taxonomy().with_logos().defer("description", "extra").in_bulk(ids)
    found = figures_of_items(ids, SHOWN, day=day)
    return [Mover(items[pk], **{key: found.get(pk, {}).get(key) for key in SHOWN}) for pk in ids]
