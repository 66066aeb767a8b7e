"""Addresses of the screener and of comparisons."""

from django.urls import URLPattern, path

from web.views import compare, screener

urlpatterns: list[URLPattern] = [
    path("screener/", screener.screener, name="screener"),
    path("screener/definitions/", screener.screener_definitions, name="screener_definitions"),
    path("screener/export.<slug:kind>", screener.screener_export, name="screener_export"),
    path("compare/", compare.compare, name="compare"),
    path("compare/figures.csv", compare.compare_csv, name="compare_csv"),
    path("compare/series.csv", compare.compare_series_csv, name="compare_series_csv"),
]
