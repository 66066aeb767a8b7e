"""What happened to an item's repositories, for the marks over its curves."""

from metrics.models import RepositoryEvent, RepositoryEventKind

# A break belongs to the series of its count, which knows it already; topics change too often to explain a curve.
UNMARKED = (RepositoryEventKind.BREAK, RepositoryEventKind.TOPICS)


def curve_events(item_id: int) -> list[RepositoryEvent]:
    """Return the events of every repository that an item's card names or named, oldest first; one query."""
    return list(
        RepositoryEvent.objects.filter(repository__item_repositories__item=item_id)
        .exclude(kind__in=UNMARKED)
        .select_related("repository")
        .order_by("at", "pk")
    )
