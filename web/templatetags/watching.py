"""Sentences about watched things."""

from collections.abc import Mapping

from django import template

from accounts.watch_sentences import event_sentence as sentence
from accounts.watched_events import WatchedEvent

register = template.Library()


@register.filter
def event_sentence(event: WatchedEvent, places: Mapping[str, str]) -> str:
    """Return what happened in the active language."""
    return sentence(event, places)
