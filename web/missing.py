"""The answer for an address that names nothing: 404, with what the reader may have meant."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from projects.search import search_catalogue

SUGGESTIONS = 8


def missing_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer 404 and offer what the words of a slug find."""
    results = search_catalogue(slug.replace("-", " "), limit=SUGGESTIONS)
    context = {"hits": results.hits, "search_text": results.query}
    return render(request, "search/missing.html", context, status=404)
