"""What people watch: adding, removing, and up to when they have seen it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models.functions import Greatest

from accounts.models import Watch, WatchDelivery, digest_of
from projects.models import Item, LandscapeVersion, Organization, VersionStatus

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from accounts.models import User

MOST_WATCHES = 500


class WatchlistFullError(Exception):
    """A person watches ``MOST_WATCHES`` things already."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A point up to which things are known: by the clock, and by the landscape's own versions (None: none read yet)."""

    at: datetime
    catalogue_at: datetime | None


def seen_now(now: datetime) -> Seen:
    """Return the point that whoever looks now has reached; one query."""
    versions = LandscapeVersion.objects.filter(status=VersionStatus.READ).order_by("-position")
    return Seen(now, versions.values_list("effective_at", flat=True).first())


def watch(user: User, thing: Item | Organization, *, now: datetime) -> bool:
    """Begin to watch a thing; returns whether it was not watched before. Raises ``WatchlistFullError``."""
    column = "item" if isinstance(thing, Item) else "organization"
    if user.watches.filter(**{column: thing}).exists():
        return False
    if user.watches.count() >= MOST_WATCHES:
        raise WatchlistFullError
    seen = seen_now(now)
    moments = {"created_at": now, "last_seen_at": seen.at, "catalogue_seen_at": seen.catalogue_at}
    _row, is_new = Watch.objects.get_or_create(user=user, **{column: thing}, defaults=moments)
    return is_new


def watch_key(user: User, kind: type[Item | Organization], slug: str) -> int | None:
    """Return the key of a person's watch of one thing, None without one; one query."""
    column = "item" if kind is Item else "organization"
    return user.watches.filter(**{f"{column}__slug": slug}).values_list("pk", flat=True).first()


def watches_of(user: User) -> QuerySet[Watch]:
    """Return what a person watches, the newest first, with names."""
    return user.watches.select_related("item", "organization").order_by("-created_at", "-pk")


def mark_seen(watches: QuerySet[Watch], seen: Seen) -> None:
    """Note that somebody has seen all up to a point; it never moves back."""
    columns: dict[str, object] = {"last_seen_at": Greatest("last_seen_at", seen.at)}
    if seen.catalogue_at is not None:
        columns["catalogue_seen_at"] = Greatest("catalogue_seen_at", seen.catalogue_at)
    watches.update(**columns)


def delivery_of(user: User, *, now: datetime) -> WatchDelivery:
    """Return how a person is told; made where they have not chosen anything yet."""
    seen = seen_now(now)
    row, _is_new = WatchDelivery.objects.get_or_create(
        user=user, defaults={"told_at": seen.at, "catalogue_told_at": seen.catalogue_at}
    )
    return row


def issue_feed(user: User, *, now: datetime) -> str:
    """Give a person's feed a new token and return it; the one before stops working, and none is kept."""
    plain = secrets.token_urlsafe(32)
    delivery = delivery_of(user, now=now)
    delivery.feed_digest = digest_of(plain)
    delivery.save(update_fields=["feed_digest"])
    return plain


def revoke_feed(user: User) -> None:
    """Let the feed's token work no longer."""
    WatchDelivery.objects.filter(user=user).update(feed_digest=None)


def owner_of_feed(token: str) -> WatchDelivery | None:
    """Return the delivery that a feed's token belongs to, with its active owner; None for any other text."""
    found = WatchDelivery.objects.filter(feed_digest=digest_of(token), user__is_active=True)
    return found.select_related("user").first()
