"""Addresses without a language: health, logos, machine-readable files."""

from django.urls import URLPattern, path

from web.views import health

urlpatterns: list[URLPattern] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
