"""Whether the reader of a page watches what it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.watchlist import watch_key
from projects.models import Item, Organization

if TYPE_CHECKING:
    from django.http import HttpRequest


def own_watch_of_item(request: HttpRequest, slug: str) -> int | None:
    """Return the key of the reader's watch of an item, None without one; a query where somebody is signed in."""
    return watch_key(request.user, Item, slug) if request.user.is_authenticated else None


def own_watch_of_organization(request: HttpRequest, slug: str) -> int | None:
    """Return the key of the reader's watch of an organization, None without one; a query where somebody is signed in."""
    return watch_key(request.user, Organization, slug) if request.user.is_authenticated else None
