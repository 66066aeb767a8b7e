"""The app's registration."""

from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    """The package as Django knows it."""

    name = "projects"
