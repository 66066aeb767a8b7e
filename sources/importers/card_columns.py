"""A card as columns of a period and an item, and back; nothing that a card says is lost on the way."""

import datetime as dt
from typing import Any

from projects.models import ItemPeriod
from sources.clients.landscape_cards import Card, Placement, RepositoryLink, Stage
from sources.clients.landscape_keys import STAGE_KEYS

# Text fields of a card that a period keeps in ``extra``, and the key there.
_TEXTS = {
    "homepage_url": "homepage_url",
    "logo": "logo",
    "description": "description",
    "crunchbase_permalink": "crunchbase",
    "organization_name": "organization",
}


def period_columns(card: Card) -> dict[str, Any]:
    """Give the columns of ``ItemPeriod`` that come from the card alone."""
    return {
        "name": card.name,
        "maturity": card.maturity,
        "repository_url": card.repository_url,
        "license": card.license,
        "other_placements": _placements(card),
        "extra": _period_extra(card),
    }


def item_columns(card: Card) -> dict[str, Any]:
    """Give the columns of ``Item`` that come from the card alone."""
    return {
        "name": card.name,
        "description": card.description,
        "homepage_url": card.homepage_url,
        "logo_file": card.logo,
        "maturity": card.maturity,
        "license": card.license,
        "repository_url": card.repository_url,
        "joined_on": card.joined_on,
        "links": dict(card.links),
        "other_placements": _placements(card),
        "extra": dict(card.extra),
    }


def card_of(period: ItemPeriod) -> Card:
    """Give the card that a stored period was made of."""
    extra: dict[str, Any] = period.extra
    joined = extra.get("joined")
    return Card(
        name=period.name,
        maturity=period.maturity,
        repository_url=period.repository_url,
        license=period.license,
        **{field: extra.get(key, "") for field, key in _TEXTS.items()},
        is_open_source=extra.get("open_source"),
        joined_on=dt.date.fromisoformat(joined) if joined else None,
        stages=tuple(
            Stage(stage, dt.date.fromisoformat(extra["stages"][stage]))
            for stage in STAGE_KEYS
            if stage in extra.get("stages", ())
        ),
        other_placements=tuple(Placement(one["category"], one["subcategory"]) for one in period.other_placements),
        additional_repositories=tuple(RepositoryLink(*link) for link in extra.get("additional_repos", ())),
        links=tuple(sorted(extra.get("links", {}).items())),
        extra=extra.get("other", {}),
        unknown_keys=tuple(extra.get("unknown_keys", ())),
    )


def _placements(card: Card) -> list[dict[str, str]]:
    return [placement._asdict() for placement in card.other_placements]


def _period_extra(card: Card) -> dict[str, Any]:
    said = {
        **{key: getattr(card, field) for field, key in _TEXTS.items()},
        "joined": card.joined_on.isoformat() if card.joined_on else "",
        "stages": {stage: day.isoformat() for stage, day in card.stages},
        "additional_repos": [list(link) for link in card.additional_repositories],
        "links": dict(card.links),
        "other": card.extra,
        "unknown_keys": list(card.unknown_keys),
    }
    extra = {key: value for key, value in said.items() if value}
    if card.is_open_source is not None:
        extra["open_source"] = card.is_open_source
    return extra
