"""Answers that stay the same until the data does: ETag and 304."""

import functools
import hashlib
from collections.abc import Callable
from functools import lru_cache
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from rest_framework.request import Request

from projects.data_version import current_data_version

CODE_DIRECTORIES = ("api", "knowledge", "market", "metrics", "projects", "sources")


@lru_cache(maxsize=1)
def code_version() -> str:
    """Return a digest of the code that shapes answers, so that a new release does not answer 304 for old forms."""
    digest = hashlib.sha256()
    for directory in CODE_DIRECTORIES:
        for path in sorted((settings.BASE_DIR / directory).rglob("*.py")):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def etag_of(request: Request, further_version: str = "") -> str:
    """Return the ETag of an answer; one query. ``further_version`` is of data that the data version does not watch.

    It is weak: ``as_of`` without a parameter names the moment of asking, which is no other answer.
    """
    parts = [
        str(current_data_version()),
        code_version(),
        str(request.accepted_renderer.format),
        request.build_absolute_uri(),
        further_version,
    ]
    return f'W/"{hashlib.sha256("|".join(parts).encode()).hexdigest()[:24]}"'


def answers_conditionally(handler: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Let a view's handler answer 304 from the data version alone, before any other work.

    A view with a ``further_version()`` shows what the data version does not watch.
    """

    @functools.wraps(handler)
    def wrapped(view: Any, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        etag = etag_of(request, view.further_version() if hasattr(view, "further_version") else "")
        response: HttpResponseBase | None = get_conditional_response(request._request, etag=etag)  # noqa: SLF001
        if not isinstance(response, HttpResponse):
            response = handler(view, request, *args, **kwargs)
        if response.status_code in {HTTPStatus.OK, HTTPStatus.NOT_MODIFIED}:
            response["ETag"] = etag
            response["Cache-Control"] = "no-cache"
        return response

    return wrapped
