"""What moves in the landscape."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.utils import timezone
from django.views.decorators.http import require_safe

from metrics.entrants import entrant_cohorts
from metrics.models import RefusalReason
from metrics.momentum import ANYWHERE, coverage, newest_day
from web.caching import catalogue_page
from web.csv_files import CONTENT_TYPE, csv_lines
from web.downloads import data_file, readable, stream
from web.forms.momentum import MomentumForm
from web.momentum_page import COMPUTED, GRAVES, MOVERS, Question, csv_columns, csv_rows, list_page
from web.pages import HtmxRequest, render_page
from web.paging import page_number

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

PAGE_SIZE = 50
MOST_LINES = 20_000
COHORTS = 12


@require_safe
@catalogue_page
def momentum(request: HtmxRequest) -> HttpResponse:
    """List the fastest growing, risers and sleepers, new entrants, and the graveyard."""
    form = MomentumForm(request.GET)
    form.is_valid()
    question = _question(form, form.chosen_list)
    name, day = question.name, question.figures_day
    refusals = _refusals(day, question.window_days) if day and name in MOVERS else None
    context = {
        "form": form,
        "chosen": name,
        "page": list_page(question, number=page_number(request), size=PAGE_SIZE),
        "figures_day": day,
        "is_movers": name in MOVERS,
        "is_graves": name in GRAVES,
        "is_computed": name in COMPUTED,
        "refusals": refusals,
        "is_narrowed": question.within != ANYWHERE,
        "lacks_figures": bool(refusals) and "" not in dict(refusals or []),
        "cohorts": entrant_cohorts(day=question.today, within=question.within)[:COHORTS] if name == "entrants" else [],
        "csv_query": request.GET.urlencode(),
    }
    return render_page(request, "momentum/page.html", context, fragment="momentum-results")


def _question(form: MomentumForm, name: str) -> Question:
    return Question(name, form.within, form.chosen_window, newest_day(), timezone.now().date())


def _refusals(day: date, window_days: int) -> list[tuple[str, int]]:
    """Count the items that have a figure, under "", and those that have none by the reason, the commonest first."""
    labels = dict(RefusalReason.choices)
    return [
        (str(labels.get(why, "")), number) for why, number in coverage(day=day, window_days=window_days).most_common()
    ]


@require_safe
@data_file
def momentum_csv(request: HtmxRequest, name: str) -> HttpResponseBase:
    """Answer a whole list, a line for each item."""
    if name not in dict(MomentumForm.LISTS):
        raise Http404
    form = readable(MomentumForm(request.GET))
    question = _question(form, name)
    lines = csv_lines(csv_columns(name), csv_rows(question, most=MOST_LINES))
    day = question.figures_day if name in COMPUTED else question.today
    file_name = f"strata-{name}-{day.isoformat() if day else 'empty'}.csv"
    return stream(request, lines, file_name=file_name, content_type=CONTENT_TYPE)
