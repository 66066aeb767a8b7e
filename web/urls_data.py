"""Addresses of the catalogue's files; they know no language."""

from django.urls import URLPattern, path

from web.views import data_files, map_files

urlpatterns: list[URLPattern] = [
    path("landscape.json", data_files.data_landscape_json, name="data_landscape_json"),
    path("landscape.yml", data_files.data_landscape_yml, name="data_landscape_yml"),
    path("datapackage.json", data_files.data_package_json, name="data_package_json"),
    path("map.svg", map_files.map_svg, name="map_svg"),
    path("map.png", map_files.map_png, name="map_png"),
    path("<slug:name>.csv", data_files.data_csv, name="data_csv"),
    path("<slug:name>.json", data_files.data_json, name="data_json"),
]
