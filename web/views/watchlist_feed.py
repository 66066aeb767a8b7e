"""A person's own Atom feed; who knows its address reads it, so the address is shown once and can be revoked."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.watch_sentences import event_sentence
from accounts.watched_events import told_once, watched_events
from accounts.watchlist import Seen, issue_feed, owner_of_feed, revoke_feed, watches_of
from projects.place_names import translated_places
from web.templatetags.site import language_tag
from web.views.feeds import TAG_SINCE

if TYPE_CHECKING:
    from accounts.models import User
    from accounts.watched_events import WatchedEvent
    from web.pages import HtmxRequest
    from web.people import OwnRequest

ENTRIES = 100
REACH = timedelta(days=90)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
@sensitive_variables("token")
def watchlist_feed_issue(request: OwnRequest) -> HttpResponse:
    """Make a new address for the feed and show it, this once; the one before stops working.

    Who comes here by a link, after a change of language, is led to the watchlist.
    """
    if request.method != "POST":
        return redirect("watchlist")
    token = issue_feed(request.user, now=timezone.now())
    url = f"{settings.SITE_URL}{reverse('watchlist_feed', args=[token])}"
    return render(request, "watchlist/feed_issued.html", {"url": url}, status=201)


@require_POST
@never_cache
@login_required
def watchlist_feed_revoke(request: OwnRequest) -> HttpResponse:
    """Let the feed's address work no longer."""
    revoke_feed(request.user)
    messages.success(request, _("The address of your feed no longer works."))
    return redirect("watchlist")


@require_safe
@never_cache
@sensitive_variables("token")
def watchlist_feed(_request: HtmxRequest, token: str) -> HttpResponse:
    """Answer what happened to the owner's watched things in the last 90 days, the newest 100."""
    delivery = owner_of_feed(token)
    if delivery is None:
        raise Http404
    page = f"{settings.SITE_URL}{reverse('watchlist')}"
    feed = Atom1Feed(
        title=_("What happened on your watchlist"),
        description=_("Changes, repositories, money and growth of what you watch."),
        link=page,
        feed_guid=f"{page}#{delivery.pk}",
        author_name="Strata",
        language=language_tag(get_language()),
    )
    places = translated_places(get_language())
    for event in _newest(delivery.user):
        feed.add_item(
            title=event_sentence(event, places),
            link=f"{settings.SITE_URL}{event.subject.get_absolute_url()}",
            description=f"{event.at:%Y-%m-%d}",
            unique_id=_entry_id(event),
            pubdate=event.at,
            updateddate=event.at,
            categories=[event.kind],
        )
    response = HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
    response["X-Robots-Tag"] = "noindex"
    return response


def _newest(user: User) -> list[WatchedEvent]:
    start = timezone.now() - REACH
    return told_once(watched_events(list(watches_of(user)), lambda _watch: Seen(start, start)))[:ENTRIES]


def _entry_id(event: WatchedEvent) -> str:
    """Return an identifier that a new import of the same facts gives again."""
    host = settings.SITE_URL.split("://")[-1].split("/")[0].split(":")[0]
    fact = event.fact
    what = getattr(fact, "slug", "") or getattr(fact, "kind", "") or getattr(fact, "metric", "")
    # One night can find several repositories of an item archived.
    repository = getattr(fact, "repository_id", None)
    place = f"{event.subject.slug}/{repository}" if repository else event.subject.slug
    return f"tag:{host},{TAG_SINCE}:watch/{event.kind}/{place}/{what}/{event.at:%Y%m%dT%H%M%S}"
