"""What was measured of an item over time, and the same numbers as files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from market.money_events import money_events
from metrics.activity import ACTIVITY_COUNTS, activity_of_items
from metrics.curve_events import curve_events
from metrics.item_indicators import item_indicators
from metrics.maintainers import newest_maintainers
from metrics.measured_span import measured_span
from metrics.models import Metric
from metrics.series import Interval, item_series
from projects.models import Item, Source
from web.caching import catalogue_page
from web.csv_files import CONTENT_TYPE, csv_lines
from web.downloads import data_file, readable, stream
from web.forms.curves import CurvesForm
from web.item_curves import count_curve, count_titles, event_marks, fitting_interval, maturity_changes, money_marks
from web.pages import HtmxRequest, render_page
from web.published_curves import item_activity

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from django.http.response import HttpResponse, HttpResponseBase

    from metrics.series import ItemSeries
    from web.item_curves import CountCurve

SERIES_COLUMNS = ("day", "repository", "value", "reason", "method", "observed_at", "break")


@require_safe
@catalogue_page
def item_curves(request: HtmxRequest, slug: str) -> HttpResponse:
    """Draw an item's stars and contributors, its published years, and its maintainers' employers."""
    item = get_object_or_404(Item, slug=slug)
    form = CurvesForm(request.GET, now=timezone.now())
    form.is_valid()
    last = _last_day(form)
    span = measured_span(item.pk)
    interval = form.interval_or(fitting_interval(span) if span else Interval.MONTH)
    maintainers = newest_maintainers(item.pk, last=last)
    context = {
        "form": form,
        "item": item,
        "as_of": form.chosen,
        "interval": interval,
        "curves": _curves(item, interval, last) if span else [],
        "activity": item_activity(item, last=last),
        "maintainers": maintainers,
        "maintainers_source": Source.objects.get(pk=maintainers.source_id) if maintainers else None,
        **_indicators(item, last),
    }
    return render_page(request, "items/curves.html", context, fragment="item-curves")


def _indicators(item: Item, last: date | None) -> dict[str, Any]:
    figures = item_indicators(item.pk, last=last)
    return {
        "indicators_day": figures[0].day if figures else None,
        "confidence": next((figure for figure in figures if figure.metric == Metric.CONFIDENCE), None),
        "given": [figure for figure in figures if not figure.refusal and figure.metric != Metric.CONFIDENCE],
        "refused": [figure for figure in figures if figure.refusal],
    }


def _asked_last_day(request: HtmxRequest) -> date | None:
    return _last_day(readable(CurvesForm(request.GET, now=timezone.now())))


def _last_day(form: CurvesForm) -> date | None:
    return None if form.chosen.is_now else form.chosen.instant.date()


def _curves(item: Item, interval: Interval, last: date | None) -> list[CountCurve]:
    marks = [*event_marks(curve_events(item.pk), maturity_changes(item)), *money_marks(money_events(item))]
    curves = (count_curve(item, count, interval, last=last, marks=marks) for count in count_titles())
    return [curve for curve in curves if curve]


@require_safe
@data_file
def item_curves_csv(request: HtmxRequest, slug: str) -> HttpResponseBase:
    """Answer one count of every repository of an item, a line for each point."""
    item = get_object_or_404(Item, slug=slug)
    form = readable(CurvesForm(request.GET, now=timezone.now()))
    count = form.chosen_count
    series = item_series(item.pk, count=count, interval=form.interval_or(Interval.DAY), last=_last_day(form))
    lines = csv_lines(SERIES_COLUMNS, _series_rows(series))
    return stream(request, lines, file_name=f"strata-{slug}-{count}.csv", content_type=CONTENT_TYPE)


def _series_rows(series: ItemSeries) -> Iterator[tuple[object, ...]]:
    swaps = {(found.repository_id, found.day): found.reason for found in series.breaks}
    for one in series.repositories:
        for point in one.points:
            why = swaps.get((one.repository_id, point.day), "")
            value = "" if point.value is None else point.value
            observed_at = point.observed_at.isoformat(timespec="seconds")
            yield point.day, one.full_name or one.url, value, point.reason, point.method, observed_at, why


@require_safe
@data_file
def item_activity_csv(request: HtmxRequest, slug: str) -> HttpResponseBase:
    """Answer an item's published years up to ``as_of``, a line for each window."""
    item = get_object_or_404(Item, slug=slug)
    last = _asked_last_day(request)
    rows = (
        (
            point.period_start,
            point.period_end,
            point.project_name,
            *("" if point.counts[count] is None else point.counts[count] for count in ACTIVITY_COUNTS),
            " ".join(point.unreliable),
        )
        for point in activity_of_items([item.pk])[item.pk]
        if last is None or point.period_end <= last
    )
    lines = csv_lines(("period_start", "period_end", "project", *ACTIVITY_COUNTS, "unreliable"), rows)
    return stream(request, lines, file_name=f"strata-{slug}-years.csv", content_type=CONTENT_TYPE)


@require_safe
@data_file
def item_maintainers_csv(request: HtmxRequest, slug: str) -> HttpResponseBase:
    """Answer the newest list of maintainers up to ``as_of`` by employer; an empty employer is unknown."""
    item = get_object_or_404(Item, slug=slug)
    found = newest_maintainers(item.pk, last=_asked_last_day(request))
    rows: list[tuple[object, ...]] = []
    if found:
        rows = [(found.as_of, each.employer, each.maintainers) for each in found.employers]
        rows += [(found.as_of, "", found.unknown)] if found.unknown else []
    lines = csv_lines(("as_of", "employer", "maintainers"), rows)
    return stream(request, lines, file_name=f"strata-{slug}-maintainers.csv", content_type=CONTENT_TYPE)


@require_safe
@data_file
def item_indicators_csv(request: HtmxRequest, slug: str) -> HttpResponseBase:
    """Answer an item's figures of the newest day up to ``as_of``; a refused one has its reason and no value."""
    item = get_object_or_404(Item, slug=slug)
    columns = ("day", "metric", "window_days", "value", "low", "high", "n", "refusal", "version")
    rows = (
        ["" if getattr(figure, name) is None else getattr(figure, name) for name in columns]
        for figure in item_indicators(item.pk, last=_asked_last_day(request))
    )
    lines = csv_lines(columns, rows)
    return stream(request, lines, file_name=f"strata-{slug}-indicators.csv", content_type=CONTENT_TYPE)
