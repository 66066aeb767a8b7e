"""The pages for what is not there and for what went wrong."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404 with a page that leads on."""
    return render(request, "errors/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500 with a page that needs neither database nor session."""
    return render(request, "errors/500.html", status=500)
