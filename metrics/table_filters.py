"""The filters by figures that the table page and the API share, with those of the catalogue."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import django_filters
from django.db.models.fields.json import KeyTextTransform
from django.utils.translation import gettext_lazy as _

from metrics.formulas.confidence import Grade
from metrics.models import Indicator
from metrics.table_figures import FIGURES, figures_day
from projects.filters import YES_NO, ItemFilterSet

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from decimal import Decimal

    from metrics.querysets.indicators import IndicatorQuerySet
    from metrics.table_figures import FigureColumn
    from projects.querysets.periods import ItemPeriodQuerySet

GRADES = [(grade.value, grade.value) for grade in Grade]
# Beyond any count or percentage that an item can have.
LARGEST = 10**9


# A series can lose all of it, and a small one grow a thousandfold.
PERCENT: dict[str, Any] = {"min_value": -100, "decimal_places": 2}


class FigureFilter(django_filters.NumberFilter):  # type: ignore[misc]  # django-filter has no types
    """Items whose figure is given and on one side of a bound, itself included; shares are bounded in percent."""

    def __init__(self, figure: str, lookup: str, *, label: Any, **options: Any) -> None:
        bounds = {"min_value": 0, "max_value": LARGEST, "decimal_places": 0} | options
        super().__init__(field_name=figure, lookup_expr=lookup, label=label, **bounds)

    def filter(self, qs: ItemPeriodQuerySet, value: Decimal | None) -> ItemPeriodQuerySet:
        if value is None:
            return qs
        figure = FIGURES[self.field_name]
        bound = float(value) / (100 if figure.is_share else 1)
        within = self.parent.figures_of(figure).filter(**{f"value__{self.lookup_expr}": bound})
        return qs.filter(item__in=within.values("item"))


def _at_least(figure: str, label: Any, **options: Any) -> FigureFilter:
    return FigureFilter(figure, "gte", label=label, **options)


def _at_most(figure: str, label: Any, **options: Any) -> FigureFilter:
    return FigureFilter(figure, "lte", label=label, **options)


class FiguredItemFilterSet(ItemFilterSet):
    """The catalogue's filters, and those by the figures of one day.

    ``figures_day`` gives the day (default: the newest), and is asked only by a filter that needs it. An item whose
    figure is refused or was not computed passes no filter by that figure.
    """

    stars_min = _at_least("stars", _("Stars, at least"))
    stars_max = _at_most("stars", _("Stars, at most"))
    growth_30_percent_min = _at_least("growth_30", _("Growth of stars over 30 days in percent, at least"), **PERCENT)
    growth_30_percent_max = _at_most("growth_30", _("Growth of stars over 30 days in percent, at most"), **PERCENT)
    growth_90_percent_min = _at_least("growth_90", _("Growth of stars over 90 days in percent, at least"), **PERCENT)
    growth_90_percent_max = _at_most("growth_90", _("Growth of stars over 90 days in percent, at most"), **PERCENT)
    growth_365_percent_min = _at_least("growth_365", _("Growth of stars over 365 days in percent, at least"), **PERCENT)
    growth_365_percent_max = _at_most("growth_365", _("Growth of stars over 365 days in percent, at most"), **PERCENT)
    contributors_min = _at_least("contributors", _("Contributors, at least"))
    contributors_max = _at_most("contributors", _("Contributors, at most"))
    commits_30_min = _at_least("commits_30", _("Commits in 30 days, at least"))
    commits_30_max = _at_most("commits_30", _("Commits in 30 days, at most"))
    release_age_min = _at_least("release_age", _("Days since the latest release, at least"))
    release_age_max = _at_most("release_age", _("Days since the latest release, at most"))
    confidence = django_filters.MultipleChoiceFilter(
        label=_("Data confidence"), choices=GRADES, method="of_grades", distinct=False
    )
    has_figures = django_filters.ChoiceFilter(
        label=_("Has figures"), choices=YES_NO, method="by_having_figures", empty_label=None
    )

    def __init__(self, *args: Any, figures_day: Callable[[], date | None] = figures_day, **options: Any) -> None:
        self._figures_day = figures_day
        super().__init__(*args, **options)

    @cached_property
    def figures_on(self) -> date | None:
        """The day whose figures are filtered by."""
        return self._figures_day()

    def figures_of(self, figure: FigureColumn) -> IndicatorQuerySet:
        """The day's figures of one kind, refusals included."""
        figures = Indicator.objects.on(self.figures_on) if self.figures_on else Indicator.objects.none()
        return figures.of_metric(figure.metric, window_days=figure.window_days)

    def of_grades(self, periods: ItemPeriodQuerySet, _name: str, grades: list[str]) -> ItemPeriodQuerySet:
        """Items whose data have one of some grades of confidence."""
        if not grades:
            return periods
        graded = self.figures_of(FIGURES["confidence"]).alias(grade=KeyTextTransform("grade", "details"))
        return periods.filter(item__in=graded.filter(grade__in=grades).values("item"))

    def by_having_figures(self, periods: ItemPeriodQuerySet, _name: str, answer: str) -> ItemPeriodQuerySet:
        """Items whose stars are known on the day, or are not."""
        measured = self.figures_of(FIGURES["stars"]).given().values("item")
        return periods.filter(item__in=measured) if answer == "true" else periods.exclude(item__in=measured)
