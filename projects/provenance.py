"""Where the figures of an instant come from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from projects.as_of import version_at
from projects.models import Landscape

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Provenance:
    """The version in force at an instant (None before the first one) and the landscape's source and terms.

    ``source`` is where the commit can be looked up: the public address, or the landscape's name.
    """

    commit: str | None
    committed_at: datetime | None
    source: str
    licence: str
    attribution: str


def provenance_at(instant: datetime) -> Provenance:
    """Name the source of the figures of an instant; two queries."""
    version = version_at(instant)
    landscape = Landscape.objects.values_list("public_url", "name", "licence", "attribution").first()
    public_url, name, licence, attribution = landscape or ("", "", "", "")
    return Provenance(
        commit=version.commit if version else None,
        committed_at=version.committed_at if version else None,
        source=public_url or name,
        licence=licence,
        attribution=attribution,
    )
