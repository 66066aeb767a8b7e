"""People, their API tokens, what they watch, and the screens they keep."""

import hashlib
import secrets

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from projects.models import Item, Organization

TOKEN_PREFIX = "strata_"  # noqa: S105  (says whose token it is, no secret)


class User(AbstractUser):
    """A person with an account.

    Readers have one for their tokens; analysts are staff in the group "Analysts" and curate in the
    admin; administrators are superusers. Reading the site needs no account at all.
    """

    email = models.EmailField(_("e-mail address"), unique=True)

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.UniqueConstraint(
                Lower("username"),
                name="user_username_unique_in_any_case",
                violation_error_message=_("A user with that username already exists."),
            ),
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_unique_in_any_case",
                violation_error_message=_("A user with that e-mail address already exists."),
            ),
        ]

    def __str__(self) -> str:
        return self.username


class ApiToken(models.Model):
    """A token for the API; only its SHA-256 is kept, the token itself is shown once."""

    user = models.ForeignKey(User, models.CASCADE, related_name="api_tokens", verbose_name=_("user"))
    name = models.CharField(_("name"), max_length=100)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    # The first characters, so that people recognise their token.
    hint = models.CharField(_("begins with"), max_length=16, editable=False)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    last_used_on = models.DateField(_("last used on"), null=True, blank=True)

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="api_token_name_unique")]

    def __str__(self) -> str:
        return f"{self.name} ({self.hint}…)"

    @classmethod
    def issue(cls, user: User, *, name: str) -> tuple["ApiToken", str]:
        """Create a token; returns the row and the plain token, which is not kept."""
        plain = TOKEN_PREFIX + secrets.token_urlsafe(32)
        row = cls.objects.create(user=user, name=name, digest=digest_of(plain), hint=plain[:12])
        return row, plain


def digest_of(plain: str) -> str:
    """Return the hex SHA-256 under which a plain token is stored."""
    return hashlib.sha256(plain.encode()).hexdigest()


class Attempt(models.Model):
    """How often one subject tried something since ``opened_at``; see ``accounts.attempts``."""

    # SHA-256 of scope and subject: neither names nor addresses are kept.
    digest = models.CharField(max_length=64, primary_key=True)
    scope = models.CharField(_("scope"), max_length=30)
    opened_at = models.DateTimeField(_("first attempt"))
    count = models.PositiveIntegerField(_("attempts"))

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        indexes = [models.Index(fields=["scope", "opened_at"], name="attempt_scope_opened")]

    def __str__(self) -> str:
        return f"{self.scope}: {self.count}"


class ReportStatus(models.TextChoices):
    """How a report stands."""

    OPEN = "open", _("open")
    MENDED = "mended", _("mended")
    DECLINED = "declined", _("declined")


class FigureReport(models.Model):
    """A reader's word that a figure looks wrong; analysts answer it in the admin."""

    # The address of the page, path and query, where the figure stood.
    page = models.CharField(_("page"), max_length=500)
    figure = models.CharField(_("figure"), max_length=300)
    message = models.TextField(_("what is wrong, and how you know"), max_length=4000)
    email = models.EmailField(_("e-mail address for an answer"), blank=True, default="")
    user = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="figure_reports", verbose_name=_("user")
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    status = models.CharField(_("status"), max_length=10, choices=ReportStatus, default=ReportStatus.OPEN)
    answer = models.TextField(_("answer"), blank=True, default="")

    class Meta:
        verbose_name = _("reported figure")
        verbose_name_plural = _("reported figures")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=ReportStatus.values), name="figure_report_status_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.figure} ({self.page})"


class Watch(models.Model):
    """An item or an organization that a person watches, and up to when they have seen what happened to it.

    What the landscape says is dated by its own versions, which are read later: ``catalogue_seen_at`` is the newest
    version that they have seen, null while there was none.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="watches", verbose_name=_("user"))
    item = models.ForeignKey(
        Item, models.CASCADE, null=True, blank=True, related_name="watches", verbose_name=_("item")
    )
    organization = models.ForeignKey(
        Organization, models.CASCADE, null=True, blank=True, related_name="watches", verbose_name=_("organization")
    )
    created_at = models.DateTimeField(_("created at"))
    last_seen_at = models.DateTimeField(_("last seen at"))
    catalogue_seen_at = models.DateTimeField(_("newest version seen"), null=True, blank=True)

    class Meta:
        verbose_name = _("watched thing")
        verbose_name_plural = _("watched things")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(item__isnull=False, organization__isnull=True)
                | models.Q(item__isnull=True, organization__isnull=False),
                name="watch_of_one_thing",
            ),
            models.UniqueConstraint(fields=["user", "item"], name="watch_item_once"),
            models.UniqueConstraint(fields=["user", "organization"], name="watch_organization_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.item_id or '-'} {self.organization_id or '-'}"


class DigestFrequency(models.TextChoices):
    """How often a person is told by e-mail."""

    OFF = "off", _("never")
    DAILY = "daily", _("daily")
    WEEKLY = "weekly", _("weekly")


class WatchDelivery(models.Model):
    """How a person is told of what they watch, beside the page: a feed of their own, and e-mail.

    ``feed_digest`` is the SHA-256 of the feed's token, null without one. ``told_at`` and ``catalogue_told_at``: up to
    when e-mails have told of it; they move before an e-mail leaves, so that none is sent twice.
    """

    user = models.OneToOneField(User, models.CASCADE, related_name="watch_delivery", verbose_name=_("user"))
    feed_digest = models.CharField(max_length=64, unique=True, null=True, blank=True, editable=False)
    frequency = models.CharField(_("frequency"), max_length=10, choices=DigestFrequency, default=DigestFrequency.OFF)
    language = models.CharField(_("language"), max_length=10, default="en")
    told_at = models.DateTimeField(_("told up to"))
    catalogue_told_at = models.DateTimeField(_("newest version told"), null=True, blank=True)

    class Meta:
        verbose_name = _("delivery of the watchlist")
        verbose_name_plural = _("deliveries of watchlists")
        indexes = [models.Index(fields=["frequency", "told_at"], name="watch_delivery_due")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(frequency__in=DigestFrequency.values), name="watch_delivery_frequency_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.frequency}"


def unguessable_key() -> str:
    """Return a new name of 128 random bits, fit for an address."""
    return secrets.token_urlsafe(16)


class SavedScreen(models.Model):
    """A screen that a person keeps under a name: ``query`` is the screener's query string.

    Its address, ``key``, leads others to it only while it ``is_shared``.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="saved_screens", verbose_name=_("user"))
    name = models.CharField(_("name"), max_length=100)
    query = models.CharField(_("query string"), max_length=4000, blank=True, default="")
    created_at = models.DateTimeField(_("created at"))
    is_shared = models.BooleanField(_("whoever has the link may see it"), default=False)
    key = models.CharField(max_length=32, unique=True, default=unguessable_key, editable=False)

    class Meta:
        verbose_name = _("saved screen")
        verbose_name_plural = _("saved screens")
        constraints = [
            models.UniqueConstraint(fields=["user", "name"], name="saved_screen_name_unique"),
            models.CheckConstraint(condition=~models.Q(name=""), name="saved_screen_name_given"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("saved_screen", args=[self.key])
