"""The app's registration."""

from django.apps import AppConfig


class MarketConfig(AppConfig):
    """The package as Django knows it."""

    name = "market"
