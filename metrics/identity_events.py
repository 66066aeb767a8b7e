"""Repositories that turned out to be another one, or to have another name."""

from django.db.models import QuerySet

from metrics.models import RepositoryEvent, RepositoryEventKind

KINDS = (
    RepositoryEventKind.RENAMED,
    RepositoryEventKind.RECREATED,
    RepositoryEventKind.MISSING,
    RepositoryEventKind.BLOCKED,
)


def identity_events(most: int) -> QuerySet[RepositoryEvent]:
    """Return what was found last, newest first."""
    found = RepositoryEvent.objects.filter(kind__in=KINDS).select_related("repository")
    return found.order_by("-at", "-pk")[:most]
