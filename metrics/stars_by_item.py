"""The stars of items on a day, each from one repository."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from metrics.models import RepositorySnapshot
from projects.models import ItemRepository


@dataclass(frozen=True, slots=True)
class StarCount:
    """How many stars a repository had on a UTC day; ``method`` says how that is known."""

    repository_id: int
    stars: int
    day: date
    method: str


def stars_by_item(item_ids: Collection[int], *, first: date, last: date) -> dict[int, StarCount]:
    """Return the last known stars from ``first`` to ``last`` of each item that has any; two queries.

    Of several repositories the one measured last stands for the item, of those the primary one of today, then the
    one with the most stars. Two items can share a repository.
    """
    links = list(
        ItemRepository.objects.filter(item__in=item_ids).values_list(
            "item_id", "repository_id", "is_primary", "is_current"
        )
    )
    newest = _newest({repository for _, repository, _, _ in links}, first=first, last=last)
    chosen: dict[int, tuple[tuple[date, bool, int], StarCount]] = {}
    for item, repository, is_primary, is_current in links:
        count = newest.get(repository)
        if count is None:
            continue
        rank = (count.day, is_primary and is_current, count.stars)
        if item not in chosen or rank > chosen[item][0]:
            chosen[item] = (rank, count)
    return {item: count for item, (_, count) in chosen.items()}


def newest_star_day(*, last: date | None = None) -> date | None:
    """Return the last day on which any stars are known, up to ``last``; one query. None if there is none."""
    known = RepositorySnapshot.objects.between(None, last).filter(stars__isnull=False)
    return known.order_by("-day").values_list("day", flat=True).first()


def years_with_stars() -> list[int]:
    """Return the years in which any stars are known, ascending; one query."""
    known = RepositorySnapshot.objects.filter(stars__isnull=False).order_by()
    return sorted(known.values_list("day__year", flat=True).distinct())


def _newest(repositories: Collection[int], *, first: date, last: date) -> dict[int, StarCount]:
    rows = (
        RepositorySnapshot.objects.filter(repository__in=repositories, stars__isnull=False)
        .between(first, last)
        .order_by("repository_id", "-day")
        .distinct("repository_id")
        .values_list("repository_id", "stars", "day", "method")
    )
    return {repository: StarCount(repository, stars or 0, day, method) for repository, stars, day, method in rows}
