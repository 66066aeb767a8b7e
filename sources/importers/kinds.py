"""What a card stands for, and which tab of the map a category belongs to, as the names in the file tell."""

import re
from collections.abc import Collection

from projects.models import CategoryGroup, ItemKind
from sources.clients.landscape_cards import Card
from sources.clients.landscape_sections import SectionKey

_MEMBERS = re.compile(r"\bmembers?\b", re.IGNORECASE)
# CNCF keeps its certified providers and trainers in a category that is just called "Special".
_PARTNERS = re.compile(r"^special$|\bpartners?\b|\bproviders?\b", re.IGNORECASE)
_SERVERLESS = re.compile(r"\bserverless\b", re.IGNORECASE)
_WASM = re.compile(r"\bwasm\b|\bwebassembly\b", re.IGNORECASE)
_AI = re.compile(r"\b(?:CN)?AI\b|\bmachine learning\b|\bartificial intelligence\b", re.IGNORECASE)
# The parts into which CNCF split its AI category in 2026; elsewhere these words mean nothing special.
_PARTS_OF_AI = frozenset({"Data", "Inference", "Training"})


def category_group(name: str, all_names: Collection[str]) -> CategoryGroup:
    """Give the tab of the category ``name`` among all categories that the landscape ever had."""
    for pattern, group in (
        (_MEMBERS, CategoryGroup.MEMBERS),
        (_PARTNERS, CategoryGroup.PARTNERS),
        (_SERVERLESS, CategoryGroup.SERVERLESS),
        (_WASM, CategoryGroup.WASM),
        (_AI, CategoryGroup.AI),
    ):
        if pattern.search(name):
            return group
    if name in _PARTS_OF_AI and any(_AI.search(other) for other in all_names):
        return CategoryGroup.AI
    return CategoryGroup.PROJECTS


def card_kind(card: Card, place: SectionKey) -> ItemKind:
    """Give what ``card`` stands for in ``place``."""
    if _MEMBERS.search(place.category):
        return ItemKind.MEMBER
    if _PARTNERS.search(place.category):
        return ItemKind.PARTNER
    if card.maturity:
        return ItemKind.PROJECT
    if card.repository_url and card.is_open_source is not False:
        return ItemKind.OPEN_SOURCE
    return ItemKind.PRODUCT
