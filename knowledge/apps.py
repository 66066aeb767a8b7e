"""The app's registration."""

from django.apps import AppConfig


class KnowledgeConfig(AppConfig):
    """The package as Django knows it."""

    name = "knowledge"
