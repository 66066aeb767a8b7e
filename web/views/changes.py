"""The feed of changes, and what differs between two days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date
from itertools import groupby
from typing import TYPE_CHECKING

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from projects.changes_feed import ChangeFilters, counts_by_day, counts_by_kind, matching_changes
from projects.maturity_steps import MATURITY_KINDS
from projects.models import Change, ChangeKind
from projects.place_names import translated_places
from web.caching import catalogue_page
from web.forms.changes import MATURITY_MOVES, ChangeFilterForm
from web.pages import HtmxRequest, render_page
from web.paging import CountedPaginator, requested_page

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable

    from django.core.paginator import Page
    from django.http import HttpResponse

PAGE_SIZE = 100


@dataclass(frozen=True, slots=True)
class KindTab:
    """A choice of one kind of change, and how many there are."""

    value: str
    label: str
    count: int
    is_current: bool


@dataclass(frozen=True, slots=True)
class ChangeDay:
    """The changes of one day that are on this page, and how many of each kind the day has in all."""

    day: date
    changes: list[Change]
    counts: list[tuple[str, int]]


@require_safe
@catalogue_page
def changes(request: HtmxRequest) -> HttpResponse:
    """Show what entered, left, moved, was renamed or promoted, newest first."""
    form = ChangeFilterForm(request.GET)
    form.is_valid()
    filters = form.filters()
    counts = counts_by_kind(filters)
    total = sum(counts[kind] for kind in filters.kinds) if filters.kinds else counts.total()
    page = requested_page(request, CountedPaginator(matching_changes(filters).for_feed(), PAGE_SIZE, total))
    context = {
        "form": form,
        "tabs": _tabs(counts, filters),
        "page": page,
        "days": _days(page, filters),
        "feed_query": request.GET.urlencode(),
        "places": translated_places(get_language()),
    }
    return render_page(request, "changes/list.html", context, fragment="change-results")


def _tabs(counts: Counter[str], filters: ChangeFilters) -> list[KindTab]:
    """Offer all, the steps of maturity together, and each kind that occurs."""
    chosen = filters.kinds
    moves = frozenset(MATURITY_KINDS)
    tabs = [
        KindTab("", _("all"), counts.total(), is_current=not chosen),
        KindTab(MATURITY_MOVES, _("maturity moves"), sum(counts[kind] for kind in moves), is_current=chosen == moves),
    ]
    return tabs + [
        KindTab(kind.value, str(kind.label), counts[kind], is_current=chosen == {kind})
        for kind in ChangeKind
        if counts[kind] or kind in chosen
    ]


def _days(page: Page[Change], filters: ChangeFilters) -> list[ChangeDay]:
    rows: Iterable[Change] = page.object_list
    grouped = [(day, list(rows)) for day, rows in groupby(rows, key=lambda change: change.at.astimezone(UTC).date())]
    if not grouped:
        return []
    counts = counts_by_day(filters, first=grouped[-1][0], last=grouped[0][0])
    return [ChangeDay(day, rows, _labelled(counts[day])) for day, rows in grouped]


def _labelled(counts: Counter[str]) -> list[tuple[str, int]]:
    return [(str(kind.label), counts[kind]) for kind in ChangeKind if counts[kind]]
