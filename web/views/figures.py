"""Citing a figure, and reporting one that looks wrong."""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlencode, urlsplit

from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.addresses import client_address
from accounts.attempts import Limit
from projects.as_of import AsOf, InvalidAsOfError, parse_as_of
from web.caching import catalogue_page
from web.citations import Citation
from web.data_editions import edition_at
from web.forms.figures import FigureForm, ReportForm, page_match

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from web.data_editions import Edition

REPORT_LIMIT = Limit("figure report", most=5, window=timedelta(hours=1))
# Pages that show the landscape of ``?as_of=``: their address can be tied to the data it shows now.
PAGES_OF_A_DAY = frozenset({"map", "table", "item_detail", "data"})


@require_safe
@catalogue_page
def cite(request: HttpRequest) -> HttpResponse:
    """Give a figure's citation as text and BibTeX, with an address that leads to the same data later."""
    form = FigureForm(request.GET)
    if not form.is_valid():
        return render(request, "figures/cite.html", {"form": form}, status=400)
    page, figure = form.cleaned_data["page"], form.cleaned_data["figure"]
    edition = edition_at(_as_of_page(page))
    known = edition.provenance
    citation = Citation(
        figure=figure,
        url=request.build_absolute_uri(_lasting_address(page, edition)),
        data_day=known.committed_at.astimezone(UTC).date() if known.committed_at else None,
        commit=known.commit or "",
        source=known.credit or _("unknown source"),
        licence=known.licence or _("licence unknown"),
        accessed_on=timezone.now().date(),
    )
    return render(request, "figures/cite.html", {"form": form, "citation": citation, "page": page, "figure": figure})


def _as_of_page(page: str) -> AsOf:
    """Return the instant that a page's address asks for; the present where it asks for none that can be read."""
    asked = parse_qs(urlsplit(page).query).get("as_of", [""])[-1]
    now = timezone.now()
    try:
        return parse_as_of(asked, now=now)
    except InvalidAsOfError:
        return parse_as_of("", now=now)


def _lasting_address(page: str, edition: Edition) -> str:
    """Return the page's address, with the instant of its data where the page takes one and names none."""
    parts = urlsplit(page)
    if page_match(page).view_name not in PAGES_OF_A_DAY or "as_of" in parse_qs(parts.query):
        return page
    query = "&".join(filter(None, [parts.query, urlencode({"as_of": edition.as_of})]))
    return parts._replace(query=query).geturl()


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def report(request: HttpRequest) -> HttpResponse:
    """Take a reader's word that a figure looks wrong."""
    if request.method != "POST":
        initial = {name: request.GET.get(name, "") for name in ("page", "figure")}
        return render(request, "figures/report.html", {"form": ReportForm(initial=initial | _own_email(request))})
    form = ReportForm(request.POST)
    if form.is_valid() and not form.is_from_a_machine:
        if REPORT_LIMIT.take(client_address(request), now=timezone.now()):
            form.instance.user = request.user if request.user.is_authenticated else None
            form.save()
        else:
            form.add_error(None, _("Too many reports from your address. Try again in an hour."))
    if form.is_valid():
        return redirect("report_thanks")
    return render(request, "figures/report.html", {"form": form}, status=422)


def _own_email(request: HttpRequest) -> dict[str, str]:
    return {"email": request.user.email} if request.user.is_authenticated else {}


@require_safe
def report_thanks(request: HttpRequest) -> HttpResponse:
    """Thank the reader."""
    return render(request, "figures/thanks.html")
