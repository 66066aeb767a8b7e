"""Breaks of the taxonomy in words."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import ngettext

from projects.models import TaxonomyBreak
from projects.taxonomy_breaks import BreakDay


def dated_breaks(days: Iterable[BreakDay]) -> list[tuple[date, str]]:
    """Return each day with a sentence that names its largest break and counts the others."""
    return [(day.day, _day_sentence(day)) for day in days]


def _day_sentence(day: BreakDay) -> str:
    largest = break_sentence(day.breaks[0])
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


def break_sentence(each: TaxonomyBreak) -> str:
    """Return "section renamed: A → B (53 cards)"."""
    places = " → ".join(place for place in (each.before, each.after) if place)
    words = {"kind": each.get_kind_display(), "places": places, "cards": each.items}
    return (
        ngettext("%(kind)s: %(places)s (%(cards)d card)", "%(kind)s: %(places)s (%(cards)d cards)", each.items) % words
    )
