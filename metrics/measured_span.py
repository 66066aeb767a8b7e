"""From when to when anything was measured of an item."""

from datetime import date

from django.db.models import Max, Min

from metrics.models import RepositorySnapshot


def measured_span(item_id: int) -> tuple[date, date] | None:
    """Return the first and the last UTC day with a snapshot of any of its repositories; one query. None if never."""
    span = RepositorySnapshot.objects.of_item(item_id).aggregate(first=Min("day"), last=Max("day"))
    return (span["first"], span["last"]) if span["first"] else None
