"""What every entry of the knowledge base has."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from projects.models import Source


class Entry(models.Model):
    """An entry: its address, its title, the essay's statements that it answers, and the sources it rests on.

    Bodies are Markdown; their links name things of Strata ("concept:sidecar", "item:istio") and are resolved when read.
    """

    slug = models.SlugField(_("slug"), max_length=120, unique=True)
    title = models.CharField(_("title"), max_length=200)
    title_zh = models.CharField(_("title in Chinese"), max_length=200, blank=True, default="")
    # Ids of the essay's statements ("DEF-25"), as in ``Statement.code``.
    essay_codes = ArrayField(
        models.CharField(max_length=20), verbose_name=_("statements of the essay"), default=list, blank=True
    )
    sources = models.ManyToManyField(Source, related_name="+", verbose_name=_("sources"), blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title
