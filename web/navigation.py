"""The site's sections and their pages, as the header offers them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy, pgettext_lazy

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django_stubs_ext import StrOrPromise

# Each section leads to its first page. A page is a URL name and its label.
SECTIONS: Sequence[tuple[StrOrPromise, Sequence[tuple[str, StrOrPromise]]]] = (
    (
        gettext_lazy("Landscape"),
        (
            ("map", gettext_lazy("Map")),
            ("table", gettext_lazy("Table")),
            ("categories", gettext_lazy("Categories")),
            ("organizations", gettext_lazy("Organizations")),
            ("changes", gettext_lazy("Changes")),
            ("trends", gettext_lazy("Trends")),
        ),
    ),
    (
        gettext_lazy("Measures"),
        (
            ("momentum", gettext_lazy("Momentum")),
            ("ladder", gettext_lazy("Stage ladder")),
            ("vendor_control", gettext_lazy("Vendor control")),
        ),
    ),
    (
        gettext_lazy("Market"),
        (
            ("layers", gettext_lazy("Layers")),
            ("funding", gettext_lazy("Funding")),
            ("exits", gettext_lazy("Exits")),
            ("investors", gettext_lazy("Investors")),
            ("adoption", gettext_lazy("Adoption")),
            ("china", gettext_lazy("China")),
        ),
    ),
    (
        gettext_lazy("Screens"),
        (
            ("screener", gettext_lazy("Screener")),
            ("compare", gettext_lazy("Compare")),
            ("watchlist", gettext_lazy("Watchlist")),
        ),
    ),
    (
        gettext_lazy("Knowledge"),
        (
            ("knowledge", pgettext_lazy("navigation", "Overview")),
            ("questions", gettext_lazy("Questions")),
            ("concepts", gettext_lazy("Concepts")),
            ("comparisons", gettext_lazy("Comparisons")),
            ("timeline", gettext_lazy("Timeline")),
            ("forecasts", gettext_lazy("Forecasts")),
            ("essay", gettext_lazy("Essay")),
            ("glossary", gettext_lazy("Glossary")),
        ),
    ),
    (
        gettext_lazy("Data"),
        (
            ("data", gettext_lazy("Files")),
            ("quality", gettext_lazy("Quality")),
            ("api-docs", gettext_lazy("API")),
        ),
    ),
)
# Pages that no section lists, and the page that stands for them.
BELONGS_TO = {"item_detail": "map", "insights": "knowledge"}


@dataclass(frozen=True, slots=True)
class NavigationPage:
    """A link of the header."""

    label: StrOrPromise
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class NavigationSection:
    """A section with its pages; its link leads to the first of them."""

    label: StrOrPromise
    pages: tuple[NavigationPage, ...]
    is_current: bool

    @property
    def url(self) -> str:
        """The address of the first page."""
        return self.pages[0].url


def navigation(path: str) -> tuple[NavigationSection, ...]:
    """Return the sections that have pages, in which the page at ``path`` and its section are marked."""
    named = {name: url_of(name) for _label, pages in SECTIONS for name, _text in pages}
    page = _page_at(path, named)
    home = page or _belongs_to(path)
    sections = (
        (
            label,
            tuple(NavigationPage(text, named[name], is_current=name == page) for name, text in pages if named[name]),
            any(name == home for name, _text in pages),
        )
        for label, pages in SECTIONS
    )
    return tuple(NavigationSection(label, pages, is_current) for label, pages, is_current in sections if pages)


def _page_at(path: str, named: dict[str, str]) -> str:
    """Return the name of the page under whose address ``path`` lies: the longest, and the map only for itself."""
    home = named["map"]
    found = [name for name, url in named.items() if url and (path == url or (url != home and path.startswith(url)))]
    return max(found, key=lambda name: len(named[name]), default="")


def _belongs_to(path: str) -> str:
    """Return the listed page to whose section a page that is not listed belongs; "" for none."""
    found = (page for name, page in BELONGS_TO.items() if path.startswith(url_of(name, "-").removesuffix("-/")))
    return next(found, "")


def url_of(name: str, *arguments: str) -> str:
    """Return the address of a page, "" if this site has no such page."""
    try:
        return reverse(name, args=arguments)
    except NoReverseMatch:
        return ""


def current_pages(sections: Iterable[NavigationSection]) -> tuple[NavigationPage, ...]:
    """Return the pages of the section that is read; empty outside of every section, and where it has only one."""
    pages = next((section.pages for section in sections if section.is_current), ())
    return pages if len(pages) > 1 else ()
