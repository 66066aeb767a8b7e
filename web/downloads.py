"""Files of data: streamed, compressed, with an ETag from the data version; a query that cannot be read is refused."""

from __future__ import annotations

import functools
import hashlib
from http import HTTPStatus
from typing import TYPE_CHECKING, TypeVar

from django.forms import BaseForm
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.text import compress_sequence

from projects.data_version import current_data_version
from projects.landscape_state import current_licence_url
from web.caching import code_version

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from django.http import HttpRequest

CHUNK_CHARACTERS = 64 * 1024
PLAIN = "text/plain; charset=utf-8"
Form = TypeVar("Form", bound=BaseForm)
Answer = TypeVar("Answer", bound=HttpResponseBase)


class UnreadableQueryError(ValueError):
    """A file was asked for by a query that cannot be read; ``problems`` are sentences by parameter."""

    def __init__(self, problems: Mapping[str, Iterable[object]]) -> None:
        super().__init__("A query cannot be read.")
        self.problems = problems

    def answer(self) -> HttpResponse:
        """Answer 400 with what is wrong, a line a parameter, each beginning with the parameter's name."""
        lines = "".join(f"{name}: {' '.join(map(str, said))}\n" for name, said in self.problems.items())
        return HttpResponse(lines, PLAIN, HTTPStatus.BAD_REQUEST)


def readable(form: Form) -> Form:
    """Return a form whose query can be read, for files: nobody would see a notice in one. Raises ``UnreadableQueryError``."""
    refuse_unreadable(form.errors)
    return form


def refuse_unreadable(*problems: Mapping[str, Iterable[object]]) -> None:
    """Raise ``UnreadableQueryError`` if there is any problem."""
    found = {name: said for each in problems for name, said in each.items()}
    if found:
        raise UnreadableQueryError(found)


def readable_only(view: Callable[..., Answer]) -> Callable[..., Answer | HttpResponse]:
    """Answer 400 where a view finds that its query cannot be read."""

    @functools.wraps(view)
    def wrapped(request: HttpRequest, *args: object, **kwargs: object) -> Answer | HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except UnreadableQueryError as error:
            return error.answer()

    return wrapped


def data_file(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Give a file that depends on the data and its address alone an ETag; an unchanged one costs a 304.

    A query that cannot be read is answered by 400.
    """
    answer = readable_only(view)

    @functools.wraps(view)
    def wrapped(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        parts = [str(current_data_version()), code_version(), request.build_absolute_uri()]
        etag = f'W/"{hashlib.sha256("|".join(parts).encode()).hexdigest()[:24]}"'
        unchanged = get_conditional_response(request, etag=etag)
        response: HttpResponseBase = unchanged if unchanged is not None else answer(request, *args, **kwargs)
        if response.status_code < HTTPStatus.BAD_REQUEST:  # what was refused has no version
            response["ETag"] = etag
            if address := current_licence_url():
                response["Link"] = f'<{address}>; rel="license"'
        response["Cache-Control"] = "no-cache"
        return response

    return wrapped


def stream(request: HttpRequest, lines: Iterable[str], *, file_name: str, content_type: str) -> HttpResponseBase:
    """Answer with a file, line by line from the database to the reader, compressed if the reader takes that."""
    response: HttpResponseBase
    if request.method == "HEAD":
        response = HttpResponse(content_type=content_type)
    else:
        response = StreamingHttpResponse(_compressed(request, _chunks(lines)), content_type=content_type)
        if _takes_gzip(request):
            response["Content-Encoding"] = "gzip"
    response["Content-Disposition"] = f'attachment; filename="{file_name}"'
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def _takes_gzip(request: HttpRequest) -> bool:
    return "gzip" in request.headers.get("Accept-Encoding", "")


def _compressed(request: HttpRequest, chunks: Iterator[bytes]) -> Iterator[bytes]:
    return compress_sequence(chunks) if _takes_gzip(request) else chunks


def _chunks(lines: Iterable[str]) -> Iterator[bytes]:
    """Join lines to chunks, since each costs a write to the network."""
    waiting: list[str] = []
    size = 0
    for line in lines:
        waiting.append(line)
        size += len(line)
        if size >= CHUNK_CHARACTERS:
            yield "".join(waiting).encode()
            waiting, size = [], 0
    yield "".join(waiting).encode()
