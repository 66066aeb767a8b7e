"""The app's registration."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """The package as Django knows it."""

    name = "accounts"
