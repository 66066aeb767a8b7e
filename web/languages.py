"""The language a reader chose once: it decides where ``/`` leads, and nothing else; the address decides the rest."""

import functools
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

START = "/"


def redirect_to_chosen_language(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Send readers who once chose another language from ``/`` to that language's start page."""

    @functools.wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        others = {code for code, _ in settings.LANGUAGES} - {settings.LANGUAGE_CODE}
        if request.path != START or chosen not in others or request.headers.get("HX-Request"):
            return view(request, *args, **kwargs)
        target = f"/{chosen}{START}"
        query = request.META.get("QUERY_STRING", "")
        response = HttpResponseRedirect(f"{target}?{query}" if query else target)
        response["Cache-Control"] = "private, no-cache"
        return response

    return wrapped
