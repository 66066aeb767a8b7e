"""Addresses without a language: health, logos, machine-readable files."""

from django.urls import URLPattern, path

from web.views import health, logos

urlpatterns: list[URLPattern] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("logos/sheets/<slug:digest>.webp", logos.logo_sheet, name="logo_sheet"),
    path("logos/<slug:digest>.webp", logos.logo_webp, name="logo_webp"),
    path("logos/<slug:digest>.svg", logos.logo_svg, name="logo_svg"),
]
