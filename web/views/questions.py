"""The questions with which a reader begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from knowledge import learning_paths
from knowledge.page_texts import PageTexts
from knowledge.question_evidence import evidence_of
from projects.landscape_state import current_landscape
from web.caching import catalogue_page
from web.missing import missing_page

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
@catalogue_page
def questions(request: HttpRequest) -> HttpResponse:
    """List the questions with their short answers."""
    return render(request, "knowledge/questions.html", {"questions": learning_paths.questions()})


@require_safe
@catalogue_page
def question_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer a question, with what is measured of it today."""
    question = learning_paths.question_for_page(slug)
    if question is None:
        return missing_page(request, slug)
    context = {
        "question": question,
        "place": learning_paths.place_of(question, list(learning_paths.questions())),
        "evidence": evidence_of(question, today=timezone.now().date()),
        "landscape": current_landscape(),
        "texts": PageTexts.begin(get_language()),
    }
    return render(request, "knowledge/question.html", context)
