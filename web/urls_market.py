"""Addresses of the pages an investor comes for."""

from django.urls import URLPattern, URLResolver, include, path

from web.views import adoption, adoption_surveys, china, criteria, funding, ladder, layer, layers, vendor_control

urlpatterns: list[URLPattern | URLResolver] = [
    path("watchlist/", include("web.urls_watchlist")),
    path("china/", china.china, name="china"),
    path("china/<slug:name>.csv", china.china_csv, name="china_csv"),
    path("", include("web.urls_screener")),
    path("layers/", layers.layers, name="layers"),
    path("layers/<slug:framework>/", layers.framework_detail, name="framework_detail"),
    path("layers/<slug:framework>/<slug:name>.csv", layers.framework_csv, name="framework_csv"),
    path("layers/<slug:framework>/<slug:layer>/", layer.layer_detail, name="layer_detail"),
    path("layers/<slug:framework>/<slug:layer>/items.csv", layer.layer_csv, name="layer_csv"),
    path("funding/", funding.funding, name="funding"),
    path("funding/rounds.csv", funding.funding_csv, name="funding_csv"),
    path("funding/graph/", funding.funding_graph, name="funding_graph"),
    path("exits/", funding.exits, name="exits"),
    path("exits/exits.csv", funding.exits_csv, name="exits_csv"),
    path("investors/", funding.investors, name="investors"),
    path("ladder/", ladder.ladder, name="ladder"),
    path("ladder/rates.csv", ladder.ladder_csv, name="ladder_csv"),
    path("ladder/projects/", ladder.ladder_projects, name="ladder_projects"),
    path("ladder/projects.csv", ladder.ladder_projects_csv, name="ladder_projects_csv"),
    path("items/<slug:slug>/criteria/", criteria.item_criteria, name="item_criteria"),
    path("items/<slug:slug>/brief/", criteria.item_brief, name="item_brief"),
    path("items/<slug:slug>/ladder/", ladder.item_ladder, name="item_ladder"),
    path("vendor-control/", vendor_control.control, name="vendor_control"),
    path("vendor-control/projects.csv", vendor_control.control_csv, name="vendor_control_csv"),
    path("adoption/", adoption.adoption, name="adoption"),
    path("adoption/attention/", adoption.adoption_attention, name="adoption_attention"),
    path("adoption/attention.csv", adoption.adoption_attention_csv, name="adoption_attention_csv"),
    path("adoption/surveys/", adoption_surveys.adoption_surveys, name="adoption_surveys"),
    path("adoption/surveys.csv", adoption_surveys.adoption_surveys_csv, name="adoption_surveys_csv"),
    path("adoption/shares/", adoption_surveys.adoption_shares, name="adoption_shares"),
    path("adoption/shares.csv", adoption_surveys.adoption_shares_csv, name="adoption_shares_csv"),
    path("adoption/<slug:name>.csv", adoption.adoption_csv, name="adoption_csv"),
]
