"""Pages, one URL name for each view of the same name."""

from django.conf import settings
from django.urls import URLPattern, path

from web.views import design, map, theme  # noqa: A004  (the map's module)

urlpatterns: list[URLPattern] = [
    path("", map.landscape_map, name="map"),
    path("theme/", theme.theme, name="theme"),
]
if settings.DEBUG:
    urlpatterns += [path("design/", design.design, name="design")]
