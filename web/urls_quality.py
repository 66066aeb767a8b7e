"""Addresses of the data-quality pages."""

from django.urls import URLPattern, path

from web.views import data_quality, data_quality_measuring

urlpatterns: list[URLPattern] = [
    path("", data_quality.quality, name="quality"),
    path("stages/", data_quality.quality_stages, name="quality_stages"),
    path("notices/", data_quality.quality_notices, name="quality_notices"),
    path("measuring/", data_quality_measuring.quality_measuring, name="quality_measuring"),
    path("versions/", data_quality.quality_versions, name="quality_versions"),
]
