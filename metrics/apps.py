"""The app's registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MetricsConfig(AppConfig):
    """The package as Django knows it."""

    name = "metrics"
    verbose_name = _("Measurements")
