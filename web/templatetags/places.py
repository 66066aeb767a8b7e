"""Sections of the landscape in the reader's language."""

from collections.abc import Mapping

from django import template

from projects.place_names import in_places

register = template.Library()


@register.filter
def place(text: str, places: Mapping[str, str] | None) -> str:
    """Return ``Category / Subcategory`` as ``places`` (of ``translated_places``) names it."""
    return in_places(text, places or {})
