"""E-mails that tell people what happened to what they watch."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from smtplib import SMTPException
from typing import TYPE_CHECKING

from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import DigestFrequency, Watch, WatchDelivery
from accounts.watched_events import told_once, watched_events
from accounts.watchlist import Seen, seen_now, watches_of
from projects.place_names import translated_places

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.watched_events import WatchedEvent

MOST_EVENTS = 100
# What a mail server's not taking a message raises.
MAIL_ERRORS = (SMTPException, OSError)


def due_deliveries(now: datetime) -> QuerySet[WatchDelivery]:
    """Return whom to tell: daily ones once a day (UTC), weekly ones a week after they were last told."""
    today = datetime.combine(now.astimezone(UTC).date(), time.min, UTC)
    daily = Q(frequency=DigestFrequency.DAILY, told_at__lt=today)
    weekly = Q(frequency=DigestFrequency.WEEKLY, told_at__lt=today - timedelta(days=6))
    return WatchDelivery.objects.filter(daily | weekly, user__is_active=True).exclude(user__email="").order_by("pk")


def send_digest(delivery_id: int, *, now: datetime, site_url: str) -> bool:
    """Send one person's e-mail if it is due and anything happened; returns whether it was sent.

    What it tells is noted before it leaves: a process that is killed in between loses that e-mail (the page still
    shows all of it) rather than send it twice. Where the server does not take it, the note is taken back and the
    error, one of ``MAIL_ERRORS``, goes on.
    """
    claimed = _claim(delivery_id, now)
    if claimed is None:
        return False
    delivery, before, events = claimed
    if not events:
        return False
    try:
        _send(delivery, events, site_url)
    except MAIL_ERRORS:
        own = WatchDelivery.objects.filter(pk=delivery.pk, told_at=delivery.told_at)
        own.update(told_at=before.at, catalogue_told_at=before.catalogue_at)
        raise
    return True


def _claim(delivery_id: int, now: datetime) -> tuple[WatchDelivery, Seen, list[WatchedEvent]] | None:
    """Note that a delivery is told up to now; None if it is not due or somebody else is at it."""
    with transaction.atomic():
        due = due_deliveries(now).filter(pk=delivery_id).select_related("user")
        delivery = due.select_for_update(of=["self"], skip_locked=True).first()
        if delivery is None:
            return None
        before, seen = Seen(delivery.told_at, delivery.catalogue_told_at), seen_now(now)
        events = _events(delivery, before)
        delivery.told_at, delivery.catalogue_told_at = seen.at, seen.catalogue_at
        delivery.save(update_fields=["told_at", "catalogue_told_at"])
    return delivery, before, events


def _events(delivery: WatchDelivery, before: Seen) -> list[WatchedEvent]:
    """Return what happened since, newest first; of what is watched newly, what happened since then."""

    def since(watch: Watch) -> Seen:
        if watch.created_at > before.at:
            return Seen(watch.created_at, watch.catalogue_seen_at)
        return before

    return told_once(watched_events(list(watches_of(delivery.user)), since))


def _send(delivery: WatchDelivery, events: list[WatchedEvent], site_url: str) -> None:
    with override(delivery.language):
        context = {
            "events": events[:MOST_EVENTS],
            "hidden": max(0, len(events) - MOST_EVENTS),
            "places": translated_places(delivery.language),
            "site_url": site_url,
        }
        body = render_to_string("emails/watch_digest.txt", context)
        send_mail(_("What happened on your watchlist"), body, None, [delivery.user.email])
