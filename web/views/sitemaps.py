"""What search engines may read: every page, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps import views as django_views
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from knowledge.models import Comparison, Concept, Question
from projects.models import Category, Item, Organization

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet
    from django.http import HttpRequest
    from django.template.response import TemplateResponse

    PageSitemapBase = Sitemap[str]
    RowSitemapBase = Sitemap[Model]
else:
    PageSitemapBase = RowSitemapBase = Sitemap

# Each entry names its twin in the other language, so a file holds twice as many addresses as rows.
ENTRIES_OF_A_FILE = 2000
PAGES = (
    *("map", "table", "changes", "changes_diff", "trends", "momentum", "categories", "organizations"),
    *("knowledge", "questions", "concepts", "comparisons", "timeline", "forecasts", "essay", "glossary"),
)
UNREAD = ("/api/", "/accounts/", "/admin/", "/search/", "/zh-hans/accounts/", "/zh-hans/admin/", "/zh-hans/search/")


class PageSitemap(PageSitemapBase):
    """The pages that are not of one row."""

    i18n = True
    alternates = True

    def items(self) -> list[str]:
        return list(PAGES)

    def location(self, item: str) -> str:
        return reverse(item)


class RowSitemap(RowSitemapBase):
    """The pages of one table's rows, named by slugs."""

    i18n = True
    alternates = True
    limit = ENTRIES_OF_A_FILE

    def __init__(self, rows: QuerySet[Any]) -> None:
        super().__init__()
        self.rows = rows

    def items(self) -> QuerySet[Any]:
        return self.rows.only("slug").order_by("pk")


def _sections() -> dict[str, type[Sitemap[Any]] | Sitemap[Any]]:
    return {
        "pages": PageSitemap(),
        "categories": RowSitemap(Category.objects.current()),
        "items": RowSitemap(Item.objects.all()),
        "organizations": RowSitemap(Organization.objects.all()),
        "concepts": RowSitemap(Concept.objects.all()),
        "questions": RowSitemap(Question.objects.all()),
        "comparisons": RowSitemap(Comparison.objects.all()),
    }


@require_safe
def sitemap_index(request: HttpRequest) -> TemplateResponse:
    """List the files of the sitemap."""
    return django_views.index(request, sitemaps=_sections(), sitemap_url_name="sitemap_section")


@require_safe
def sitemap_section(request: HttpRequest, section: str) -> TemplateResponse:
    """List the addresses of one sort of page; ``?p=`` is the file's number; 404 beyond the last."""
    return django_views.sitemap(request, sitemaps=_sections(), section=section)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Tell crawlers what not to read, and where the sitemap is."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in UNREAD), f"Sitemap: {settings.SITE_URL}/sitemap.xml"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
