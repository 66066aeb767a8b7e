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


def in_places_apart(before: str, after: str, places: Mapping[str, str]) -> tuple[str, str]:
    """Translate two written places; with their English names beside them where one translation serves both."""
    return told_apart((before, in_places(before, places)), (after, in_places(after, places)))


def told_apart(before: tuple[str, str], after: tuple[str, str]) -> tuple[str, str]:
    """Return the translations of two (English, translated) names, with the English beside them where they are alike."""
    (english_before, shown_before), (english_after, shown_after) = before, after
    if shown_before != shown_after or english_before == english_after:
        return shown_before, shown_after
    return f"{shown_before}（{english_before}）", f"{shown_after}（{english_after}）"
