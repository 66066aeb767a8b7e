"""The page cache: what is kept, for whom, and until when."""

import gzip
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import pytest

from landscape.page_cache import PageCache


@dataclass
class Listener:
    generation: int | None = 1

    def start(self):
        pass


@dataclass
class Site:
    """A WSGI application that counts how often it renders."""

    headers: list = field(
        default_factory=lambda: [("Strata-Shared-Answer", "1"), ("ETag", 'W/"one"'), ("Vary", "Cookie")]
    )
    status: str = "200 OK"
    rendered: int = 0
    on_render: object = None

    def __call__(self, environ, start_response):
        self.rendered += 1
        if self.on_render:
            self.on_render()
        start_response(self.status, list(self.headers))
        return [f"page {self.rendered}".encode()]


@dataclass
class Answer:
    status: str
    headers: dict
    body: bytes


def get(cache, path="/", **environ):
    answer = {}

    def start_response(status, headers, exc_info=None):
        answer.update(status=status, headers={name.lower(): value for name, value in headers})

    body = b"".join(cache({"REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": "", **environ}, start_response))
    return Answer(answer["status"], answer["headers"], body)


@pytest.fixture
def site():
    return Site()


@pytest.fixture
def listener():
    return Listener()


@pytest.fixture
def cache(site, listener):
    return PageCache(site, listener=listener, today=lambda: 20_672)


def test_page_is_rendered_once(cache, site):
    assert [get(cache).body, get(cache).body] == [b"page 1", b"page 1"]


def test_changed_data_are_seen_at_once(cache, listener):
    get(cache)
    listener.generation += 1
    assert get(cache).body == b"page 2"


def test_page_that_was_rendered_while_data_changed_is_not_served_again(cache, site, listener):
    def change():
        listener.generation += 1

    site.on_render = change
    get(cache)
    site.on_render = None
    assert get(cache).body == b"page 2"


def test_nothing_is_kept_while_changes_cannot_be_heard(cache, listener):
    listener.generation = None
    assert [get(cache).body, get(cache).body] == [b"page 1", b"page 2"]


def test_next_day_is_rendered_anew(site, listener):
    days = iter([20_672, 20_673])
    cache = PageCache(site, listener=listener, today=lambda: next(days))
    assert [get(cache).body, get(cache).body] == [b"page 1", b"page 2"]


@pytest.mark.parametrize(
    "environ",
    [
        {"HTTP_COOKIE": "sessionid=abc"},
        {"HTTP_COOKIE": "theme=dark; messages=x"},
        {"HTTP_AUTHORIZATION": "Bearer strata_x"},
        {"HTTP_COOKIE": "bad[]=1; sessionid=abc"},
        {"REQUEST_METHOD": "POST"},
    ],
)
def test_what_is_one_readers_own_is_not_kept(cache, environ):
    get(cache)
    assert get(cache, **environ).body == b"page 2"


@pytest.mark.parametrize(
    "environ",
    [
        {"HTTP_COOKIE": "theme=dark"},
        {"HTTP_COOKIE": "django_language=zh-hans"},
        {"QUERY_STRING": "as_of=2020-04-25"},
        {"HTTP_HX_REQUEST": "true"},
        {"HTTP_HOST": "elsewhere"},
        {"HTTP_ACCEPT_ENCODING": "gzip"},
    ],
)
def test_what_chooses_between_answers_is_kept_apart(cache, environ):
    get(cache)
    other = get(cache, **environ)
    assert other.headers.get("content-encoding", "") == ("gzip" if "HTTP_ACCEPT_ENCODING" in environ else "")
    assert get(cache).body == b"page 1"
    assert get(cache, **environ).body == other.body


def test_answer_that_no_view_marked_is_passed_through(cache, site):
    site.headers = [("X-Own", "1")]
    assert [get(cache).body, get(cache).body] == [b"page 1", b"page 2"]
    assert get(cache).headers == {"x-own": "1"}


def test_answer_that_sets_a_cookie_is_not_kept(cache, site):
    site.headers.append(("Set-Cookie", "csrftoken=x"))
    assert [get(cache).body, get(cache).body] == [b"page 1", b"page 2"]


