"""Categories of the landscape."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from projects.category_contents import Section, categories_with_counts, category_sections
from projects.changes_feed import ChangeFilters, counts_by_kind, matching_changes
from projects.models import Category, ChangeKind
from projects.place_names import translated_places
from projects.querysets.items import ladder_order
from projects.taxonomy_breaks import notable_breaks
from projects.trends import TimeAxis, data_span, item_counts, time_axis
from web.break_sentences import dated_breaks
from web.caching import catalogue_page
from web.charts.areas import Layer, sparkline
from web.missing import missing_page
from web.pages import HtmxRequest, render_page
from web.trend_charts import Column, TrendChart, area_chart

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpResponse

CARDS_OF_A_SECTION = 48
NEWEST_CHANGES = 6
YEAR = timedelta(days=365)


@require_safe
@catalogue_page
def categories(request: HtmxRequest) -> HttpResponse:
    """List the categories with their counts and how they grew."""
    span = data_span()
    lines = _sparklines(time_axis(span, "month")) if span else {}
    counted = categories_with_counts(Category.objects.current().in_map_order())
    context = {"rows": [(counts, lines.get(counts.category.slug)) for counts in counted]}
    return render_page(request, "categories/list.html", context, fragment="category-results")


def _sparklines(axis: TimeAxis) -> dict[str, Layer]:
    return {series.key: sparkline(series.values) for series in item_counts(axis)}


@require_safe
@catalogue_page
def category_detail(request: HtmxRequest, slug: str) -> HttpResponse:
    """Show a category: its sections with their cards, how it grew, and what changed in twelve months."""
    category = Category.objects.filter(slug=slug).first()
    if category is None:
        return missing_page(request, slug)
    span = data_span()
    today = span.last if span else datetime.now(UTC).date()
    recent = ChangeFilters(category=slug, since=today - YEAR)
    sections = category_sections(category, most=CARDS_OF_A_SECTION)
    counts = counts_by_kind(recent)
    places = translated_places(get_language())
    context = {
        "category": category,
        "sections": sections,
        "total": sum(section.count for section in sections),
        "maturities": _maturities(sections),
        "since": recent.since,
        "places": places,
        "change_counts": [(str(kind.label), counts[kind]) for kind in ChangeKind if counts[kind]],
        "changes": matching_changes(recent).for_feed()[:NEWEST_CHANGES],
        "chart": _growth(category, time_axis(span, "month"), places) if span else None,
    }
    return render_page(request, "categories/detail.html", context, fragment="category-results")


def _maturities(sections: list[Section]) -> list[tuple[str, int]]:
    """Count the hosted cards of all sections by maturity, up the ladder."""
    counts: Counter[str] = sum((section.maturities for section in sections), start=Counter())
    return sorted(counts.items(), key=lambda pair: ladder_order(pair[0]))


def _growth(category: Category, axis: TimeAxis, places: Mapping[str, str]) -> TrendChart:
    """Draw how many cards the category had at the end of each month."""
    series = item_counts(axis, category=category.slug)
    totals = [sum(values) for values in zip(*(each.values for each in series), strict=True)] or [0] * len(axis)
    column = Column("items", _("Items"), totals)
    return area_chart(axis, [column], dated_breaks(notable_breaks(category), places))
