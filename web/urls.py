"""Pages, one URL name for each view of the same name."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
