"""Who entered the landscape, and how they fared: still listed, how mature, how grown after 90, 180 and 365 days."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from django.db import connection
from django.db.models import Count, DateField, F, Min, Q
from django.db.models.functions import Trunc

from metrics.formulas.growth import growth
from metrics.formulas.results import Result
from metrics.formulas.series import FRESH_DAYS, Point, tolerance_days
from metrics.formulas.series_breaks import Observation, find_breaks
from metrics.momentum import ANYWHERE, Within
from projects.models import Item, ItemKind, ItemPeriod
from projects.querysets.items import ItemQuerySet

HORIZONS_DAYS = (90, 180, 365)
# Members and partners come and go with their membership.
KINDS = (ItemKind.PROJECT, ItemKind.OPEN_SOURCE, ItemKind.PRODUCT)
TOLERANCE_DAYS = tolerance_days(max(HORIZONS_DAYS))


class Fate(StrEnum):
    """How an entrant stood at a horizon; each has its translated words where it is shown."""

    LISTED = "listed"
    DELISTED = "delisted"
    PENDING = "pending"


@dataclass(frozen=True, slots=True)
class Outcome:
    """An entrant ``horizon_days`` after it was listed; ``growth`` of its stars since is None while pending."""

    horizon_days: int
    on: date
    fate: Fate
    maturity: str
    growth: Result | None


@dataclass(frozen=True, slots=True)
class Entrant:
    """An item that entered, its maturity then, and its outcomes by horizon."""

    item: Item
    listed_on: date
    maturity: str
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True)
class CohortShare:
    """How many of a cohort are listed after a horizon; None until the last of them has reached it."""

    horizon_days: int
    listed: int | None


@dataclass(frozen=True, slots=True)
class Cohort:
    """The items that entered in a quarter, those since removed among them; an item listed again never left."""

    quarter_on: date
    entered: int
    hosted_now: int
    shares: tuple[CohortShare, ...]


def new_entrants(*, day: date, within: Within = ANYWHERE, most: int = 50, offset: int = 0) -> list[Entrant]:
    """Return the items that entered up to ``day``, the latest first; at most four queries.

    What stood in the very first version did not enter. ``within.least_stars`` is not asked for.
    """
    items = list(
        _entered(day, within)
        .with_taxonomy()
        .with_logos()
        .defer("description", "extra")
        .order_by("-listed_at", "pk")[offset : offset + most]
    )
    listed = {item.pk: item.listed_at.astimezone(UTC) for item in items if item.listed_at is not None}
    periods = _periods(listed)
    points = _star_points({pk: at.date() for pk, at in listed.items()})
    return [_entrant(item, listed[item.pk], periods.get(item.pk, ()), points.get(item.pk, ()), day) for item in items]


def entrant_cohorts(*, day: date, within: Within = ANYWHERE) -> list[Cohort]:
    """Return the cohorts by quarter, the latest first; two queries."""
    shares = {
        f"listed_{days}": Count(
            "pk", filter=Q(delisted_at=None) | Q(delisted_at__gt=F("listed_at") + timedelta(days=days))
        )
        for days in HORIZONS_DAYS
    }
    rows = (
        _entered(day, within)
        .annotate(quarter=Trunc("listed_at", "quarter", output_field=DateField(), tzinfo=UTC))
        .order_by()
        .values("quarter")
        .annotate(entered=Count("pk"), hosted=Count("pk", filter=~Q(maturity="")), **shares)
        .order_by("-quarter")
    )
    return [_cohort(dict(row), day) for row in rows]


def _cohort(row: Mapping[str, Any], day: date) -> Cohort:
    shares = tuple(
        CohortShare(days, row[f"listed_{days}"] if _is_due(row["quarter"], days, day) else None)
        for days in HORIZONS_DAYS
    )
    return Cohort(row["quarter"], row["entered"], row["hosted"], shares)


def _entered(day: date, within: Within) -> ItemQuerySet:
    first = Item.objects.aggregate(at=Min("listed_at"))["at"]
    if first is None:
        return Item.objects.none()
    end = datetime.combine(day + timedelta(days=1), time(), UTC)
    return within.narrow(Item.objects.filter(kind__in=KINDS, listed_at__gt=first, listed_at__lt=end))


def _is_due(quarter_on: date, horizon_days: int, day: date) -> bool:
    """Tell whether everything that entered in a quarter has reached a horizon by ``day``."""
    first = quarter_on.replace(day=1) + timedelta(days=95)
    return first.replace(day=1) - timedelta(days=1) + timedelta(days=horizon_days) <= day


def _periods(item_ids: Collection[int]) -> Mapping[int, Sequence[ItemPeriod]]:
    found: dict[int, list[ItemPeriod]] = defaultdict(list)
    for period in (
        ItemPeriod.objects.filter(item__in=item_ids).only("item_id", "during", "maturity").order_by("item_id", "during")
    ):
        found[period.item_id].append(period)
    return found


def _entrant(
    item: Item, listed_at: datetime, periods: Sequence[ItemPeriod], points: Sequence[Point], day: date
) -> Entrant:
    then = _at(periods, listed_at)
    outcomes = tuple(_outcome(listed_at, days, periods, points, day) for days in HORIZONS_DAYS)
    return Entrant(item, listed_at.date(), then.maturity if then else "", outcomes)


def _outcome(
    listed_at: datetime, days: int, periods: Sequence[ItemPeriod], points: Sequence[Point], day: date
) -> Outcome:
    at = listed_at + timedelta(days=days)
    if at.date() > day:
        return Outcome(days, at.date(), Fate.PENDING, "", None)
    then = _at(periods, at)
    breaks = [found.day for found in find_breaks([Observation(on, value) for on, value in points])]
    grown = growth(points, window_days=days, as_of=at.date(), breaks=breaks)
    return Outcome(days, at.date(), Fate.LISTED if then else Fate.DELISTED, then.maturity if then else "", grown)


def _at(periods: Sequence[ItemPeriod], at: datetime) -> ItemPeriod | None:
    return next((period for period in periods if at in period.during), None)


def _star_points(listed_on: Mapping[int, date]) -> Mapping[int, Sequence[Point]]:
    """Return the stars of each item around its listing and its horizons; one query.

    They are the sum over its repositories: the current ones, or all it had if it has left.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            _STAR_POINTS,
            {
                "items": list(listed_on),
                "days": list(listed_on.values()),
                "horizons": [0, *HORIZONS_DAYS],
                "before": TOLERANCE_DAYS + FRESH_DAYS,
                "after": TOLERANCE_DAYS,
            },
        )
        found: dict[int, list[Point]] = defaultdict(list)
        for item_id, day, stars in cursor.fetchall():
            found[item_id].append((day, stars))
    return found


