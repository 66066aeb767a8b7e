"""Where the figures of an instant come from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from projects.as_of import version_at
from projects.commits import shown_commit
from projects.models import Landscape

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Provenance:
    """The version in force at an instant (its commit None before the first one, and for a single file) and the landscape's source and terms.

    ``source`` is where the commit can be looked up: the public address, or the landscape's name. ``licence`` and
    ``attribution`` are "" where nobody said them. ``is_built_in``: only the hosted projects are held, not the landscape.
    """

    commit: str | None
    committed_at: datetime | None
    source: str
    licence: str
    attribution: str
    name: str = ""
    is_built_in: bool = False

    @property
    def credit(self) -> str:
        """Who is to be named: as they ask for it, or where the landscape comes from."""
        return self.attribution or self.source


def provenance_at(instant: datetime) -> Provenance:
    """Name the source of the figures of an instant; two queries."""
    version = version_at(instant)
    landscape = Landscape.objects.values_list("public_url", "name", "licence", "attribution", "is_built_in").first()
    public_url, name, licence, attribution, is_built_in = landscape or ("", "", "", "", False)
    return Provenance(
        commit=(shown_commit(version.commit) or None) if version else None,
        committed_at=version.committed_at if version else None,
        source=public_url or name,
        licence=licence,
        attribution=attribution,
        name=name,
        is_built_in=is_built_in,
    )
