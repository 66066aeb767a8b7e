"""Money raised: totals, rounds, exits, investors and their graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from market.exits import acquirers, exit_tape, summary_of
from market.funding_rounds import filtered_rounds, newest_first, with_parts
from market.funding_totals import grand_total
from market.investors import investors as all_investors
from market.investors import rounds_without_investors, ties
from market.partial_dates import partial_date_text
from web.caching import catalogue_page
from web.csv_files import CONTENT_TYPE, csv_lines
from web.downloads import data_file, readable, stream
from web.forms.funding import ExitsForm, FundingForm
from web.funding_graph import lay_graph
from web.funding_page import ROUND_COLUMNS, charts, round_lines
from web.pages import HtmxRequest, render_page
from web.paging import requested_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from market.exits import Exit

PAGE_SIZE = 50
EXIT_COLUMNS = (
    "slug", "kind", "organization", "subject", "acquirer", "on", "date_precision", "price_usd", "price_qualifier",
    "capital_raised_usd", "rounds_not_summed", "stated_total_usd", "multiple", "years_since_founding", "confidence", "sources",
)  # fmt: skip


@require_safe
@catalogue_page
def funding(request: HtmxRequest) -> HttpResponse:
    """Show what was raised, by year, layer, series and country, and the rounds, the newest first."""
    form = FundingForm(request.GET)
    form.is_valid()
    rounds = filtered_rounds(form.chosen)
    context = {
        "form": form,
        "total": grand_total(rounds),
        "charts": charts(rounds, form.chosen_framework, layer=form.chosen.layer),
        "page": requested_page(request, Paginator(with_parts(newest_first(rounds)), PAGE_SIZE)),
        "is_filtered": not form.chosen.is_empty,
        "csv_query": request.GET.urlencode(),
    }
    return render_page(request, "funding/page.html", context, fragment="funding-results")


@require_safe
@data_file
def funding_csv(request: HtmxRequest) -> HttpResponseBase:
    """Answer the rounds asked for, a line for each."""
    form = readable(FundingForm(request.GET))
    rounds = with_parts(newest_first(filtered_rounds(form.chosen)))
    name = f"strata-funding-rounds-{timezone.now().date().isoformat()}.csv"
    return stream(request, csv_lines(ROUND_COLUMNS, round_lines(rounds)), file_name=name, content_type=CONTENT_TYPE)


@require_safe
@catalogue_page
def exits(request: HtmxRequest) -> HttpResponse:
    """Show sales and listings with their prices, multiples of capital raised and years, and who buys."""
    form = ExitsForm(request.GET)
    form.is_valid()
    tape = exit_tape(form.chosen)
    context = {
        "form": form,
        "summary": summary_of(tape),
        "page": requested_page(request, Paginator(tape, PAGE_SIZE)),
        "acquirers": acquirers(),
        "csv_query": request.GET.urlencode(),
    }
    return render_page(request, "funding/exits.html", context, fragment="exit-results")


@require_safe
@data_file
def exits_csv(request: HtmxRequest) -> HttpResponseBase:
    """Answer the exits asked for, a line for each."""
    form = readable(ExitsForm(request.GET))
    name = f"strata-exits-{timezone.now().date().isoformat()}.csv"
    lines = csv_lines(EXIT_COLUMNS, _exit_lines(exit_tape(form.chosen)))
    return stream(request, lines, file_name=name, content_type=CONTENT_TYPE)


def _exit_lines(tape: list[Exit]) -> Iterator[tuple[object, ...]]:
    for one in tape:
        yield (
            one.fact.slug,
            "listing" if one.is_listing else getattr(one.fact, "kind", ""),
            one.organization.slug,
            getattr(one.fact, "subject", ""),
            one.acquirer.slug if one.acquirer else "",
            partial_date_text(one.on, one.fact.date_precision),
            one.fact.date_precision,
            one.price_usd,
            one.price_qualifier,
            one.raised.amount_usd,
            one.raised.lacking,
            one.raised.stated_usd,
            f"{one.multiple:.4f}" if one.multiple is not None else "",
            one.years,
            one.fact.confidence,
            " ".join(citation.source.url for citation in one.fact.citations.all()),
        )


@require_safe
@catalogue_page
def investors(request: HtmxRequest) -> HttpResponse:
    """List investors, those with the most rounds first."""
    context = {
        "page": requested_page(request, Paginator(all_investors(), PAGE_SIZE)),
        "without": rounds_without_investors(),
    }
    return render_page(request, "funding/investors.html", context, fragment="investor-results")


@require_safe
@catalogue_page
def funding_graph(request: HtmxRequest) -> HttpResponse:
    """Draw who invested in whom; the same as a list for those who do not see drawings."""
    found = ties()
    context = {"graph": lay_graph(found), "ties": found, "without": rounds_without_investors()}
    return render(request, "funding/graph.html", context)
