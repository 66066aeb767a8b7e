"""What a fact cites."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Source(models.Model):
    """A publication that facts rest on."""

    url = models.URLField(_("address"), max_length=500, unique=True)
    title = models.CharField(_("title"), max_length=300)
    publisher = models.CharField(_("publisher"), max_length=200, blank=True, default="")
    published_on = models.DateField(_("published on"), null=True, blank=True)
    retrieved_on = models.DateField(_("retrieved on"), null=True, blank=True)
    licence = models.CharField(_("licence"), max_length=100, blank=True, default="")

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")

    def __str__(self) -> str:
        return self.title
