"""Logos as the site serves them: sanitised, small, and in sheets."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LogoSheet(models.Model):
    """Many map thumbnails in one picture; ``digest`` (SHA-256 of ``webp``) is its address."""

    digest = models.CharField(_("digest"), max_length=64, unique=True)
    webp = models.BinaryField(_("picture"))
    columns = models.PositiveSmallIntegerField(_("columns"))
    cells = models.PositiveSmallIntegerField(_("cells"))

    class Meta:
        verbose_name = _("logo sheet")
        verbose_name_plural = _("logo sheets")

    def __str__(self) -> str:
        return self.digest[:12]


class Logo(models.Model):
    """One logo by content: ``digest`` is the SHA-256 of the file as the source gave it."""

    digest = models.CharField(_("digest"), max_length=64, unique=True)
    file_name = models.CharField(_("file name"), max_length=300)
    # The sanitised original; empty when only a raster could be made.
    svg = models.BinaryField(_("sanitised SVG"), default=b"")
    webp = models.BinaryField(_("picture"))
    width = models.PositiveSmallIntegerField(_("width in pixels"))
    height = models.PositiveSmallIntegerField(_("height in pixels"))
    # Which ground the logo needs to be seen on: "light", "dark" or "any".
    tone = models.CharField(_("tone"), max_length=10, default="any")
    sheet = models.ForeignKey(LogoSheet, models.SET_NULL, null=True, blank=True, related_name="logos")
    cell = models.PositiveSmallIntegerField(_("cell of the sheet"), null=True, blank=True)
    licence = models.CharField(_("licence"), max_length=100, blank=True, default="")

    class Meta:
        verbose_name = _("logo")
        verbose_name_plural = _("logos")
        constraints = [
            models.UniqueConstraint(fields=["sheet", "cell"], name="logo_cell_unique"),
            models.CheckConstraint(
                condition=models.Q(sheet__isnull=True, cell__isnull=True)
                | models.Q(sheet__isnull=False, cell__isnull=False),
                name="logo_sheet_with_cell",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name
