"""What one watches, and what happened to it since one last looked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.mail import mail_leaves_the_server
from accounts.models import DigestFrequency, WatchDelivery
from accounts.watched_events import watched_events
from accounts.watchlist import MOST_WATCHES, Seen, WatchlistFullError, delivery_of, mark_seen, seen_now, watches_of
from accounts.watchlist import watch as begin_to_watch
from projects.place_names import translated_places
from web.forms.watchlist import DigestForm, SeenForm, WatchForm
from web.paging import requested_page
from web.templatetags.localized import in_language

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from django.http import HttpResponse

    from accounts.models import Watch
    from accounts.watched_events import WatchedEvent
    from projects.models import Item, Organization
    from web.people import OwnRequest

PAGE_SIZE = 50
MOST_EVENTS = 20


@dataclass(frozen=True, slots=True)
class WatchedThing:
    """A watched thing with what happened to it; ``hidden`` events are left for its own page."""

    watch: Watch
    events: Sequence[WatchedEvent]
    hidden: int

    @property
    def thing(self) -> Item | Organization:
        """The item or the organization."""
        found = self.watch.item or self.watch.organization
        assert found is not None  # noqa: S101  (a constraint)
        return found


@require_safe
@never_cache
@login_required
def watchlist(request: OwnRequest) -> HttpResponse:
    """Show what happened to each watched thing since it was last marked as seen."""
    now = timezone.now()
    seen = seen_now(now)
    page = requested_page(request, Paginator(watches_of(request.user), PAGE_SIZE))
    watches = list(page.object_list)
    found = watched_events(watches, lambda watch: Seen(watch.last_seen_at, watch.catalogue_seen_at))
    context = {
        "page": page,
        "things": [_thing(watch, found) for watch in watches],
        "seen_form": SeenForm(initial={"at": seen.at.isoformat(), "catalogue_at": _text(seen)}),
        "places": translated_places(get_language()),
        **delivery_context(request),
    }
    return render(request, "watchlist/page.html", context)


def _thing(watch: Watch, found: Mapping[int, Sequence[WatchedEvent]]) -> WatchedThing:
    events = found.get(watch.pk, ())
    return WatchedThing(watch, events[:MOST_EVENTS], max(0, len(events) - MOST_EVENTS))


def _text(seen: Seen) -> str:
    return seen.catalogue_at.isoformat() if seen.catalogue_at else ""


def delivery_context(request: OwnRequest) -> dict[str, Any]:
    """Return how one is told beside the page; one query."""
    delivery = WatchDelivery.objects.filter(user=request.user).first()
    frequency = delivery.frequency if delivery else DigestFrequency.OFF
    return {
        "has_feed": delivery is not None and delivery.feed_digest is not None,
        "digest_form": DigestForm(initial={"frequency": frequency}),
        "mail_leaves": mail_leaves_the_server(),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def watchlist_add(request: OwnRequest) -> HttpResponse:
    """Ask whether to watch a thing, to which the pages of items and organizations link; a POST begins it."""
    is_post = request.method == "POST"
    form = WatchForm(request.POST if is_post else request.GET)
    if not form.is_valid() or form.thing is None:
        return render(request, "watchlist/add.html", {"form": form}, status=404)
    if not is_post:
        return render(request, "watchlist/add.html", {"form": form, "thing": form.thing})
    try:
        is_new = begin_to_watch(request.user, form.thing, now=timezone.now())
    except WatchlistFullError:
        form.add_error(None, _("You watch %(most)d things. Remove one first.") % {"most": MOST_WATCHES})
        return render(request, "watchlist/add.html", {"form": form}, status=422)
    words = {"name": in_language(form.thing, "name")}
    messages.success(request, (_("You watch %(name)s.") if is_new else _("You watch %(name)s already.")) % words)
    return redirect("watchlist")


@require_POST
@never_cache
@login_required
def watchlist_seen(request: OwnRequest) -> HttpResponse:
    """Mark everything that the page could show as seen, or one thing of it."""
    form = SeenForm(request.POST)
    if form.is_valid():
        watches = request.user.watches.all()
        if (one := form.cleaned_data["watch"]) is not None:
            watches = watches.filter(pk=one)
        mark_seen(watches, form.seen(timezone.now()))
    return redirect("watchlist")


@require_POST
@never_cache
@login_required
def watchlist_remove(request: OwnRequest, pk: int) -> HttpResponse:
    """Watch one thing no longer."""
    watch = get_object_or_404(request.user.watches.select_related("item", "organization"), pk=pk)
    watch.delete()
    thing = watch.item or watch.organization
    messages.success(request, _("You no longer watch %(name)s.") % {"name": in_language(thing, "name")})
    return redirect(thing if thing and "from_its_page" in request.POST else "watchlist")


@require_POST
@never_cache
@login_required
def watchlist_digest(request: OwnRequest) -> HttpResponse:
    """Choose how often to be told by e-mail, in the language of the page; what happened before is not told."""
    now = timezone.now()
    delivery = delivery_of(request.user, now=now)
    was_off = delivery.frequency == DigestFrequency.OFF
    form = DigestForm(request.POST, instance=delivery)
    if form.is_valid():
        delivery = form.save(commit=False)
        delivery.language = get_language() or "en"
        if was_off:
            seen = seen_now(now)
            delivery.told_at, delivery.catalogue_told_at = seen.at, seen.catalogue_at
        delivery.save()
        messages.success(request, _("Your choice is kept."))
    else:
        messages.error(request, _("That is no choice."))
    return redirect("watchlist")
