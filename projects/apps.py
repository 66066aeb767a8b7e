"""The app's registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProjectsConfig(AppConfig):
    """The package as Django knows it."""

    name = "projects"
    verbose_name = _("Catalogue")
