"""Addresses of the pages an investor comes for."""

from django.urls import URLPattern, path

from web.views import ladder, vendor_control

urlpatterns: list[URLPattern] = [
    path("ladder/", ladder.ladder, name="ladder"),
    path("ladder/rates.csv", ladder.ladder_csv, name="ladder_csv"),
    path("ladder/projects/", ladder.ladder_projects, name="ladder_projects"),
    path("ladder/projects.csv", ladder.ladder_projects_csv, name="ladder_projects_csv"),
    path("items/<slug:slug>/ladder/", ladder.item_ladder, name="item_ladder"),
    path("vendor-control/", vendor_control.control, name="vendor_control"),
    path("vendor-control/projects.csv", vendor_control.control_csv, name="vendor_control_csv"),
]
