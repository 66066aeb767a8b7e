"""Pages, one URL name for each view of the same name."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from web.views import (
    categories,
    changes,
    changes_diff,
    data_files,
    design,
    feeds,
    figures,
    item_curves,
    item_glance,
    item_panel,
    items,
    map,  # noqa: A004  (the page, not the builtin)
    momentum,
    organizations,
    search,
    table,
    theme,
    trends,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", map.landscape_map, name="map"),
    path("categories/", categories.categories, name="categories"),
    path("categories/<slug:slug>/", categories.category_detail, name="category_detail"),
    path("organizations/", organizations.organizations, name="organizations"),
    path("organizations/<slug:slug>/", organizations.organization_detail, name="organization_detail"),
    path("search/", search.search, name="search"),
    path("search/suggest/", search.search_suggestions, name="search_suggestions"),
    path("table/", table.table, name="table"),
    path("table/items.csv", table.table_csv, name="table_csv"),
    path("trends/", trends.trends, name="trends"),
    path("trends/<slug:chart>.csv", trends.trends_csv, name="trends_csv"),
    path("momentum/", momentum.momentum, name="momentum"),
    path("momentum/<slug:name>.csv", momentum.momentum_csv, name="momentum_csv"),
    path("changes/", changes.changes, name="changes"),
    path("changes/feed.atom", feeds.changes_feed, name="changes_feed"),
    path("changes/diff/", changes_diff.changes_diff, name="changes_diff"),
    path("changes/diff.csv", changes_diff.changes_diff_csv, name="changes_diff_csv"),
    path("map/organizations/", map.organization_options, name="organization_options"),
    path("items/<slug:slug>/", items.item_detail, name="item_detail"),
    path("items/<slug:slug>/glance/", item_glance.item_glance, name="item_glance"),
    path("items/<slug:slug>/panel/", item_panel.item_panel, name="item_panel"),
    path("items/<slug:slug>/curves/", item_curves.item_curves, name="item_curves"),
    path("items/<slug:slug>/curves.csv", item_curves.item_curves_csv, name="item_curves_csv"),
    path("items/<slug:slug>/indicators.csv", item_curves.item_indicators_csv, name="item_indicators_csv"),
    path("items/<slug:slug>/years.csv", item_curves.item_activity_csv, name="item_activity_csv"),
    path("items/<slug:slug>/maintainers.csv", item_curves.item_maintainers_csv, name="item_maintainers_csv"),
    path("theme/", theme.theme, name="theme"),
    path("accounts/", include("web.urls_accounts")),
    path("data/", data_files.data, name="data"),
    path("quality/", include("web.urls_quality")),
    path("cite/", figures.cite, name="cite"),
    path("report/", figures.report, name="report"),
    path("report/thanks/", figures.report_thanks, name="report_thanks"),
    path("", include("web.urls_market")),
    path("", include("web.urls_knowledge")),
]
if settings.DEBUG:
    urlpatterns += [path("design/", design.design, name="design")]
