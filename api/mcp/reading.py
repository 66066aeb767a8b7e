"""Reads an end point of the REST API from within: the same answer, with its sources, without the way over HTTP."""

import json
from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from http import HTTPStatus
from io import BytesIO
from types import MappingProxyType
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponse
from django.urls import resolve, reverse
from django.utils import translation

# Who asks over HTTP, so that the API's limits count for them; nobody: a process of this machine.
caller: ContextVar[Mapping[str, str]] = ContextVar("caller", default=MappingProxyType({"REMOTE_ADDR": "127.0.0.1"}))
Parameters = Mapping[str, str | int | bool | float | Sequence[str] | None]


class RefusedError(Exception):
    """The API refused what was asked; the text is its own, with the field's name."""


def read(name: str, *arguments: str, parameters: Parameters | None = None) -> Any:
    """Return what the end point ``name`` of version 1 answers as JSON. Raises ``RefusedError``.

    ``parameters`` that are None or empty are left out; lists are repeated. A former slug is led on.
    """
    with translation.override("en"):
        path = reverse(f"api-v1:{name}", args=arguments)
        response = _answer(path, _query(parameters or {}))
        if response.status_code == HTTPStatus.MOVED_PERMANENTLY:
            address = urlsplit(response["Location"])
            response = _answer(address.path, address.query)
        if response.status_code != HTTPStatus.OK:
            raise RefusedError(_reason(response))
        return json.loads(response.content)


def _query(parameters: Parameters) -> str:
    given = {
        name: [str(one) for one in value] if isinstance(value, list | tuple) else _text(value)
        for name, value in parameters.items()
        if value not in (None, "", [], ())
    }
    return urlencode(given, doseq=True)


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _answer(path: str, query: str) -> HttpResponse:
    request = WSGIRequest(
        {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "HTTP_ACCEPT": "application/json",
            "wsgi.input": BytesIO(),
            **_site(),
            **caller.get(),
        }
    )
    view, arguments, keywords = resolve(path)
    response: HttpResponse = view(request, *arguments, **keywords)
    if hasattr(response, "render"):
        response.render()
    return response


def _site() -> dict[str, str]:
    """Name the site's address, so that links in answers lead to it."""
    scheme, _, host = settings.SITE_URL.partition("://")
    name, _, port = host.strip("/").partition(":")
    return {
        "wsgi.url_scheme": scheme,
        "HTTP_HOST": host.strip("/"),
        "SERVER_NAME": name,
        "SERVER_PORT": port or {"https": "443"}.get(scheme, "80"),
    }


def _reason(response: HttpResponse) -> str:
    try:
        reasons = json.loads(response.content)
    except ValueError:
        return f"The API answered {response.status_code}."
    if set(reasons) == {"detail"}:
        return str(reasons["detail"])
    parts = (f"{name}: {' '.join(map(str, texts))}" for name, texts in reasons.items() if isinstance(texts, list))
    return "; ".join(parts) or json.dumps(reasons)
