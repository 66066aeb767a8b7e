"""Pages, one URL name for each view of the same name."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from web.views import changes, changes_diff, data_files, design, feeds, item_panel, items, map, theme  # noqa: A004  (the map's module)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", map.landscape_map, name="map"),
    path("changes/", changes.changes, name="changes"),
    path("changes/feed.atom", feeds.changes_feed, name="changes_feed"),
    path("changes/diff/", changes_diff.changes_diff, name="changes_diff"),
    path("changes/diff.csv", changes_diff.changes_diff_csv, name="changes_diff_csv"),
    path("map/organizations/", map.organization_options, name="organization_options"),
    path("items/<slug:slug>/", items.item_detail, name="item_detail"),
    path("items/<slug:slug>/panel/", item_panel.item_panel, name="item_panel"),
    path("theme/", theme.theme, name="theme"),
    path("accounts/", include("web.urls_accounts")),
    path("data/", data_files.data, name="data"),
]
if settings.DEBUG:
    urlpatterns += [path("design/", design.design, name="design")]
