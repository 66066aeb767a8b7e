"""Sections of the landscape by the way that changes write them: ``Category / Subcategory``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from projects.localized import is_chinese
from projects.models import Subcategory

if TYPE_CHECKING:
    from collections.abc import Mapping

BETWEEN_LEVELS = " / "
BETWEEN_PLACES = " + "


def translated_places(language: str | None) -> Mapping[str, str]:
    """Return every written place with its name in a language; empty for English; at most one query."""
    if not is_chinese(language):
        return {}
    places: dict[str, str] = {}
    for section in Subcategory.objects.select_related("category"):
        category = section.category
        category_zh = category.name_zh or category.name
        places[category.name] = category_zh
        written = f"{category.name}{BETWEEN_LEVELS}{section.name}"
        places[written] = f"{category_zh}{BETWEEN_LEVELS}{section.name_zh or section.name}"
    return places


def in_places(text: str, places: Mapping[str, str]) -> str:
    """Translate a written place, or several joined by " + "; what is no place stays as it is."""
    if not places:
        return text
    return BETWEEN_PLACES.join(places.get(place, place) for place in text.split(BETWEEN_PLACES))
