"""How good the data is: imports, coverage, and what should be looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.paginator import Paginator
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from metrics.licence_coverage import licence_coverage
from projects.data_quality import coverage, review_counts, stages_to_review, unreadable_versions, version_counts
from projects.landscape_state import current_landscape
from projects.models import StageReview, VersionStatus
from sources.models import ImportNotice, ImportRun, RunStatus
from sources.run_log import labelled_counts, notice_counts, notices, public_source, recent_runs
from web.caching import catalogue_page
from web.forms.data_quality import NoticeFilterForm, ReviewFilterForm
from web.pages import HtmxRequest, render_page
from web.paging import CountedPaginator, requested_page

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable

    from django.http import HttpResponse

RUNS = 10
PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Tab:
    """A choice of one value, and how many rows it has."""

    value: str
    label: str
    count: int


def _tabs(choices: Iterable[tuple[str, object]], counts: Counter[str]) -> list[Tab]:
    return [Tab(value, str(label), counts[value]) for value, label in choices if counts[value]]


@dataclass(frozen=True, slots=True)
class ShownRun:
    """A run as its reader may see it: what failed, and where, can hold paths of the server and is told to staff alone."""

    run: ImportRun
    source: str
    message: str
    # As pairs: a template would take the count called "items" for the method.
    counts: list[tuple[str, int]]


def _shown(run: ImportRun, request: HtmxRequest) -> ShownRun:
    if run.status == RunStatus.FAILED and not request.user.is_staff:
        return ShownRun(run, "", "", [])
    return ShownRun(run, public_source(run.source), run.message, labelled_counts(run))


# The log of runs raises no data version, so these answers are not kept: they are asked for rarely.
@require_safe
@cache_control(no_cache=True, private=True)
def quality(request: HtmxRequest) -> HttpResponse:
    """Show the last imports, what is known of how many items, and what there is to review."""
    versions = version_counts()
    context = {
        "landscape": current_landscape(),
        "runs": [_shown(run, request) for run in recent_runs(RUNS)],
        "coverage": [*coverage(), licence_coverage()],
        "reviews": _tabs(StageReview.Reason.choices, review_counts()),
        "notices": _tabs(ImportNotice.Kind.choices, notice_counts()),
        "versions_read": versions[VersionStatus.READ],
        "has_token": bool(settings.GITHUB_TOKEN.strip()),
        "versions_unreadable": versions[VersionStatus.UNREADABLE],
    }
    return render_page(request, "data_quality/page.html", context, fragment="quality-overview")


@require_safe
@catalogue_page
def quality_stages(request: HtmxRequest) -> HttpResponse:
    """List the stages whose declared and seen dates disagree."""
    form = ReviewFilterForm(request.GET)
    form.is_valid()
    reason = form.cleaned_data.get("reason", "")
    counts = review_counts()
    rows = CountedPaginator(stages_to_review(reason), PAGE_SIZE, counts[reason] if reason else counts.total())
    context = {
        "form": form,
        "tabs": _tabs(StageReview.Reason.choices, counts),
        "chosen": reason,
        "total": counts.total(),
        "page": requested_page(request, rows),
    }
    return render_page(request, "data_quality/stages.html", context, fragment="quality-stages")


@require_safe
@cache_control(no_cache=True)
def quality_notices(request: HtmxRequest) -> HttpResponse:
    """List what imports met and survived."""
    form = NoticeFilterForm(request.GET)
    form.is_valid()
    kind = form.cleaned_data.get("kind", "")
    counts = notice_counts()
    rows = CountedPaginator(notices(kind), PAGE_SIZE, counts[kind] if kind else counts.total())
    context = {
        "form": form,
        "tabs": _tabs(ImportNotice.Kind.choices, counts),
        "chosen": kind,
        "total": counts.total(),
        "page": requested_page(request, rows),
        "landscape": current_landscape(),
    }
    return render_page(request, "data_quality/notices.html", context, fragment="quality-notices")


@require_safe
@catalogue_page
def quality_versions(request: HtmxRequest) -> HttpResponse:
    """List the versions of the landscape's file that could not be read."""
    page = requested_page(request, Paginator(unreadable_versions(), PAGE_SIZE))
    context = {"page": page, "landscape": current_landscape()}
    return render_page(request, "data_quality/versions.html", context, fragment="quality-versions")
