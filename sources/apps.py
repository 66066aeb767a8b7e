"""The app's registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SourcesConfig(AppConfig):
    """The package as Django knows it."""

    name = "sources"
    verbose_name = _("Sources and imports")
