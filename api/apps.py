"""The app's registration."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The package as Django knows it."""

    name = "api"
