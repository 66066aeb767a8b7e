"""How old the newest measurement of each repository is."""

from dataclasses import dataclass
from datetime import date

from django.db import connection


@dataclass(frozen=True, slots=True)
class Freshness:
    """Of the GitHub repositories that listed items name: how many were ever measured, and their age in days.

    Half of the measured ones are at most ``median_days`` old, nine of ten ``p90_days``, 99 of 100 ``p99_days``;
    None if none was measured.
    """

    repositories: int
    measured: int
    median_days: int | None
    p90_days: int | None
    p99_days: int | None

    @property
    def share(self) -> float | None:
        """The share that was ever measured, 0 to 1; None of none."""
        return self.measured / self.repositories if self.repositories else None


def freshness(*, today: date) -> Freshness:
    """Return the ages of the newest snapshots; one query, which reads one row of each repository."""
    with connection.cursor() as cursor:
        cursor.execute(_AGES, {"today": today})
        return Freshness(*cursor.fetchone())


_AGES = """
WITH named AS (
    SELECT repository.id FROM projects_repository repository
    WHERE repository.host = 'github.com' AND repository.full_name <> '' AND EXISTS (
        SELECT FROM projects_itemrepository link JOIN projects_item item ON item.id = link.item_id
        WHERE link.repository_id = repository.id AND link.is_current
            AND item.listed_at IS NOT NULL AND item.delisted_at IS NULL
    )
), aged AS (
    SELECT %(today)s::date - newest.day AS days
    FROM named LEFT JOIN LATERAL (
        SELECT day FROM metrics_repositorysnapshot WHERE repository_id = named.id ORDER BY day DESC LIMIT 1
    ) newest ON true
)
SELECT count(*), count(days), percentile_disc(0.5) WITHIN GROUP (ORDER BY days),
    percentile_disc(0.9) WITHIN GROUP (ORDER BY days), percentile_disc(0.99) WITHIN GROUP (ORDER BY days)
FROM aged
"""
