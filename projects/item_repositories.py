"""The repositories of an item: those that it has and had, or those that its card named on a past day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from projects.as_of import AsOf
    from projects.item_state import ItemState
    from projects.models import Item

GITHUB = "https://github.com/"


@dataclass(frozen=True, slots=True)
class NamedRepository:
    """A repository by its address and the name that people know it by; ``is_current``: the card names it."""

    url: str
    name: str
    is_primary: bool
    is_current: bool


def repositories_of(item: Item, state: ItemState | None, as_of: AsOf) -> list[NamedRepository]:
    """Return the repositories, present ones first and the primary one before others; one query, in the past none."""
    if as_of.is_now:
        links = item.item_repositories.select_related("repository").order_by("-is_current", "-is_primary", "pk")
        return [
            NamedRepository(link.repository.url, str(link.repository), link.is_primary, link.is_current)
            for link in links
        ]
    urls = state.details.repository_urls if state else ()
    return [
        NamedRepository(url, url.removeprefix(GITHUB), is_primary=place == 0, is_current=True)
        for place, url in enumerate(urls)
    ]