# OFFSET 0 keeps the planner from reading all snapshots to join them.
_STAR_POINTS = """
WITH entrant AS (
    SELECT * FROM unnest(%(items)s::bigint[], %(days)s::date[]) AS entrant (item_id, listed_on)
), link AS (
    SELECT item_id, repository_id, count(*) OVER (PARTITION BY item_id) AS repositories
    FROM (
        SELECT item_id, repository_id, is_current, bool_or(is_current) OVER (PARTITION BY item_id) AS has_current
        FROM projects_itemrepository WHERE item_id = ANY(%(items)s::bigint[])
    ) named
    WHERE is_current OR NOT has_current
)
SELECT item_id, snapshot.day, sum(snapshot.stars)::bigint
FROM entrant
CROSS JOIN unnest(%(horizons)s::integer[]) AS horizon
JOIN link USING (item_id)
CROSS JOIN LATERAL (
    SELECT day, stars FROM metrics_repositorysnapshot measured
    WHERE measured.repository_id = link.repository_id AND stars IS NOT NULL
        AND day BETWEEN listed_on + horizon - %(before)s AND listed_on + horizon + %(after)s
    OFFSET 0
) snapshot
GROUP BY item_id, snapshot.day
HAVING count(*) = max(link.repositories)
ORDER BY item_id, snapshot.day
"""
