"""The feed of changes: what a reader asked for, and how much there is of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import UTC, date
from typing import TYPE_CHECKING

from django.db.models import Count, DateField
from django.db.models.functions import Trunc

from projects.models import Change

if TYPE_CHECKING:
    from projects.querysets.changes import ChangeQuerySet


@dataclass(frozen=True, slots=True)
class ChangeFilters:
    """What a reader asks of the feed; days are UTC and inclusive, empty means "any"."""

    kinds: frozenset[str] = frozenset()
    category: str = ""
    text: str = ""
    since: date | None = None
    until: date | None = None
    without_first_version: bool = False
    without_taxonomy_breaks: bool = False


def matching_changes(filters: ChangeFilters) -> ChangeQuerySet:
    """Return the changes asked for, in no order."""
    changes = Change.objects.on_days(filters.since, filters.until).in_category(filters.category).about(filters.text)
    if filters.kinds:
        changes = changes.of_kinds(filters.kinds)
    if filters.without_first_version:
        changes = changes.after_first_version()
    if filters.without_taxonomy_breaks:
        changes = changes.outside_taxonomy_breaks()
    return changes


def counts_by_kind(filters: ChangeFilters) -> Counter[str]:
    """Count what the other filters leave of each kind; one query."""
    changes = matching_changes(replace(filters, kinds=frozenset()))
    rows = changes.order_by().values_list("kind").annotate(n=Count("pk"))
    return Counter(dict(rows))


def counts_by_day(filters: ChangeFilters, *, first: date, last: date) -> dict[date, Counter[str]]:
    """Count each kind on each day from ``first`` to ``last``, pages of the feed or not; one query."""
    changes = matching_changes(filters).on_days(first, last).order_by()
    rows = changes.annotate(day=Trunc("at", "day", output_field=DateField(), tzinfo=UTC))
    counts: dict[date, Counter[str]] = defaultdict(Counter)
    for day, kind, number in rows.values_list("day", "kind").annotate(n=Count("pk")).order_by("day", "kind"):
        counts[day][kind] = number
    return counts
