"""The patterns that pages are made of, on one page; there only in development."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def design(request: HttpRequest) -> HttpResponse:
    """Show every pattern of ``docs/design.md`` once."""
    return render(request, "design/components.html")
