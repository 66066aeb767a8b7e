"""Addresses of the API."""

from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.generic import RedirectView

from api.documentation import DocumentationView, SchemaView, not_found

urlpatterns: list[URLPattern | URLResolver] = [
    path("", RedirectView.as_view(pattern_name="api-docs")),
    path("v1/", include(("api.v1.urls", "api-v1"))),
    path("schema/", SchemaView.as_view(), name="api-schema"),
    path("docs/", DocumentationView.as_view(url_name="api-schema"), name="api-docs"),
    # With a slash only: what lacks one is first led there.
    re_path(r"^.*/$", not_found),
]
