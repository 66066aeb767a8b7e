"""The landscape's Chinese part: cards, organizations and hosted projects by our own sourced country."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.http import Http404
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from market.counterparts import counterparts
from projects.home_countries import (
    CHINESE_HOMES,
    cards_by_category,
    chinese_periods,
    home_counts,
    hosted_of_homes,
    organizations_by_cards,
)
from projects.landscape_state import current_landscape
from projects.localized import in_language
from web.caching import catalogue_page
from web.china_page import YEAR_COLUMNS, essay_numbers, home_years
from web.csv_files import CONTENT_TYPE, csv_lines
from web.downloads import data_file, readable, stream
from web.forms.china import ChinaForm
from web.pages import HtmxRequest, render_page
from web.paging import requested_page

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

PAGE_SIZE = 30
CARD_COLUMNS = (
    "as_of",
    "slug",
    "name",
    "category",
    "section",
    "maturity",
    "organization",
    "organization_slug",
    "country",
)
HOSTED_COLUMNS = ("as_of", "slug", "name", "maturity", "organization", "organization_slug", "country", "role", "source")
COUNTERPART_COLUMNS = ("slug", "name", "counterpart_slug", "counterpart", "reason", "reason_zh", "source")


@require_safe
@catalogue_page
def china(request: HtmxRequest) -> HttpResponse:
    """Show the Chinese part over the years and on a day, beside the essay's numbers."""
    form = ChinaForm(request.GET, now=timezone.now())
    form.is_valid()
    instant, countries, years = form.chosen.instant, form.countries, home_years()
    hosted = hosted_of_homes(instant, countries)
    organizations = Paginator(organizations_by_cards(instant, countries), PAGE_SIZE)
    context = {
        "form": form,
        "as_of": form.chosen,
        "counts": home_counts([instant])[0],
        "homes": CHINESE_HOMES,
        "chart": years.chart() if years else None,
        "essay": essay_numbers(),
        "hosted": hosted,
        "stages": list(Counter(one.period.maturity for one in hosted).items()),
        "categories": [
            {**row, "label": in_language(str(row["name"]), str(row["name_zh"]), language=get_language())}
            for row in cards_by_category(instant, countries)
        ],
        "page": requested_page(request, organizations),
        "counterparts": counterparts(),
        "landscape": current_landscape(),
        "csv_query": request.GET.urlencode(),
    }
    return render_page(request, "china/page.html", context, fragment="china-results")


@require_safe
@data_file
def china_csv(request: HtmxRequest, name: str) -> HttpResponseBase:
    """Answer the years, the cards, the hosted projects or the counterparts."""
    form = readable(ChinaForm(request.GET, now=timezone.now()))
    day = form.chosen.day.isoformat()
    if name == "years":
        years = home_years()
        columns, rows = YEAR_COLUMNS, years.rows() if years else iter(())
    elif name == "cards":
        columns, rows = CARD_COLUMNS, _card_rows(form)
    elif name == "hosted":
        columns, rows = HOSTED_COLUMNS, _hosted_rows(form)
    elif name == "counterparts":
        columns, rows = COUNTERPART_COLUMNS, _counterpart_rows()
    else:
        raise Http404
    lines = csv_lines(columns, rows)
    return stream(request, lines, file_name=f"strata-china-{name}-{day}.csv", content_type=CONTENT_TYPE)


def _card_rows(form: ChinaForm) -> Iterator[list[Any]]:
    day = form.chosen.day.isoformat()
    for card in chinese_periods(form.chosen.instant, form.countries):
        maker, place = card.organization, card.subcategory
        named = [maker.name, maker.slug, maker.country] if maker else ["", "", ""]
        yield [day, card.item.slug, card.name, place.category.name, place.name, card.maturity, *named]


def _hosted_rows(form: ChinaForm) -> Iterator[list[Any]]:
    day = form.chosen.day.isoformat()
    for one in hosted_of_homes(form.chosen.instant, form.countries):
        for part in one.origins:
            maker, source = part.organization, part.source.url if part.source else ""
            own = [one.period.item.slug, one.period.name, one.period.maturity]
            yield [day, *own, maker.name, maker.slug, maker.country, part.role, source]


def _counterpart_rows() -> Iterator[list[Any]]:
    for row in counterparts():
        names = [row.item.slug, row.item.name, row.counterpart.slug, row.counterpart.name]
        yield [*names, row.reason, row.reason_zh, row.source.url]
