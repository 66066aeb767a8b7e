"""The app's registration."""

from django.apps import AppConfig


class MetricsConfig(AppConfig):
    """The package as Django knows it."""

    name = "metrics"
