"""Vendor control: on how few employers the maintainers of each hosted project rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from metrics.formulas.results import Result, Value
from metrics.vendor_control import VendorControl, ordered, summaries, vendor_control, without_lists, word_of
from projects.models import Maturity, Source
from web.caching import catalogue_page
from web.csv_files import CONTENT_TYPE, csv_lines
from web.downloads import data_file, readable, stream
from web.forms.vendor_control import VendorControlForm
from web.ladder_page import heads
from web.pages import HtmxRequest, render_page
from web.paging import requested_page

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from projects.models import ItemPeriod

PAGE_SIZE = 50
COLUMNS = (
    ("name", _("Project"), False),
    ("", _("Maturity"), False),
    ("maintainers", _("Maintainers"), True),
    ("", _("Largest employer"), False),
    ("largest", _("Its share"), True),
    ("change", _("Change since the first list"), True),
    ("elephant", _("Elephant factor"), True),
    ("hhi", _("HHI"), True),
    ("", _("List"), False),
)
CSV_COLUMNS = (
    "slug", "name", "category", "maturity", "list_of", "unchanged_since", "maintainers", "unknown", "largest_employer", "share",
    "share_low", "share_high", "first_list", "change", "change_low", "change_high", "elephant", "elephant_low",
    "elephant_high", "hhi", "hhi_low", "hhi_high", "concentration",
)  # fmt: skip


@require_safe
@catalogue_page
def control(request: HtmxRequest) -> HttpResponse:
    """List the hosted projects by the share of maintainers that their largest employer has."""
    form = VendorControlForm(request.GET, now=timezone.now())
    form.is_valid()
    everything = vendor_control(form.chosen.instant)
    rows = _chosen(form, everything)
    places = {maturity: place for place, maturity in enumerate(reversed(Maturity.values))}
    context = {
        "form": form,
        "as_of": form.chosen,
        "page": requested_page(request, Paginator(ordered(rows, form.order), PAGE_SIZE)),
        "heads": heads(request, COLUMNS, form.order),
        "newest_list": max((row.newest.as_of for row in everything), default=None),
        "by_maturity": sorted(
            summaries(rows, lambda row: row.maturity), key=lambda each: places.get(each.key, -1), reverse=True
        ),
        "by_category": summaries(rows, lambda row: row.category.slug),
        "without": _without_lists(form, everything),
        "source": Source.objects.filter(pk=everything[0].source_id).first() if everything else None,
        "csv_query": request.GET.urlencode(),
    }
    return render_page(request, "vendor_control/page.html", context, fragment="control-results")


def _without_lists(form: VendorControlForm, rows: Sequence[VendorControl]) -> list[ItemPeriod]:
    maturity = form.cleaned_data.get("maturity", "")
    return [
        period
        for period in without_lists(form.chosen.instant, rows)
        if maturity in {"", period.maturity} and form.category_slug in {"", period.subcategory.category.slug}
    ]


def _chosen(form: VendorControlForm, rows: Sequence[VendorControl]) -> list[VendorControl]:
    maturity = form.cleaned_data.get("maturity", "")
    return [row for row in rows if maturity in {"", row.maturity} and form.category_slug in {"", row.category.slug}]


@require_safe
@data_file
def control_csv(request: HtmxRequest) -> HttpResponseBase:
    """Answer the same projects, all of them."""
    form = readable(VendorControlForm(request.GET, now=timezone.now()))
    rows = ordered(_chosen(form, vendor_control(form.chosen.instant)), form.order)
    day = form.chosen.day.isoformat()
    lines = csv_lines(CSV_COLUMNS, _lines(rows))
    return stream(request, lines, file_name=f"strata-vendor-control-{day}.csv", content_type=CONTENT_TYPE)


def _lines(rows: Sequence[VendorControl]) -> Iterator[tuple[object, ...]]:
    for row in rows:
        newest = row.newest
        yield (
            *(row.slug, row.name, row.category.slug, row.maturity, newest.as_of, row.unchanged_since),
            *(newest.total, newest.unknown, "; ".join(newest.largest), *_cells(newest.share)),
            *(row.earliest.as_of if row.earliest else "", *_cells(row.change)),
            *(*_cells(newest.elephant), *_cells(newest.hhi), word_of(newest.hhi) or ""),
        )


def _cells(result: Result | None) -> tuple[object, ...]:
    if not isinstance(result, Value) or result.interval is None:
        return "", "", ""
    return tuple(round(number, 4) for number in (result.value, result.interval.low, result.interval.high))
