"""An item's criteria card, and its brief: one page to print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from market.item_facts import item_facts
from market.judgements import assessments_of, criteria
from metrics.base_rates import Question, population
from metrics.measured_span import measured_span
from metrics.models import Metric
from metrics.stage_standings import next_year, standing_of, stays_by_stage
from projects.as_of import AsOf
from projects.models import Item
from web.caching import catalogue_page
from web.criteria_page import judged_criteria
from web.item_curves import count_curve, fitting_interval
from web.ladder_page import rate_sentence

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpResponse

    from market.item_facts import ItemFacts
    from metrics.models import Indicator
    from web.item_curves import CountCurve
    from web.pages import HtmxRequest

# The figures of a brief, each with its percentile where one is computed.
KEY_FIGURES = (
    (Metric.STARS, 0, Metric.STAR_PERCENTILE, 0),
    (Metric.STAR_GROWTH, 90, Metric.GROWTH_PERCENTILE, 90),
    (Metric.CONTRIBUTORS, 0, None, 0),
    (Metric.COMMITS, 90, None, 0),
    (Metric.DAYS_SINCE_RELEASE, 0, None, 0),
    (Metric.ISSUE_CLOSING, 90, None, 0),
)
MOST_EMPLOYERS = 4


@require_safe
@catalogue_page
def item_criteria(request: HtmxRequest, slug: str) -> HttpResponse:
    """Show the computed evidence by each criterion beside analysts' own judgements."""
    item = get_object_or_404(Item.objects.for_detail(), slug=slug)
    facts = item_facts(item, AsOf(timezone.now(), "", is_now=True))
    rows = list(criteria())
    context = {
        "item": item,
        "criteria": judged_criteria(rows, assessments_of(item), facts),
        "source": next((one.source for one in rows if one.source), None),
    }
    return render(request, "criteria/page.html", context)


@require_safe
@catalogue_page
def item_brief(request: HtmxRequest, slug: str) -> HttpResponse:
    """Show what matters of an item on one page of paper."""
    item = get_object_or_404(Item.objects.for_detail(), slug=slug)
    now = timezone.now()
    facts = item_facts(item, AsOf(now, "", is_now=True))
    context = {
        "item": item,
        "facts": facts,
        "now": now,
        "criteria": judged_criteria(criteria(), assessments_of(item), facts),
        "key_figures": _key_figures(facts),
        "sentence": _base_rate(item, now) if facts.state.maturity else "",
        "curve": _curve(item),
        "employers": facts.maintainers.employers[:MOST_EMPLOYERS] if facts.maintainers else (),
    }
    return render(request, "brief/page.html", context)


def _key_figures(facts: ItemFacts) -> list[tuple[Indicator, Indicator | None]]:
    """Return the figures that are computed or refused, each with the percentile that is given for it."""
    found = []
    for metric, window, percentile, percentile_window in KEY_FIGURES:
        figure = facts.indicators.get((metric, window))
        rank = facts.indicators.get((percentile, percentile_window)) if percentile else None
        if figure is not None:
            found.append((figure, rank if rank is not None and rank.value is not None else None))
    return found


def _base_rate(item: Item, now: datetime) -> str:
    """Say how often projects that stood so long in the same stage moved on; "" where that is not known."""
    people = population(Question(now, now))
    standing = standing_of(people, item)
    rate = next_year(standing, stays_by_stage(people)) if standing else None
    return rate_sentence(standing.stage, rate) if standing and rate else ""


def _curve(item: Item) -> CountCurve | None:
    span = measured_span(item.pk)
    return count_curve(item, "stars", fitting_interval(span), last=None, marks=()) if span else None
