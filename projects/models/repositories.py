"""Source repositories, their names over time, and the items they belong to."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from projects.models.items import Item
from projects.querysets.repositories import RepositoryQuerySet


class RepositoryAvailability(models.TextChoices):
    """What the host last said of a repository."""

    UNKNOWN = "unknown", _("not asked yet")
    AVAILABLE = "available", _("available")
    MISSING = "missing", _("missing")
    BLOCKED = "blocked", _("blocked")
    REFUSED = "refused", _("access refused")


class Repository(models.Model):
    """A repository that a card names, on any host; ``url`` is its normalised address."""

    url = models.TextField(_("address"))
    host = models.CharField(_("host"), max_length=200)
    # "owner/name" as last seen; empty for hosts without that form.
    full_name = models.CharField(_("full name"), max_length=300, blank=True, default="")
    github_id = models.BigIntegerField(_("GitHub id"), null=True, blank=True, unique=True)
    node_id = models.CharField(_("GitHub node id"), max_length=100, blank=True, default="")
    availability = models.CharField(
        _("availability"), max_length=20, choices=RepositoryAvailability, default=RepositoryAvailability.UNKNOWN
    )
    availability_seen_at = models.DateTimeField(_("availability seen at"), null=True, blank=True)
    is_archived = models.BooleanField(_("is archived"), null=True, blank=True)
    is_empty = models.BooleanField(_("is empty"), null=True, blank=True)
    is_disabled = models.BooleanField(_("is disabled"), null=True, blank=True)
    items = models.ManyToManyField(Item, through="projects.ItemRepository", related_name="repositories")

    objects = RepositoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("repository")
        verbose_name_plural = _("repositories")
        constraints = [
            models.UniqueConstraint(Lower("url"), name="repository_url_unique"),
            models.CheckConstraint(
                condition=Q(availability__in=RepositoryAvailability.values), name="repository_availability_known"
            ),
        ]

    def __str__(self) -> str:
        return self.full_name or self.url


class RepositoryName(models.Model):
    """A name a repository was seen under; ``last_seen_at`` null: still."""

    repository = models.ForeignKey(Repository, models.CASCADE, related_name="names")
    full_name = models.CharField(_("full name"), max_length=300)
    first_seen_at = models.DateTimeField(_("first seen at"))
    last_seen_at = models.DateTimeField(_("last seen at"), null=True, blank=True)

    class Meta:
        verbose_name = _("name of a repository")
        verbose_name_plural = _("names of repositories")
        indexes = [models.Index(Lower("full_name"), name="repository_name_lower")]
        constraints = [
            models.UniqueConstraint("repository", Lower("full_name"), "first_seen_at", name="repository_name_unique"),
        ]

    def __str__(self) -> str:
        return self.full_name


class ItemRepository(models.Model):
    """A repository of an item; 27 repositories serve two cards."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="item_repositories")
    repository = models.ForeignKey(Repository, models.CASCADE, related_name="item_repositories")
    is_primary = models.BooleanField(_("is primary"), default=False)
    branch = models.CharField(_("branch"), max_length=200, blank=True, default="")
    # False once the newest version no longer names it.
    is_current = models.BooleanField(_("is current"), default=True)

    class Meta:
        verbose_name = _("repository of an item")
        verbose_name_plural = _("repositories of items")
        constraints = [
            models.UniqueConstraint(fields=["item", "repository"], name="item_repository_unique"),
            models.UniqueConstraint(
                fields=["item"], condition=Q(is_primary=True, is_current=True), name="item_one_primary_repository"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.repository_id}"
