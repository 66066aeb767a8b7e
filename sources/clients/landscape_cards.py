"""What one version of a landscape says of one card, frozen and comparable."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from sources.clients.landscape_values import JSON


class Placement(NamedTuple):
    """A further place of a card; ``subcategory`` is empty if the file named only a category."""

    category: str
    subcategory: str


class RepositoryLink(NamedTuple):
    """One of a card's additional repositories."""

    url: str
    branch: str
    license: str


class Stage(NamedTuple):
    """A declared stage (accepted, incubating, graduated, archived) and its official day."""

    stage: str
    day: dt.date


@dataclass(frozen=True, slots=True)
class Card:
    """One card; empty text stands for what the version does not say.

    ``extra`` holds all that has no field, as JSON under its key in the file: the keys of the nested ``extra`` mapping
    beside the card's own, which win. ``unknown_keys`` names, sorted, the keys that no landscape format defines, with
    ``extra.`` before the nested ones. One reader gives equal cards as one object, so that ``is`` tells a change.
    """

    name: str
    homepage_url: str = ""
    logo: str = ""
    repository_url: str = ""
    maturity: str = ""
    crunchbase_permalink: str = ""
    organization_name: str = ""
    description: str = ""
    license: str = ""
    is_open_source: bool | None = None
    joined_on: dt.date | None = None
    stages: tuple[Stage, ...] = ()
    other_placements: tuple[Placement, ...] = ()
    additional_repositories: tuple[RepositoryLink, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    extra: Mapping[str, JSON] = field(default_factory=dict, hash=False)
    unknown_keys: tuple[str, ...] = ()
