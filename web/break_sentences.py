"""Breaks of the taxonomy in words."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.utils.translation import ngettext

from projects.models import TaxonomyBreak
from projects.place_names import in_places_apart
from projects.taxonomy_breaks import BreakDay


def dated_breaks(days: Iterable[BreakDay], places: Mapping[str, str]) -> list[tuple[date, str]]:
    """Return each day with a sentence that names its largest break and counts the others.

    ``places`` are the names of sections in the reader's language, of ``translated_places``.
    """
    return [(day.day, _day_sentence(day, places)) for day in days]


def _day_sentence(day: BreakDay, places: Mapping[str, str]) -> str:
    largest = break_sentence(day.breaks[0], places)
    others = len(day.breaks) - 1
    if not others:
        return largest
    words = {"largest": largest, "count": others, "cards": day.items}
    return (
        ngettext(
            "%(largest)s and %(count)d other break; %(cards)d cards in all",
            "%(largest)s and %(count)d other breaks; %(cards)d cards in all",
            others,
        )
        % words
    )


def break_sentence(each: TaxonomyBreak, places: Mapping[str, str]) -> str:
    """Return "section renamed: A → B (53 cards)"."""
    named = " → ".join(text for text in in_places_apart(each.before, each.after, places) if text)
    words = {"kind": each.get_kind_display(), "places": named, "cards": each.items}
    return (
        ngettext("%(kind)s: %(places)s (%(cards)d card)", "%(kind)s: %(places)s (%(cards)d cards)", each.items) % words
    )
