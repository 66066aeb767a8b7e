"""The series of the trends page, named and cut to the stretch that a reader asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from projects.localized import localized
from projects.models import Category, Subcategory
from projects.place_names import translated_places
from projects.querysets.items import MATURITY_PLACES, ladder_order
from projects.taxonomy_breaks import notable_breaks
from projects.trends import TimeAxis, data_span, hosted_counts, item_counts, time_axis, turnover
from web.break_sentences import dated_breaks
from web.charts.areas import Layer, sparkline
from web.templatetags.localized import maturity_label
from web.trend_charts import Column, TrendChart, area_chart, turnover_chart

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from web.forms.trends import TrendsForm

HUES = 6
YEAR_OF = {"month": 12, "quarter": 4, "year": 1}


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One category or section over the stretch: its line, its count at both ends, and a year before the end.

    ``a_year_before`` is None where the stretch is shorter than a year.
    """

    label: str
    url: str
    line: Layer
    first: int
    last: int
    a_year_before: int | None

    @property
    def change(self) -> int | None:
        """By how many cards it grew within a year."""
        return None if self.a_year_before is None else self.last - self.a_year_before


class TrendSeries:
    """All series of one reader's question; each attribute is read when it is asked for."""

    def __init__(self, form: TrendsForm, whole: TimeAxis) -> None:
        self.category = form.chosen_category
        self.slug = self.category.slug if self.category else ""
        self.whole = whole
        self.window = whole.window(form.cleaned_data.get("since"), form.cleaned_data.get("until"))
        self.axis = whole.cut(self.window)

    def groups(self) -> list[Column]:
        """Cards of each category, or of each section of the chosen one; the largest at the end first."""
        names = self._names()
        series = (each.cut(self.window) for each in item_counts(self.whole, category=self.slug))
        return [
            Column(each.key, localized(names[each.key], "name", language=get_language()), each.values)
            for each in series
            if any(each.values)
        ]

    def items(self, groups: Sequence[Column]) -> Column:
        """All cards."""
        totals = [sum(values) for values in zip(*(group.values for group in groups), strict=True)]
        return Column("items", _("items"), totals or [0] * len(self.axis))

    def hosted(self) -> list[Column]:
        """Hosted projects of each maturity, graduated first; another foundation's words in hues of their own."""
        series = [each.cut(self.window) for each in hosted_counts(self.whole, category=self.slug)]
        series.sort(key=lambda each: ladder_order(each.key))
        series = [each for each in series if any(each.values)]
        hues = _hues(each.key for each in series if each.key not in MATURITY_PLACES)
        return [Column(each.key, maturity_label(each.key), each.values, hues.get(each.key, "")) for each in series]

    def came_and_went(self) -> tuple[Column, Column]:
        """Cards added and removed in each bin."""
        counts = turnover(self.whole, category=self.slug).cut(self.window)
        return Column("added", _("added"), counts.added), Column("removed", _("removed"), counts.removed)

    def breaks(self) -> list[tuple[date, str]]:
        """Days on which the sections themselves changed."""
        return dated_breaks(notable_breaks(self.category), translated_places(get_language()))

    def group_rows(self, groups: Sequence[Column]) -> list[GroupRow]:
        """Each group as a line with its counts."""
        names = self._names()
        year = YEAR_OF[self.axis.resolution]
        return [
            GroupRow(
                label=group.label,
                url=names[group.key].get_absolute_url(),
                line=sparkline(group.values),
                first=group.values[0],
                last=group.values[-1],
                a_year_before=group.values[-1 - year] if len(group.values) > year else None,
            )
            for group in groups
        ]

    def _names(self) -> dict[str, Category | Subcategory]:
        if not hasattr(self, "_known_names"):
            self._known_names: dict[str, Category | Subcategory] = (
                {each.slug: each for each in self.category.subcategories.select_related("category")}
                if self.category
                else {each.slug: each for each in Category.objects.in_map_order()}
            )
        return self._known_names


def _hues(words: Iterable[str]) -> dict[str, str]:
    """Give each word one of the style sheet's hues, which begin again after the last."""
    return {word: f"series-{place % HUES + 1}" for place, word in enumerate(words)}


@dataclass(frozen=True, slots=True)
class TrendCharts:
    """The page's drawings."""

    items: TrendChart
    hosted: TrendChart
    turnover: TrendChart
    groups: list[GroupRow]


def trend_series(form: TrendsForm) -> TrendSeries | None:
    """Return the series that a form asks for; None if nothing is imported."""
    span = data_span()
    return TrendSeries(form, time_axis(span, form.chosen_resolution)) if span else None


def trend_charts(series: TrendSeries) -> TrendCharts:
    """Draw everything; one query for each kind of series, one for names, one for breaks."""
    breaks = series.breaks()
    groups = series.groups()
    return TrendCharts(
        items=area_chart(series.axis, [series.items(groups)], breaks),
        hosted=area_chart(series.axis, series.hosted()),
        turnover=turnover_chart(series.axis, *series.came_and_went(), breaks),
        groups=series.group_rows(groups),
    )
