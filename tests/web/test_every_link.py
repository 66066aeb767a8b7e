"""Every kind of page that links lead to, in both languages, over the built-in data."""

import re
from collections import Counter, deque
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http import HTTPStatus
from urllib.parse import parse_qsl, unquote, urljoin, urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.urls import Resolver404, resolve
from django.utils import translation

from knowledge.models import Concept, ConceptAlias
from market.models import Citation
from projects.models import Landscape, Source
from tests.built_in import load_built_in_site
from tests.web.test_chinese_pages import ADDRESS, Reader

pytestmark = pytest.mark.django_db

SITE = "http://testserver"
STARTS = ("/", "/zh-hans/")
# Of each address pattern of urls.py, in each language: pages without a query, and pages with each set of parameters.
PAGES, QUERIES_OF_ONE_KIND, QUERIES = 2, 1, 4
NOT_FOLLOWED = ("/static/", "/api/")
REDIRECTS = {HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.FOUND}
# Three or more words in small letters: a sentence's, not a name's.
ENGLISH = re.compile(r"[A-Za-z][a-z]*(?: [a-z][a-z’'-]*){3,}")


class Page(HTMLParser):
    """What a page says of itself and where it leads."""

    def __init__(self, text):
        super().__init__()
        self.links, self.ids, self.alternates, self.title, self.headings = [], set(), {}, "", 0
        self.open = ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        self.open = tag
        self.headings += tag == "h1"
        self.ids |= {values["id"]} if values.get("id") else set()
        if tag == "a" and values.get("href") is not None:
            self.links.append(values["href"])
        if tag == "link" and "hreflang" in values:
            self.alternates[values["hreflang"]] = values["href"].removeprefix(settings.SITE_URL)

    def handle_data(self, data):
        if self.open == "title" and not self.title:
            self.title = data.strip()


def language_of(path):
    return "zh-hans" if path.startswith("/zh-hans/") else "en"


def pattern_of(path):
    """Return the pattern of urls.py that answers an address, without its language; raises ``Resolver404``."""
    with translation.override(language_of(path)):
        return resolve(urlsplit(path).path).route.removeprefix("zh-hans/")


@dataclass
class Crawl:
    """A walk along the links of the site, which visits only some of the pages of one kind."""

    client: Client = field(default_factory=Client)
    queue: deque = field(default_factory=lambda: deque((start, "") for start in STARTS))
    pages: dict = field(default_factory=dict)
    visited: Counter = field(default_factory=Counter)
    problems: list = field(default_factory=list)
    anchors: set = field(default_factory=set)

    def run(self):
        seen = set()
        while self.queue:
            path, origin = self.queue.popleft()
            if path not in seen and not path.startswith(NOT_FOLLOWED):
                seen.add(path)
                self.visit(path, origin)
        return self

    def visit(self, path, origin):
        try:
            pattern = pattern_of(path)
        except Resolver404:
            self.problems.append((path, "no such address", origin))
            return
        if self.is_enough(path, pattern):
            return
        response = self.client.get(path)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        if response.status_code in REDIRECTS:
            self.follow(path, response["Location"])
        elif response.status_code != HTTPStatus.OK:
            self.problems.append((path, response.status_code, origin))
        elif response["Content-Type"].startswith("text/html"):
            self.read(path, body.decode())

    def is_enough(self, path, pattern):
        """Tell whether enough pages of this kind were visited; counts the page if not."""
        names = tuple(sorted({name for name, _ in parse_qsl(urlsplit(path).query, keep_blank_values=True)}))
        kind, queries = (language_of(path), pattern, names), (language_of(path), pattern, "queries")
        if self.visited[kind] >= (QUERIES_OF_ONE_KIND if names else PAGES) or (
            names and self.visited[queries] >= QUERIES
        ):
            return True
        self.visited[kind] += 1
        self.visited[queries] += bool(names)
        return False

    def read(self, path, text):
        page = self.pages[path] = Page(text)
        page.text = text
        for link in page.links:
            self.follow(path, link)

    def follow(self, path, link):
        target = urlsplit(urljoin(SITE + path, link))
        if f"{target.scheme}://{target.netloc}" != SITE:
            return
        address = target.path + (f"?{target.query}" if target.query else "")
        self.queue.append((address, path))
        if target.fragment:
            self.anchors.add((path, address, unquote(target.fragment)))


def is_whole(page):
    return page.text.lstrip().lower().startswith("<!doctype")


def incomplete(pages):
    """Yield pages without a title of their own or without exactly one main heading."""
    for path, page in pages.items():
        if is_whole(page) and (not page.title.removesuffix("· Strata").strip() or page.headings != 1):
            yield path, page.title, page.headings


def unpaired(pages):
    """Yield pages that do not name themselves and a twin in the other language that names them too."""
    for path, page in pages.items():
        if not is_whole(page) or path.startswith(("/admin/", "/zh-hans/admin/")):
            continue
        twin = page.alternates.get("en" if language_of(path) == "zh-hans" else "zh-Hans", "")
        own = page.alternates.get("zh-Hans" if language_of(path) == "zh-hans" else "en")
        is_named_back = twin not in pages or pages[twin].alternates == page.alternates
        if own != path or not is_named_back or pattern_of(twin) != pattern_of(path):
            yield path, page.alternates


def lost_anchors(crawl):
    """Yield links to a part of a page that the page does not have, but for sections that a category had once."""
    for origin, address, anchor in crawl.anchors:
        is_section = pattern_of(address) == "categories/<slug:slug>/"
        if not is_section and address in crawl.pages and anchor not in crawl.pages[address].ids:
            yield origin, address, anchor


def quoted():
    """Return texts of the data that have no Chinese: what sources are called and say, and what English calls a concept."""
    return {
        *[text for row in Source.objects.all() for text in (row.title, row.publisher, row.licence)],
        *Citation.objects.values_list("quote", flat=True),
        *Landscape.objects.values_list("attribution", flat=True),
        *Concept.objects.values_list("title", flat=True),
        *ConceptAlias.objects.values_list("name", flat=True),
    } - {""}


def english_sentences(pages):
    """Yield what Chinese pages say in English, but for texts that are quoted from the data."""
    known = "\n".join(" ".join(text.split()) for text in quoted())
    for path, page in pages.items():
        if language_of(path) != "zh-hans":
            continue
        reader = Reader()
        reader.feed(page.text)
        for text in {" ".join(text.split()) for text in reader.texts}:
            yield from ((path, found) for found in ENGLISH.findall(ADDRESS.sub(" ", text)) if found not in known)


def test_every_link_leads_to_a_whole_page_in_either_language():
    load_built_in_site()
    crawl = Crawl().run()

    assert len(crawl.pages) > 200
    assert crawl.problems == []
    assert list(incomplete(crawl.pages)) == []
    assert list(unpaired(crawl.pages)) == []
    assert list(lost_anchors(crawl)) == []
    assert sorted(english_sentences(crawl.pages)) == []
