"""Answers that stay the same until the data does: ETag, 304, and leave for the page cache to keep them."""

import functools
import hashlib
from collections.abc import Callable
from functools import lru_cache
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import get_language

from projects.data_version import current_data_version
from web.context_processors import chosen_theme

# Tells landscape.page_cache that every anonymous reader gets these bytes; it never leaves the server.
SHARED_ANSWER_HEADER = "Strata-Shared-Answer"

HTMX_HEADERS = ("HX-Request", "HX-Boosted", "HX-History-Restore-Request")
CODE_DIRECTORIES = ("landscape", "projects", "metrics", "market", "knowledge", "web", "templates", "locale", "static")
CODE_SUFFIXES = {".py", ".html", ".xml", ".mo", ".css", ".js"}


@lru_cache(maxsize=1)
def code_version() -> str:
    """Return a digest of the code, templates and messages that this process runs."""
    digest = hashlib.sha256()
    for directory in CODE_DIRECTORIES:
        for path in sorted((settings.BASE_DIR / directory).rglob("*")):
            if path.suffix in CODE_SUFFIXES:
                digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def etag_of(request: HttpRequest, own: object = "") -> str:
    """Return the weak ETag of a catalogue page for this reader, of whom it also shows ``own``, today; one query."""
    reader = request.user.pk if request.user.is_authenticated else ""
    parts = [
        str(current_data_version()),
        code_version(),
        get_language() or "",
        chosen_theme(request),
        timezone.now().date().isoformat(),
        f"{reader} {own}",
        *(request.headers.get(name, "") for name in HTMX_HEADERS),
        request.get_full_path(),
    ]
    return f'W/"{hashlib.sha256("|".join(parts).encode()).hexdigest()[:24]}"'


def catalogue_page(
    view: Callable[..., HttpResponse], *, own: Callable[..., object] | None = None
) -> Callable[..., HttpResponse]:
    """Give a page that depends on the data, the address, the language and the theme alone its ETag.

    An unchanged page costs one query and a 304. Anonymous answers may be shared between readers. A page that shows
    those who are signed in something of theirs names it by ``own``, which is given the view's arguments.
    """

    @functools.wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        is_shared = not request.user.is_authenticated
        etag = etag_of(request, "" if own is None or is_shared else own(request, *args, **kwargs))
        response = get_conditional_response(request, etag=etag)
        if not isinstance(response, HttpResponse):
            response = view(request, *args, **kwargs)
        if response.status_code in {HTTPStatus.OK, HTTPStatus.NOT_MODIFIED}:
            response["ETag"] = etag
        if response.status_code == HTTPStatus.OK and is_shared:
            response[SHARED_ANSWER_HEADER] = "1"
        response["Cache-Control"] = "no-cache" if is_shared else "private, no-cache"
        patch_vary_headers(response, ["Cookie", *HTMX_HEADERS])
        return response

    return wrapped
