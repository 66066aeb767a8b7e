"""Addresses of the screener and of comparisons."""

from django.urls import URLPattern, path

from web.views import compare, saved_screens, screener

urlpatterns: list[URLPattern] = [
    path("screener/", screener.screener, name="screener"),
    path("screener/definitions/", screener.screener_definitions, name="screener_definitions"),
    path("screener/export.<slug:kind>", screener.screener_export, name="screener_export"),
    path("screener/saved/", saved_screens.saved_screens, name="saved_screens"),
    path("screener/saved/add/", saved_screens.saved_screen_add, name="saved_screen_add"),
    path("screener/saved/<int:pk>/", saved_screens.saved_screen_change, name="saved_screen_change"),
    path("screener/saved/<int:pk>/delete/", saved_screens.saved_screen_delete, name="saved_screen_delete"),
    path("screens/<str:key>/", saved_screens.saved_screen, name="saved_screen"),
    path("compare/", compare.compare, name="compare"),
    path("compare/figures.csv", compare.compare_csv, name="compare_csv"),
    path("compare/series.csv", compare.compare_series_csv, name="compare_series_csv"),
]
