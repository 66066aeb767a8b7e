"""The protocol over HTTP at ``/mcp``: one request, one JSON answer, no session."""

from http import HTTPStatus
from importlib import import_module
from typing import Any
from urllib.parse import urlsplit

from asgiref.sync import async_to_sync
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from api.mcp.reading import caller

PATH = "/mcp"
LARGEST_BODY = 256 * 1024
CALLER_HEADERS = ("REMOTE_ADDR", "HTTP_X_FORWARDED_FOR", "HTTP_AUTHORIZATION")


@csrf_exempt
@require_POST
def mcp(request: HttpRequest) -> HttpResponse:
    """Answer one message of the Model Context Protocol; a page of another site may not ask.

    A GET would open a stream of the server's own messages, and there are none: it is 405, as the protocol allows.
    """
    origin = request.headers.get("Origin", "")
    if origin and urlsplit(origin).netloc != request.get_host():
        return JsonResponse({"detail": "Pages of other sites may not ask."}, status=HTTPStatus.FORBIDDEN)
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_BODY:
        return JsonResponse({"detail": "The message is too long."}, status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    # The SDK takes a second and 40 MB to load: a site that no assistant asks does without it.
    exchange = import_module("api.mcp.exchange")
    token = caller.set({name: request.META[name] for name in CALLER_HEADERS if name in request.META})
    try:
        response: HttpResponse = async_to_sync(exchange.answer)(_scope(request), request.body)
    finally:
        caller.reset(token)
    return response


def _scope(request: HttpRequest) -> dict[str, Any]:
    headers = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in request.headers.items()]
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": request.method,
        "scheme": request.scheme,
        "path": PATH,
        "raw_path": PATH.encode(),
        "query_string": request.META.get("QUERY_STRING", "").encode("latin-1"),
        "root_path": "",
        "headers": headers,
        "server": None,
        "client": None,
    }
