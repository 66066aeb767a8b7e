"""Sections of the landscape in the reader's language."""

from collections.abc import Mapping

from django import template
from django.utils.translation import get_language

from projects.diff import CardState
from projects.localized import localized
from projects.place_names import BETWEEN_LEVELS, in_places, in_places_apart, told_apart

register = template.Library()


@register.filter
def place(text: str, places: Mapping[str, str] | None) -> str:
    """Return ``Category / Subcategory`` as ``places`` (of ``translated_places``) names it."""
    return in_places(text, places or {})


@register.simple_tag
def moved_place(before: str, after: str, places: Mapping[str, str] | None) -> str:
    """Return "A → B" for two written places, told apart where one translation serves both."""
    return " → ".join(in_places_apart(before, after, places or {}))


@register.simple_tag
def moved_section(before: CardState, after: CardState) -> str:
    """Return "A → B" for the sections of two states, told apart where one translation serves both."""
    return " → ".join(told_apart(_section(before), _section(after)))


def _section(state: CardState) -> tuple[str, str]:
    language = get_language()
    shown = (localized(state, level, language=language) for level in ("category", "subcategory"))
    return f"{state.category}{BETWEEN_LEVELS}{state.subcategory}", BETWEEN_LEVELS.join(shown)
