"""How measuring goes: the last runs, how fresh the figures are, and what could not be measured."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from metrics.freshness import freshness
from metrics.identity_events import identity_events
from sources.measuring_problems import problem_counts, problems
from sources.metrics_log import counts_so_far, coverage, metrics_runs
from sources.models import MetricsRun, RunKind, RunStatus
from web.forms.data_quality import ProblemFilterForm
from web.pages import HtmxRequest, render_page
from web.paging import CountedPaginator, requested_page
from web.problem_words import problem_label, run_count_label

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpResponse

RUNS = 10
EVENTS = 20
PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class ProblemTab:
    """A choice of one problem, and how many repositories met it."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class ShownRun:
    """A run with the share of its repositories that it measured (0 to 1; None of none) and its counts in words."""

    run: MetricsRun
    coverage: float | None
    # As pairs: a template would take the count called "items" for the method.
    counts: list[tuple[str, int]]


# The log of runs moves without the data version, so these answers are not kept.
@require_safe
@cache_control(no_cache=True)
def quality_measuring(request: HtmxRequest) -> HttpResponse:
    """Show the last runs, the freshness of the figures, and the repositories that failed in the newest night."""
    form = ProblemFilterForm(request.GET)
    form.is_valid()
    kind = form.cleaned_data.get("problem", "")
    runs = list(metrics_runs()[:RUNS])
    nightly = metrics_runs().filter(kind=RunKind.NIGHTLY).first()
    context = {
        "form": form,
        "has_token": bool(settings.GITHUB_TOKEN.strip()),
        "runs": _shown(runs),
        "newest": runs[0] if runs else None,
        "is_token_ending": bool(runs) and runs[0].is_token_ending(timezone.now()),
        "freshness": freshness(today=timezone.now().date()),
        "nightly": nightly,
        "chosen": kind,
        **(_problems(request, nightly, kind) if nightly else {}),
        "events": identity_events(EVENTS),
    }
    return render_page(request, "data_quality/measuring.html", context, fragment="quality-measuring")


def _problems(request: HtmxRequest, run: MetricsRun, kind: str) -> dict[str, Any]:
    """Give the tabs of problems and a page of the repositories that met them; two queries."""
    counts = problem_counts(run)
    rows = CountedPaginator(problems(run, kind), PAGE_SIZE, counts[kind] if kind else counts.total())
    return {
        "tabs": [ProblemTab(name, problem_label(name), number) for name, number in counts.most_common()],
        "total": counts.total(),
        "page": requested_page(request, rows),
    }


def _shown(runs: list[MetricsRun]) -> list[ShownRun]:
    """Give each run its coverage and its counts in words; one query if any is open."""
    open_runs = [run.pk for run in runs if run.status == RunStatus.RUNNING]
    so_far = counts_so_far(open_runs) if open_runs else {}
    counts = ((run, so_far.get(run.pk, run.counts)) for run in runs)
    return [ShownRun(run, coverage(counted), _in_words(counted)) for run, counted in counts]


def _in_words(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """Name the counts: the total and the measured ones first, then the commonest problems."""
    leading = [name for name in ("repositories", "measured", "pending") if name in counts]
    others = sorted(set(counts).difference(leading), key=lambda name: (-counts[name], name))
    return [(run_count_label(name), counts[name]) for name in (*leading, *others)]
