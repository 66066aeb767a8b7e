"""What happened to a watched thing, as one sentence that knows no markup: for the page, the feed and the e-mail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from market.models import Acquisition, FundingRound, Listing
from market.money_words import partial_date_words, usd_text
from metrics.models import Indicator, RepositoryEvent
from projects.change_sentences import change_sentence
from projects.localized import localized
from projects.models import Change

if TYPE_CHECKING:
    from collections.abc import Mapping

    from accounts.watched_events import WatchedEvent


def event_sentence(event: WatchedEvent, places: Mapping[str, str]) -> str:
    """Return the event in the active language; ``places`` translates sections of the landscape."""
    match event.fact:
        case Change() as change:
            return change_sentence(change, places)
        case RepositoryEvent() as happened:
            return _repository(event, happened)
        case FundingRound() as funding:
            return _round(funding)
        case Acquisition() as sale:
            return _sale(sale)
        case Listing() as listing:
            return _listing(listing)
        case Indicator() as figure:
            words = {"item": event.subject.name, "percentile": f"{figure.value:.0f}", "days": figure.window_days}
            return (
                _("%(item)s: growth of stars over %(days)d days is at percentile %(percentile)s of its section") % words
            )


def _repository(event: WatchedEvent, happened: RepositoryEvent) -> str:
    words = {"item": event.subject.name, "repository": happened.repository.full_name}
    words |= {"kind": str(happened.get_kind_display()), "before": happened.before, "after": happened.after}
    if happened.before and happened.after:
        return _("%(item)s: repository %(repository)s %(kind)s (%(before)s → %(after)s)") % words
    return _("%(item)s: repository %(repository)s %(kind)s") % words


def _round(funding: FundingRound) -> str:
    words = {
        "organization": localized(funding.organization, "name", language=get_language()),
        "series": str(funding.get_series_display()),
        "amount": _("amount unknown")
        if funding.amount_usd is None
        else usd_text(funding.amount_usd, funding.amount_qualifier),
        "day": partial_date_words(funding.announced_on, funding.date_precision),
    }
    return _("%(organization)s: funding round %(series)s, %(amount)s, announced %(day)s") % words


def _sale(sale: Acquisition) -> str:
    words = {
        "organization": localized(sale.target, "name", language=get_language()),
        "kind": str(sale.get_kind_display()),
        "acquirer": localized(sale.acquirer, "name", language=get_language()) if sale.acquirer else _("unknown buyer"),
        "day": partial_date_words(sale.announced_on, sale.date_precision),
    }
    return _("%(organization)s: %(kind)s, %(acquirer)s, announced %(day)s") % words


def _listing(listing: Listing) -> str:
    words = {
        "organization": localized(listing.organization, "name", language=get_language()),
        "exchange": listing.exchange or _("unknown exchange"),
        "day": partial_date_words(listing.listed_on, listing.date_precision),
    }
    return _("%(organization)s: shares listed (%(exchange)s), %(day)s") % words
