"""What happened to an item's repositories, for the marks over its curves."""

from django.db.models import Q

from metrics.models import RepositoryEvent, RepositoryEventKind

# A break belongs to the series of its count, which knows it already; topics change too often to explain a curve.
UNMARKED = (RepositoryEventKind.BREAK, RepositoryEventKind.TOPICS)
# Of releases only those that begin a line of versions: "v1.30.0", "2.0"; a patch explains no curve.
NEW_VERSION = r"^v?\d+\.\d+(\.0)?$"


def curve_events(item_id: int) -> list[RepositoryEvent]:
    """Return the events of every repository that an item's card names or named, oldest first; one query."""
    return list(
        RepositoryEvent.objects.filter(repository__item_repositories__item=item_id)
        .exclude(kind__in=UNMARKED)
        .filter(~Q(kind=RepositoryEventKind.RELEASED) | Q(after__regex=NEW_VERSION))
        .select_related("repository")
        .order_by("at", "pk")
    )
