"""Root addresses: pages in English at ``/…`` and in Chinese at ``/zh-hans/…``; the API knows no language."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from api.mcp.http import mcp

urlpatterns = [
    path("api/", include("api.urls")),
    path("mcp", mcp, name="mcp"),
    path("", include("web.urls_plain")),
    # Who puts a language before the API's address means the same API.
    path("zh-hans/api/<path:rest>", RedirectView.as_view(url="/api/%(rest)s", query_string=True)),
    *i18n_patterns(
        path("admin/", admin.site.urls),
        path("", include("web.urls")),
        prefix_default_language=False,
    ),
]

handler404 = "web.views.errors.not_found"
handler500 = "web.views.errors.server_error"
