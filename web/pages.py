"""Rendering of pages and of their one fragment."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django_htmx.middleware import HtmxDetails


class HtmxRequest(HttpRequest):
    """A request that went through django-htmx's middleware."""

    htmx: HtmxDetails


def wants_fragment(request: HtmxRequest) -> bool:
    """Tell whether htmx will swap the answer into a part of the page."""
    htmx = request.htmx
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def render_page(request: HtmxRequest, template: str, context: Mapping[str, Any], *, fragment: str) -> HttpResponse:
    """Render ``template``, or only its partial ``fragment`` for htmx."""
    name = f"{template}#{fragment}" if wants_fragment(request) else template
    response = render(request, name, dict(context))
    patch_vary_headers(response, ["HX-Request", "HX-Boosted", "HX-History-Restore-Request"])
    return response
