"""Breaks of the taxonomy in words."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import ngettext

from projects.models import TaxonomyBreak
from projects.taxonomy_breaks import BreakDay

MOST_NAMED = 2


def dated_breaks(days: Iterable[BreakDay]) -> list[tuple[date, str]]:
    """Return each day with a sentence that names its largest breaks and counts the others."""
    return [(day.day, _day_sentence(day)) for day in days]


def _day_sentence(day: BreakDay) -> str:
    named = "; ".join(break_sentence(each) for each in day.breaks[:MOST_NAMED])
    others = len(day.breaks) - MOST_NAMED
    if others <= 0:
        return named
    more = ngettext("and %(count)s more", "and %(count)s more", others) % {"count": others}
    return f"{named}; {more}"


def break_sentence(each: TaxonomyBreak) -> str:
    """Return "section renamed: A → B (53 cards)"."""
    places = " → ".join(place for place in (each.before, each.after) if place)
    words = {"kind": each.get_kind_display(), "places": places, "cards": each.items}
    return (
        ngettext("%(kind)s: %(places)s (%(cards)s card)", "%(kind)s: %(places)s (%(cards)s cards)", each.items) % words
    )
