"""Which landscape this database holds, up to which commit: what every page states at its foot."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Subquery

from projects.models import Landscape, LandscapeVersion, VersionStatus


@dataclass(frozen=True)
class LandscapeState:
    """The landscape of the database: its newest readable version, and when the first took effect (UTC)."""

    name: str
    foundation: str
    public_url: str
    licence: str
    attribution: str
    is_built_in: bool
    imported_at: datetime
    commit: str
    committed_at: datetime | None
    began_at: datetime | None


def current_landscape() -> LandscapeState | None:
    """Return the landscape's state, or None in an empty database; one query."""
    versions = LandscapeVersion.objects.filter(status=VersionStatus.READ)
    newest = versions.order_by("-position")
    row = (
        Landscape.objects.annotate(
            commit=Subquery(newest.values("commit")[:1]),
            committed_at=Subquery(newest.values("committed_at")[:1]),
            began_at=Subquery(versions.order_by("position").values("effective_at")[:1]),
        )
        .values_list(
            "name",
            "foundation",
            "public_url",
            "licence",
            "attribution",
            "is_built_in",
            "imported_at",
            "commit",
            "committed_at",
            "began_at",
        )
        .first()
    )
    return LandscapeState(*row[:7], commit=row[7] or "", committed_at=row[8], began_at=row[9]) if row else None
