"""The app's registration."""

from django.apps import AppConfig


class SourcesConfig(AppConfig):
    """The package as Django knows it."""

    name = "sources"
