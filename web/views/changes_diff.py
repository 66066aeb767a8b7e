"""What differs between the landscapes of two days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page, Paginator
from django.views.decorators.http import require_safe

from projects.diff import Difference, DiffRow, LandscapeDiff, landscape_diff
from projects.trends import data_span
from web.caching import catalogue_page
from web.csv_files import CONTENT_TYPE, csv_lines
from web.downloads import data_file, readable, stream
from web.forms.changes import DiffForm
from web.pages import HtmxRequest, render_page
from web.paging import requested_page

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

PAGE_SIZE = 100
SHORT_SECTION = 15
DEFAULT_DISTANCE = timedelta(days=365)
CSV_HEADER = (
    "slug", "name", "differences", "name_before", "category_before", "subcategory_before", "maturity_before",
    "category_after", "subcategory_after", "maturity_after", "from", "to",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DiffSection:
    """The rows of one difference that a page shows, and how many there are."""

    difference: Difference
    rows: list[DiffRow]
    count: int


@dataclass(frozen=True, slots=True)
class DiffRequest:
    """The two days asked for, and the one difference to show in full ("": an overview)."""

    form: DiffForm
    start: date
    end: date
    only: str

    def compare(self) -> LandscapeDiff:
        """Compare the ends of the two days, UTC."""
        return landscape_diff(datetime.combine(self.start, time.max, UTC), datetime.combine(self.end, time.max, UTC))


@require_safe
@catalogue_page
def changes_diff(request: HtmxRequest) -> HttpResponse:
    """Show what entered, left, moved, was renamed or promoted between two days."""
    asked = _asked(request)
    diff = asked.compare()
    page: Page[Any] | None = None
    if asked.only:
        difference = Difference(asked.only)
        page = requested_page(request, Paginator(diff.only(difference), PAGE_SIZE))
        sections = [DiffSection(difference, list(page), diff.counts[difference])]
    else:
        sections = [
            DiffSection(difference, diff.only(difference)[:SHORT_SECTION], diff.counts[difference])
            for difference in Difference
        ]
    context = {
        "asked": asked,
        "form": asked.form,
        "total": len(diff.rows),
        "tabs": [(difference, diff.counts[difference], difference == asked.only) for difference in Difference],
        "sections": [section for section in sections if section.count],
        "page": page,
    }
    return render_page(request, "changes/diff.html", context, fragment="diff-results")


@require_safe
@data_file
def changes_diff_csv(request: HtmxRequest) -> HttpResponseBase:
    """Stream the whole comparison, one line an item."""
    asked = _asked(request)
    readable(asked.form)
    diff = asked.compare()
    rows = diff.only(Difference(asked.only)) if asked.only else diff.rows
    lines = csv_lines(CSV_HEADER, (_cells(row, asked) for row in rows))
    file_name = f"strata-diff-{asked.start.isoformat()}-{asked.end.isoformat()}.csv"
    return stream(request, lines, file_name=file_name, content_type=CONTENT_TYPE)


def _asked(request: HtmxRequest) -> DiffRequest:
    """Read the query string; by default the newest version is compared with that of a year before."""
    span = data_span()
    end = span.last if span else datetime.now(UTC).date()
    start = max(end - DEFAULT_DISTANCE, span.first) if span else end
    form = DiffForm(request.GET, initial={"from": start, "to": end})
    form.is_valid()
    chosen_start, chosen_end = form.days(default_from=start, default_to=end)
    return DiffRequest(form, chosen_start, chosen_end, form.cleaned_data.get("kind", ""))


def _cells(row: DiffRow, asked: DiffRequest) -> list[Any]:
    cells: list[Any] = [row.slug, row.state.name, " ".join(sorted(row.differences)), row.before and row.before.name]
    for state in (row.before, row.after):
        cells += [state.category, state.subcategory, state.maturity] if state else [None, None, None]
    return [*cells, asked.start.isoformat(), asked.end.isoformat()]
