"""What the short form of an item shows: on its own page, and in the map's panel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from projects.item_repositories import repositories_of
from projects.item_state import item_state
from web.links import safe_url

if TYPE_CHECKING:
    from projects.as_of import AsOf
    from projects.models import Item


def panel_facts(item: Item, as_of: AsOf) -> dict[str, Any]:
    """Return the context of ``items/_panel.html``; two queries, in the past one."""
    state = item_state(item, as_of)
    return {
        "item": item,
        "as_of": as_of,
        "state": state,
        "homepage_url": safe_url(state.details.homepage_url) if state else "",
        "repositories": [
            (one.name, safe_url(one.url)) for one in repositories_of(item, state, as_of) if one.is_current
        ],
    }
