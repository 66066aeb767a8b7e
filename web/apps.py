"""The app's registration."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The package as Django knows it."""

    name = "web"
