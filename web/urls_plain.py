"""Addresses without a language: health, logos, machine-readable files."""

from django.urls import URLPattern, URLResolver, include, path

from web.views import health, icons, logos, sitemaps

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", health.metrics, name="metrics"),
    path("favicon.ico", icons.favicon, name="favicon"),
    path("logos/sheets/<slug:digest>.webp", logos.logo_sheet, name="logo_sheet"),
    path("logos/<slug:digest>.webp", logos.logo_webp, name="logo_webp"),
    path("logos/<slug:digest>.svg", logos.logo_svg, name="logo_svg"),
    path("data/", include("web.urls_data")),
    path("robots.txt", sitemaps.robots, name="robots"),
    path("sitemap.xml", sitemaps.sitemap_index, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemaps.sitemap_section, name="sitemap_section"),
]
