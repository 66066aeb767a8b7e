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
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

SHARED_ANSWER_HEADER = "strata-shared-answer"
# An account, or a message for one reader, make an answer one's own.
PERSONAL_COOKIES = frozenset({"sessionid", "messages"})
# What may choose between answers: the theme, and the language where the address has none.
CHOOSING_COOKIES = frozenset({"theme", "django_language"})
# Types of content that are small by themselves; an SVG is text.
COMPRESSED_TYPES = ("image/", "font/woff", "application/zip", "application/gzip")
# How long a request waits for another one that makes the same page anew.
PATIENCE_SECONDS = 10.0
LARGEST_PAGE_BYTES = 4 * 1024 * 1024
DEFAULT_CAPACITY_BYTES = 64 * 1024 * 1024

Headers = list[tuple[str, str]]
Key = tuple[object, ...]
Choices = tuple[tuple[str, str], ...]
# The generation of the data, and the UTC day.
Moment = tuple[int | None, int]
READING = ("GET", "HEAD")


class Clock(Protocol):
    """What says whether the data changed."""

    @property
    def generation(self) -> int | None: ...

    def start(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Page:
    """A finished answer; ``day`` is the UTC day it was made on, since pages speak of today."""

    moment: Moment
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
        today: Callable[[], int],
        capacity_bytes: int = DEFAULT_CAPACITY_BYTES,
    ) -> None:
        self.application = application
        self.listener = listener
        self.today = today
        self.capacity_bytes = capacity_bytes
        self.size_bytes = 0
        self.pages: OrderedDict[Key, Page] = OrderedDict()
        self.lock = threading.Lock()
        self.renewals: dict[Key, threading.Event] = {}

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        key = self.key_of(environ)
        if key is None:
            return self.application(environ, start_response)
        self.listener.start()
        moment = self.listener.generation, self.today()
        page = self.pages.get(key)
        if page is None or moment[0] is None:
            return self.render(key, moment, environ, start_response)
        if page.moment != moment:
            return self.renew(key, moment, environ, start_response)
        with contextlib.suppress(KeyError):  # another thread may just have dropped it
            self.pages.move_to_end(key)
        return self.answer(page, environ, start_response)

    def key_of(self, environ: "WSGIEnvironment") -> Key | None:
        """Return what an answer depends on beside data and day, or None if it is one reader's own."""
        header = environ.get
        if environ["REQUEST_METHOD"] not in READING or header("HTTP_AUTHORIZATION") is not None:
            return None
        cookies = header("HTTP_COOKIE")
        choices = choices_of(cookies) if cookies else ()
        if choices is None:
            return None
        return (
            takes_gzip(environ),
            environ["PATH_INFO"],
            header("QUERY_STRING"),
            header("wsgi.url_scheme"),
            header("HTTP_HOST"),
            header("HTTP_X_FORWARDED_PROTO"),
            header("HTTP_HX_REQUEST"),
            header("HTTP_HX_BOOSTED"),
            header("HTTP_HX_HISTORY_RESTORE_REQUEST"),
            choices,
        )

    def answer(self, page: Page, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer from memory, or say that the reader's copy is still good."""
        if page.etag in environ.get("HTTP_IF_NONE_MATCH", ""):
            start_response("304 Not Modified", page.not_modified_headers)
            return [b""]
        start_response("200 OK", page.headers)
        return [b"" if environ["REQUEST_METHOD"] == "HEAD" else page.body]

    def renew(
        self, key: Key, moment: Moment, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Render a page that the data outran; those who want it meanwhile wait for the one that makes it."""
        with self.lock:
            renewal = self.renewals.get((key, moment))
            if is_first := renewal is None:
                renewal = self.renewals[key, moment] = threading.Event()
        if not is_first:
            renewal.wait(PATIENCE_SECONDS)
            page = self.pages.get(key)
            if page is not None and page.moment == moment:
                return self.answer(page, environ, start_response)
            return self.render(key, moment, environ, start_response)
        try:
            return self.render(key, moment, environ, start_response)
        finally:
            del self.renewals[key, moment]
            renewal.set()

    def render(
        self, key: Key, moment: Moment, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Let Django answer, and keep the answer if it may be shared.

        ``moment`` was read before: data that changed meanwhile makes the kept page stale at once.
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
        page = finish(headers, body, moment=moment, compress=takes_gzip(environ))
        is_whole = environ["REQUEST_METHOD"] == "GET"
        if moment[0] is not None and page.etag and is_whole and not sets_cookie(headers):
            self.keep(key, page)
        start_response("200 OK", page.headers)
        return [page.body if is_whole else b""]

    def keep(self, key: Key, page: Page) -> None:
        """Store a page, dropping the ones not asked for longest while there is no room."""
        with self.lock:
            former = self.pages.pop(key, None)
            self.size_bytes -= len(former.body) if former else 0
            if len(page.body) > LARGEST_PAGE_BYTES:
                return
            self.size_bytes += len(page.body)
            self.pages[key] = page
            while self.size_bytes > self.capacity_bytes:
                _, dropped = self.pages.popitem(last=False)
                self.size_bytes -= len(dropped.body)


def takes_gzip(environ: "WSGIEnvironment") -> bool:
    """Tell whether the reader takes compressed answers."""
    return "gzip" in environ.get("HTTP_ACCEPT_ENCODING", "")


def choices_of(cookies: str) -> Choices | None:
    """Return the cookies that choose between answers, read as Django reads them; None if some are one reader's own."""
    chosen = {}
    for cookie in cookies.split(";"):
        name, _, value = cookie.partition("=")
        name = name.strip()
        if name in CHOOSING_COOKIES:
            chosen[name] = value.strip()
        elif name in PERSONAL_COOKIES:
            return None
    return tuple(sorted(chosen.items()))


def sets_cookie(headers: Headers) -> bool:
    """Tell whether an answer sets a cookie and is therefore one reader's own."""
    return any(name.lower() == "set-cookie" for name, _ in headers)


def is_compressible(headers: Headers) -> bool:
    """Tell whether a body would become smaller: it is text, and was not compressed before."""
    named = {name.lower(): value for name, value in headers}
    kind = named.get("content-type", "")
    return "content-encoding" not in named and (kind.startswith("image/svg") or not kind.startswith(COMPRESSED_TYPES))


def finish(headers: Headers, body: bytes, *, moment: Moment, compress: bool) -> Page:
    """Return the page with its final headers, compressed if the reader takes that and it becomes smaller."""
    if compress and is_compressible(headers):
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
        moment=moment,
        etag=etag,
        headers=[*kept, ("Content-Length", str(len(body)))],
        not_modified_headers=not_modified,
        body=body,
    )
