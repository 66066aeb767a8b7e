"""What happened when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from knowledge import timeline as reads
from knowledge.page_texts import PageTexts
from projects.landscape_state import current_landscape
from web.caching import catalogue_page
from web.forms.knowledge import TimelineForm
from web.pages import HtmxRequest, render_page
from web.timeline_page import timeline_strip

if TYPE_CHECKING:
    from django.http import HttpResponse


@require_safe
@catalogue_page
def timeline(request: HtmxRequest) -> HttpResponse:
    """Show dated events by decade and year, of some kinds and years if asked."""
    form = TimelineForm(request.GET)
    form.is_valid()
    question = form.question
    decades = reads.timeline(question)
    context = {
        "form": form,
        "decades": decades,
        "lines": sum(len(lines) for decade in decades for _year, lines in decade.years),
        "strip": timeline_strip(request, question, reads.counts_by_year(question.kinds)),
        "landscape": current_landscape() if question.wants_promotions else None,
        "texts": PageTexts.begin(get_language()),
    }
    return render_page(request, "knowledge/timeline.html", context, fragment="timeline-results")
