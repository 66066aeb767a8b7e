"""Keeps finished anonymous pages, compressed, in front of Django.

A page is kept only if its view marked it (``web.caching.catalogue_page``) and only until the data
changes: every lookup compares the generation of :class:`landscape.data_listener.DataListener`.
"""

import contextlib
import gzip
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

SHARED_ANSWER_HEADER = "strata-shared-answer"
# An account, or a message for one reader, make an answer one's own.
PERSONAL_COOKIES = ("sessionid", "messages")
# What may choose between answers: the theme, and the language where the address has none.
CHOOSING_COOKIES = ("theme", "django_language")
VARYING_HEADERS = (
    "HTTP_HOST",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_HX_REQUEST",
    "HTTP_HX_BOOSTED",
    "HTTP_HX_HISTORY_RESTORE_REQUEST",
)
LARGEST_PAGE_BYTES = 4 * 1024 * 1024
DEFAULT_CAPACITY_BYTES = 64 * 1024 * 1024

Headers = list[tuple[str, str]]
Key = tuple[str, ...]


class Clock(Protocol):
    """What says whether the data changed."""

    generation: int | None

    def start(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Page:
    """A finished answer; ``day`` is the UTC day it was made on, since pages speak of today."""

    generation: int
    etag: str
    headers: Headers
    not_modified_headers: Headers
    body: bytes


class PageCache:
    """The WSGI application around Django's."""

    def __init__(
        self,
        application: "WSGIApplication",
        *,
        listener: Clock,
        today: Callable[[], str],
        capacity_bytes: int = DEFAULT_CAPACITY_BYTES,
    ) -> None:
        self.application = application
        self.listener = listener
        self.today = today
        self.capacity_bytes = capacity_bytes
        self.size_bytes = 0
        self.pages: OrderedDict[Key, Page] = OrderedDict()
        self.lock = threading.Lock()

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        key = self.key_of(environ)
        if key is None:
            return self.application(environ, start_response)
        self.listener.start()
        generation = self.listener.generation
        page = self.pages.get(key)
        if page is not None and page.generation == generation:
            with contextlib.suppress(KeyError):  # another thread may just have dropped it
                self.pages.move_to_end(key)
            return self.answer(page, environ, start_response)
        return self.render(key, generation, environ, start_response)

    def key_of(self, environ: "WSGIEnvironment") -> Key | None:
        """Return what an answer depends on, or None if it is one reader's own."""
        if environ["REQUEST_METHOD"] != "GET" or "HTTP_AUTHORIZATION" in environ:
            return None
        chosen: tuple[str, ...] = ()
        if cookie := environ.get("HTTP_COOKIE"):
            try:
                cookies = SimpleCookie(cookie)
            except CookieError:
                return None
            if any(name in cookies for name in PERSONAL_COOKIES):
                return None
            chosen = tuple(f"{name}={cookies[name].value}" for name in CHOOSING_COOKIES if name in cookies)
        return (
            "gzip" if "gzip" in environ.get("HTTP_ACCEPT_ENCODING", "") else "",
            environ["PATH_INFO"],
            environ.get("QUERY_STRING", ""),
            self.today(),
            environ.get("wsgi.url_scheme", ""),
            *chosen,
            *(environ.get(name, "") for name in VARYING_HEADERS),
        )

    def answer(self, page: Page, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer from memory, or say that the reader's copy is still good."""
        if page.etag in environ.get("HTTP_IF_NONE_MATCH", ""):
            start_response("304 Not Modified", page.not_modified_headers)
            return [b""]
        start_response("200 OK", page.headers)
        return [page.body]

    def render(
        self, key: Key, generation: int | None, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Let Django answer, and keep the answer if it may be shared.

        ``generation`` was read before: data that changed meanwhile makes the kept page stale at once.
        """
        begun: dict[str, Any] = {}

        def begin(status: str, headers: Headers, exc_info: Any = None) -> Callable[[bytes], object]:
            begun.update(status=status, headers=headers)
            return lambda _data: None

        answer = self.application(environ, begin)
        headers: Headers = begun["headers"]
        is_shared = any(name.lower() == SHARED_ANSWER_HEADER for name, _ in headers)
        if not is_shared:
            start_response(begun["status"], headers)
            return answer
        headers = [(name, value) for name, value in headers if name.lower() != SHARED_ANSWER_HEADER]
        try:
            body = b"".join(answer)
        finally:
            close = getattr(answer, "close", None)
            if close is not None:
                close()
        page = finish(headers, body, generation=generation or 0, compress=bool(key[0]))
        if generation is not None and page.etag and not sets_cookie(headers):
            self.keep(key, page)
        start_response("200 OK", page.headers)
        return [page.body]

    def keep(self, key: Key, page: Page) -> None:
        """Store a page, dropping the ones not asked for longest while there is no room."""
        if len(page.body) > LARGEST_PAGE_BYTES:
            return
        with self.lock:
            former = self.pages.pop(key, None)
            self.size_bytes += len(page.body) - (len(former.body) if former else 0)
            self.pages[key] = page
            while self.size_bytes > self.capacity_bytes:
                _, dropped = self.pages.popitem(last=False)
                self.size_bytes -= len(dropped.body)


def sets_cookie(headers: Headers) -> bool:
    """Tell whether an answer sets a cookie and is therefore one reader's own."""
    return any(name.lower() == "set-cookie" for name, _ in headers)


def finish(headers: Headers, body: bytes, *, generation: int, compress: bool) -> Page:
    """Return the page with its final headers, compressed if the reader takes that."""
    if compress:
        body = gzip.compress(body, compresslevel=6, mtime=0)
        headers = [*headers, ("Content-Encoding", "gzip")]
    kept = [
        (name, value + (", Accept-Encoding" if name.lower() == "vary" else ""))
        for name, value in headers
        if name.lower() != "content-length"
    ]
    etag = next((value for name, value in headers if name.lower() == "etag"), "")
    not_modified = [(n, v) for n, v in kept if n.lower() in {"etag", "cache-control", "vary", "expires", "date"}]
    return Page(
        generation=generation,
        etag=etag,
        headers=[*kept, ("Content-Length", str(len(body)))],
        not_modified_headers=not_modified,
        body=body,
    )
