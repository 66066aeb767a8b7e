"""Which landscape this database holds, up to which commit: what every page states at its foot."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Subquery

from projects.commits import shown_commit
from projects.licences import licence_url
from projects.models import Landscape, LandscapeVersion, VersionStatus

# The foundation as imports and as the built-in data name it.
CNCF = frozenset({"CNCF", "Cloud Native Computing Foundation"})


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

    @property
    def is_of_cncf(self) -> bool:
        """Whether facts that were found out about the CNCF's landscape hold for it."""
        return self.foundation in CNCF

    @property
    def licence_url(self) -> str:
        """Where the licence can be read; "" where nobody knows."""
        return licence_url(self.licence)


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
    return (
        LandscapeState(*row[:7], commit=shown_commit(row[7] or ""), committed_at=row[8], began_at=row[9])
        if row
        else None
    )


def current_licence_url() -> str:
    """Return where the landscape's licence can be read; "" where it is unknown; one query."""
    return licence_url(Landscape.objects.values_list("licence", flat=True).first() or "")
