"""The catalogue as files: CSV and JSON of each table, the landscape's counts, a descriptor for programs."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from projects.catalogue_files import BY_NAME, FILES, data_package
from projects.catalogue_rows import row_counts
from projects.landscape_counts import landscape_counts
from projects.landscape_file import landscape_file_lines
from web.caching import catalogue_page
from web.csv_files import csv_lines
from web.data_editions import cell, edition_at, json_lines
from web.downloads import data_file, readable, stream
from web.forms.as_of import AsOfForm
from web.forms.map_files import MapPictureForm
from web.pages import HtmxRequest, render_page

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from projects.catalogue_files import CatalogueFile
    from web.data_editions import Edition


@require_safe
@catalogue_page
def data(request: HtmxRequest) -> HttpResponse:
    """List the files of a day, with their dates, rows and terms."""
    form = AsOfForm(request.GET, now=timezone.now())
    form.is_valid()
    edition = edition_at(form.chosen)
    counts = row_counts(edition.instant)
    context = {
        "form": form,
        "as_of": form.chosen,
        "edition": edition,
        "query": "" if form.chosen.is_now else "?" + urlencode({"as_of": form.chosen.text}),
        "picture": MapPictureForm(None, now=form.now),
        "files": [(file, counts[file.name]) for file in FILES],
    }
    return render_page(request, "data/page.html", context, fragment="data-files")


@require_safe
@data_file
def data_csv(request: HttpRequest, name: str) -> HttpResponseBase:
    """Stream one table as CSV."""
    file, edition = _file(name), _edition(request)
    rows = (tuple(map(cell, row)) for row in file.rows(edition.instant))
    file_name = f"strata-{name}-{edition.day}.csv"
    return stream(request, csv_lines(file.header, rows), file_name=file_name, content_type="text/csv; charset=utf-8")


@require_safe
@data_file
def data_json(request: HttpRequest, name: str) -> HttpResponseBase:
    """Stream one table as JSON: what it is and where it comes from, then the rows."""
    file, edition = _file(name), _edition(request)
    lines = json_lines(edition.header(), file.header, file.rows(edition.instant))
    file_name = f"strata-{name}-{edition.day}.json"
    return stream(request, lines, file_name=file_name, content_type="application/json")


def _edition(request: HttpRequest) -> Edition:
    return edition_at(readable(AsOfForm(request.GET, now=timezone.now())).chosen)


def _file(name: str) -> CatalogueFile:
    try:
        return BY_NAME[name]
    except KeyError:
        raise Http404 from None


@require_safe
@data_file
def data_landscape_json(request: HttpRequest) -> HttpResponseBase:
    """Give the counts of a day by category, subcategory, maturity and kind."""
    edition = _edition(request)
    counts = landscape_counts(edition.instant)
    return JsonResponse({**edition.header(), "categories": counts.categories, **asdict(counts)})


@require_safe
@data_file
def data_landscape_yml(request: HttpRequest) -> HttpResponseBase:
    """Stream the landscape of a day in the field's own format, for landscape2 or another Strata to read."""
    edition = _edition(request)
    comment = "\n".join(f"{name}: {value}" for name, value in edition.header().items() if value)
    lines = landscape_file_lines(edition.instant, comment=comment)
    return stream(request, lines, file_name=f"landscape-{edition.day}.yml", content_type="application/yaml")


@require_safe
@data_file
def data_package_json(request: HttpRequest) -> HttpResponseBase:
    """Give the descriptor of the CSV files of a day, which Frictionless tools read."""
    edition = _edition(request)

    def url_of(name: str) -> str:
        return request.build_absolute_uri(f"{reverse('data_csv', args=[name])}?as_of={edition.as_of}")

    return JsonResponse(data_package(edition.provenance, url_of=url_of), json_dumps_params={"indent": 1})
