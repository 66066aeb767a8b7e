"""What a card said beside the columns of its period: links, description, further repositories."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from projects.models import Item, ItemPeriod


@dataclass(frozen=True, slots=True)
class CardDetails:
    """``links`` holds the homepage, too; ``repository_urls`` begins with the primary one. Missing texts are ""."""

    description: str
    homepage_url: str
    links: dict[str, Any]
    repository_urls: tuple[str, ...]
    joined_on: date | None


def details_of_period(period: ItemPeriod) -> CardDetails:
    """Return what the card said during a period."""
    extra: dict[str, Any] = period.extra
    homepage_url = extra.get("homepage_url", "")
    further = (link[0] for link in extra.get("additional_repos", ()))
    joined = extra.get("joined")
    return CardDetails(
        description=extra.get("description", ""),
        homepage_url=homepage_url,
        links={"homepage_url": homepage_url, **extra.get("links", {})},
        repository_urls=tuple(dict.fromkeys(url for url in (period.repository_url, *further) if url)),
        joined_on=date.fromisoformat(joined) if joined else None,
    )


def details_of_item(item: Item) -> CardDetails:
    """Return what the item's own columns say: its present."""
    return CardDetails(
        description=item.description,
        homepage_url=item.homepage_url,
        links={"homepage_url": item.homepage_url, **item.links},
        repository_urls=(item.repository_url,) if item.repository_url else (),
        joined_on=item.joined_on,
    )
