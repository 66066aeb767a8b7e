"""What surveys asked beside projects, and who holds how much of what is measured in a section."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.views.decorators.http import require_safe

from market.adoption import first_survey
from market.measured_share import LEAST_ITEMS, Measure, respondents_year, section_shares
from market.survey_answers import read_answers
from metrics.formulas.results import Value
from metrics.stars_by_item import newest_star_day
from web.caching import catalogue_page
from web.csv_files import CONTENT_TYPE, csv_lines
from web.downloads import data_file, readable, stream
from web.forms.adoption import SharesForm, SurveyForm
from web.pages import HtmxRequest, render_page

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from market.measured_share import SectionShares
    from market.survey_answers import AnswerTable

ANSWER_COLUMNS = ("year", "question", "answer", "item", "share", "low", "high", "answered", "asked", "base", "source")
SHARES_COLUMNS = (
    "category", "section", "measure", "as_of", "measured_on", "items", "with_repository", "measured", "holder", "item",
    "amount", "share", "hhi", "hhi_low", "hhi_high",
)  # fmt: skip


@require_safe
@catalogue_page
def adoption_surveys(request: HtmxRequest) -> HttpResponse:
    """Show the answers to one question over all waves."""
    form = SurveyForm(request.GET)
    form.is_valid()
    survey = first_survey()
    context = {
        "form": form,
        "chosen": form.chosen_question,
        "survey": survey,
        "table": read_answers(survey, form.chosen_question) if survey else None,
        "csv_query": request.GET.urlencode(),
    }
    return render_page(request, "adoption/surveys.html", context, fragment="survey-results")


@require_safe
@data_file
def adoption_surveys_csv(request: HtmxRequest) -> HttpResponseBase:
    """Answer the answers to one question, a line for each wave and answer."""
    form = readable(SurveyForm(request.GET))
    survey, question = first_survey(), form.chosen_question
    lines = csv_lines(ANSWER_COLUMNS, _answer_rows(read_answers(survey, question)) if survey else ())
    return stream(request, lines, file_name=f"strata-survey-{question}.csv", content_type=CONTENT_TYPE)


def _answer_rows(table: AnswerTable) -> Iterator[list[Any]]:
    for share in table.shares:
        figure, interval = share.figure, share.interval
        ends = [round(interval.low, 4), round(interval.high, 4)] if interval else [None, None]
        slug = figure.item.slug if figure.item else ""
        counts = [figure.answered, figure.asked, figure.base, share.source.url]
        yield [share.year, table.question, figure.subject, slug, round(share.share, 4), *ends, *counts]


@require_safe
@catalogue_page
def adoption_shares(request: HtmxRequest) -> HttpResponse:
    """Show the sections with their largest holders and their concentration."""
    form = SharesForm(request.GET)
    form.is_valid()
    day = _shares_day(form)
    category = form.chosen_category
    measure = form.chosen_measure
    context = {
        "form": form,
        "chosen": measure,
        "category": category,
        "day": day,
        "sections": _sections(form, day),
        "wave": respondents_year(day) if measure == Measure.RESPONDENTS else None,
        "least_items": LEAST_ITEMS,
        "csv_query": request.GET.urlencode(),
    }
    return render_page(request, "adoption/shares.html", context, fragment="shares-results")


@require_safe
@data_file
def adoption_shares_csv(request: HtmxRequest) -> HttpResponseBase:
    """Answer the holders of every section, a line for each."""
    form = readable(SharesForm(request.GET))
    day = _shares_day(form)
    lines = csv_lines(SHARES_COLUMNS, _shares_rows(_sections(form, day), form.chosen_measure, day))
    name = f"strata-shares-{form.chosen_measure}-{day.isoformat()}.csv"
    return stream(request, lines, file_name=name, content_type=CONTENT_TYPE)


def _shares_day(form: SharesForm) -> date:
    """Return the day asked for, for stars else the newest with any: the sections are those of the same day."""
    today = timezone.now().date()
    if form.chosen_day:
        return min(form.chosen_day, today)
    newest = newest_star_day(last=today) if form.chosen_measure == Measure.STARS else None
    return newest or today


def _sections(form: SharesForm, day: date) -> list[SectionShares]:
    category = form.chosen_category
    return section_shares(form.chosen_measure, day=day, category=category.slug if category else "")


def _shares_rows(sections: Sequence[SectionShares], measure: Measure, day: date) -> Iterator[list[Any]]:
    for section in sections:
        place = [section.subcategory.category.name, section.subcategory.name, str(measure), day.isoformat()]
        measured_on = section.measured_on.isoformat() if section.measured_on else ""
        coverage = [measured_on, section.items, section.with_repository, section.covered]
        index = _index_cells(section)
        for holder in section.holders:
            slug = holder.item.slug if holder.item else ""
            yield [*place, *coverage, holder.name, slug, holder.amount, round(holder.share, 4), *index]
        if not section.holders:
            yield [*place, *coverage, "", "", None, None, *index]


def _index_cells(section: SectionShares) -> list[float | None]:
    if not isinstance(section.index, Value):
        return [None, None, None]
    interval = section.index.interval
    ends = [interval.low, interval.high] if interval else [None, None]
    return [None if one is None else round(one) for one in (section.index.value, *ends)]