def test_mark_does_not_leave_the_server(cache):
    assert "strata-shared-answer" not in get(cache).headers | get(cache).headers


def test_known_etag_is_answered_304_without_rendering(cache, site):
    get(cache)
    answer = get(cache, HTTP_IF_NONE_MATCH='W/"one"')
    assert (answer.status, answer.body, site.rendered) == ("304 Not Modified", b"", 1)
    assert answer.headers == {"etag": 'W/"one"', "vary": "Cookie, Accept-Encoding"}


def test_kept_answer_is_compressed_for_those_who_take_it(cache):
    answer = get(cache, HTTP_ACCEPT_ENCODING="br, gzip")
    assert gzip.decompress(answer.body) == b"page 1"
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["content-length"] == str(len(answer.body))


@pytest.mark.parametrize("cookie", ["_ga=GA1.1.5; other", "csrftoken=x", "=; ;"])
def test_cookies_that_choose_nothing_share_the_page(cache, cookie):
    get(cache)
    assert get(cache, HTTP_COOKIE=cookie).body == b"page 1"


def test_head_is_answered_from_the_kept_page(cache, site):
    whole = get(cache)
    head = get(cache, REQUEST_METHOD="HEAD")
    assert (head.status, head.headers, head.body) == (whole.status, whole.headers, b"")
    assert site.rendered == 1


def test_page_rendered_for_head_is_not_kept(cache):
    assert get(cache, REQUEST_METHOD="HEAD").body == b""
    assert get(cache).body == b"page 2"


@pytest.mark.parametrize(
    ("header", "value"),
    [("Content-Type", "image/png"), ("Content-Type", "application/zip"), ("Content-Encoding", "br")],
)
def test_what_is_compressed_is_not_compressed_again(cache, site, header, value):
    site.headers.append((header, value))
    answer = get(cache, HTTP_ACCEPT_ENCODING="gzip")
    assert (answer.body, answer.headers.get("content-encoding")) == (b"page 1", "br" if value == "br" else None)


def test_svg_is_compressed(cache, site):
    site.headers.append(("Content-Type", "image/svg+xml"))
    assert gzip.decompress(get(cache, HTTP_ACCEPT_ENCODING="gzip").body) == b"page 1"


def test_page_that_grew_too_large_is_no_longer_kept(site, listener, monkeypatch):
    cache = PageCache(site, listener=listener, today=lambda: 20_672)
    get(cache)
    listener.generation += 1
    monkeypatch.setattr("landscape.page_cache.LARGEST_PAGE_BYTES", 5)
    get(cache)
    assert (len(cache.pages), cache.size_bytes) == (0, 0)


def test_changed_page_is_rendered_once_for_all_who_wait(site, listener):
    asked, may_end = threading.Semaphore(0), threading.Event()
    cache = PageCache(site, listener=listener, today=lambda: asked.release() or 20_672)
    get(cache)
    listener.generation += 1
    site.on_render = lambda: may_end.wait(10)
    with ThreadPoolExecutor(3) as readers:
        answers = [readers.submit(get, cache) for _ in range(3)]
        for _ in range(4):  # the one before, and these
            assert asked.acquire(timeout=10)
        may_end.set()
        bodies = {answer.result(10).body for answer in answers}
    assert (bodies, site.rendered) == ({b"page 2"}, 2)


def test_rendering_that_fails_frees_those_who_come_after(cache, site, listener):
    get(cache)
    listener.generation += 1

    def fail():
        raise RuntimeError

    site.on_render = fail
    with pytest.raises(RuntimeError):
        get(cache)
    site.on_render = None
    assert (get(cache).body, cache.renewals) == (b"page 3", {})


def test_memory_is_bounded(site, listener):
    cache = PageCache(site, listener=listener, today=lambda: 20_672, capacity_bytes=13)
    get(cache, "/a")
    get(cache, "/b")
    get(cache, "/a")
    get(cache, "/c")  # drops /b, which was not asked for longest
    assert cache.size_bytes <= 13
    assert get(cache, "/a").body == b"page 1"
    assert get(cache, "/b").body == b"page 4"
