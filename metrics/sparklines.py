"""The stars that each item's primary repository gained week by week, for the smallest of charts."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import F

from metrics.models import StarWeek

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

WEEKS = 52
DAY, WEEK = timedelta(days=1), timedelta(days=7)


@dataclass(frozen=True, slots=True)
class WeeklyStars:
    """Stars gained in each of ``WEEKS`` whole weeks in order, None where unknown; ``last_on`` is the last day of the newest known one."""

    gains: tuple[int | None, ...]
    last_on: date

    @property
    def total(self) -> int:
        """All that were gained in the weeks that are known."""
        return sum(gain for gain in self.gains if gain is not None)


def weekly_stars(item_ids: Collection[int], *, last: date) -> Mapping[int, WeeklyStars]:
    """Return the year of weeks up to ``last`` of each item that has any week known; one query.

    GitHub's weeks begin on its own day; a week counts once all of its days lie before ``last``.
    Source: GitHub's star history of the repository that the card names first, now.
    """
    begun_before = last - WEEK
    rows = (
        StarWeek.objects.filter(
            repository__item_repositories__item__in=item_ids,
            repository__item_repositories__is_primary=True,
            repository__item_repositories__is_current=True,
            week_on__gt=begun_before - WEEKS * WEEK,
            week_on__lte=begun_before,
        )
        .annotate(item_id=F("repository__item_repositories__item"))
        .values_list("item_id", "week_on", "total")
    )
    by_item: dict[int, dict[int, int]] = defaultdict(dict)
    newest: dict[int, date] = {}
    for item_id, week_on, total in rows:
        by_item[item_id][(begun_before - week_on).days // 7] = total
        newest[item_id] = max(week_on, newest.get(item_id, week_on))
    return {
        item_id: WeeklyStars(tuple(weeks.get(ago) for ago in reversed(range(WEEKS))), newest[item_id] + WEEK - DAY)
        for item_id, weeks in by_item.items()
    }
