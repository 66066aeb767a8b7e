"""On how few employers the maintainers of a project rest, from the published lists."""

from collections.abc import Iterator
from datetime import date

from django.db.backends.utils import CursorWrapper

from metrics.employer_names import employer_names
from metrics.formulas.concentration import ELEPHANT_VERSION, HHI_VERSION, elephant_factor, hhi
from metrics.formulas.results import Reason, Refusal, Result
from metrics.indicators.rows import Figure, copy_figures
from metrics.models import Metric

# The list is imported once a year at the least.
FRESH_DAYS = 400


def store_concentrations(cursor: CursorWrapper, day: date) -> None:
    """Store elephant factor and HHI of each item whose project's maintainers are published.

    Refused besides what the formulas refuse: stale (the newest list is over 400 days old).
    """
    copy_figures(cursor, day, list(_concentrations(cursor, day)))


def _concentrations(cursor: CursorWrapper, day: date) -> Iterator[Figure]:
    names = employer_names()
    cursor.execute(_NEWEST, {"day": day})
    for item_id, as_of, employers, counts in cursor.fetchall():
        holdings = names.holdings(zip(employers, counts, strict=True))
        details = {"end_on": as_of.isoformat(), "unknown": holdings.unknown}
        is_stale = (day - as_of).days > FRESH_DAYS
        figures: dict[Metric, Result] = {
            Metric.ELEPHANT_FACTOR: _stale(ELEPHANT_VERSION) if is_stale else elephant_factor(holdings),
            Metric.MAINTAINER_HHI: _stale(HHI_VERSION) if is_stale else hhi(holdings),
        }
        for metric, result in figures.items():
            yield Figure(item_id, metric, result, details)


def _stale(version: str) -> Refusal:
    return Refusal(Reason.STALE, 0, version)


# Two headings of one item (a project and its former name) are added up.
_NEWEST = """
WITH newest AS (
    SELECT item_id, max(as_of) AS as_of FROM metrics_maintainershare
    WHERE as_of <= %(day)s AND item_id IS NOT NULL GROUP BY item_id
), employer AS (
    SELECT item_id, as_of, employer, sum(maintainers)::bigint AS maintainers
    FROM newest JOIN metrics_maintainershare USING (item_id, as_of)
    GROUP BY item_id, as_of, employer
)
SELECT item_id, as_of, array_agg(employer), array_agg(maintainers) FROM employer GROUP BY item_id, as_of
"""
