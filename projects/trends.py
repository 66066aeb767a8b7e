"""The landscape over time: how many items and hosted projects it had at the end of each period.

A point stands for the end of a month, quarter or year (UTC); the last one stands for the newest
version of the landscape. Each function is one query. Cards are counted by a running sum: a period
adds one at the first point at or after its beginning and takes it away at the first one after its
end, so that every row is read once, however many points there are.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from django.db import connection
from django.db.models import Count, DateField, Max, Min, Q
from django.db.models.functions import Trunc

from projects.models import Change, ChangeKind, LandscapeVersion, VersionStatus

Resolution = Literal["month", "quarter", "year"]


@dataclass(frozen=True, slots=True)
class TimeAxis:
    """The points of a chart: bins of one resolution, the last one ending with the data.

    ``starts`` are the first days of the bins; ``days`` the day each point stands for (a bin's last day,
    or the day of the newest version).
    """

    resolution: Resolution
    starts: tuple[date, ...]
    days: tuple[date, ...]

    def __len__(self) -> int:
        return len(self.starts)

    def position(self, day: date) -> float | None:
        """Where a day lies between the first and the last point, 0 to 1; None if outside."""
        first, last = self.days[0], self.days[-1]
        if not first <= day <= last or first == last:
            return None
        return (day - first) / (last - first)

    def bin_position(self, day: date) -> float | None:
        """Where a day lies over equally wide bins, 0 to 1; None if outside."""
        index = bisect_right(self.starts, day) - 1
        if index < 0 or day > self.days[-1]:
            return None
        start, end = self.starts[index], self.days[index] + timedelta(days=1)
        return (index + (day - start) / (end - start)) / len(self)

    def window(self, since: date | None, until: date | None) -> slice:
        """Return which bins lie between two days; all of them where that leaves none."""
        first = bisect_left(self.days, since) if since else 0
        last = bisect_right(self.starts, until) if until else len(self)
        return slice(first, last) if first < last else slice(None)

    def cut(self, window: slice) -> TimeAxis:
        """Return the axis of some of the bins."""
        return TimeAxis(self.resolution, self.starts[window], self.days[window])


@dataclass(frozen=True, slots=True)
class Series:
    """One count at each point of an axis; ``key`` says of what (a slug, a maturity, a kind of change)."""

    key: str
    values: tuple[int, ...]

    def cut(self, window: slice) -> Series:
        """Return the counts of some of the bins."""
        return Series(self.key, self.values[window])


@dataclass(frozen=True, slots=True)
class DataSpan:
    """The days of the first and of the newest readable version."""

    first: date
    last: date


def data_span() -> DataSpan | None:
    """Return the days that the history covers; None if nothing is imported; one query."""
    span = LandscapeVersion.objects.filter(status=VersionStatus.READ).aggregate(
        first=Min("effective_at"), last=Max("effective_at")
    )
    if span["first"] is None:
        return None
    return DataSpan(span["first"].astimezone(UTC).date(), span["last"].astimezone(UTC).date())


def time_axis(span: DataSpan, resolution: Resolution) -> TimeAxis:
    """Lay bins of a resolution over a span of days."""
    starts = [_bin_start(span.first, resolution)]
    while (following := _next_start(starts[-1], resolution)) <= span.last:
        starts.append(following)
    ends = [*(start - timedelta(days=1) for start in starts[1:]), span.last]
    return TimeAxis(resolution, tuple(starts), tuple(ends))


def _bin_start(day: date, resolution: Resolution) -> date:
    months = {"month": 1, "quarter": 3, "year": 12}[resolution]
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def _next_start(start: date, resolution: Resolution) -> date:
    months = {"month": 1, "quarter": 3, "year": 12}[resolution]
    month = start.month - 1 + months
    return date(start.year + month // 12, month % 12 + 1, 1)


def item_counts(axis: TimeAxis, *, category: str = "") -> list[Series]:
    """Count listed cards at each point, a series for each category (or subcategory of the one ``category``).

    The key is the slug. Groups that no point counts are left out; the largest at the end comes first.
    """
    group = "sub.slug" if category else "category.slug"
    with connection.cursor() as cursor:
        cursor.execute(
            _ITEM_COUNTS.format(group=group),
            {"resolution": axis.resolution, "starts": list(axis.starts), "category": category},
        )
        return [Series(key, tuple(values)) for key, values in cursor.fetchall()]


_ITEM_COUNTS = """
WITH period AS (
    SELECT {group} AS key, lower(during) AS since, upper(during) AS until
    FROM projects_itemperiod
    JOIN projects_subcategory sub ON sub.id = subcategory_id
    JOIN projects_category category ON category.id = sub.category_id
    WHERE %(category)s IN ('', category.slug)
), step AS (
    SELECT key, since AS at, 1 AS n FROM period
    UNION ALL
    SELECT key, until, -1 FROM period WHERE until IS NOT NULL
), net AS (
    SELECT key, date_trunc(%(resolution)s, at AT TIME ZONE 'UTC')::date AS bin, sum(n) AS n FROM step GROUP BY 1, 2
), total AS (
    SELECT key, bin, sum(coalesce(net.n, 0)) OVER (PARTITION BY key ORDER BY bin) AS n
    FROM (SELECT DISTINCT key FROM net) keys CROSS JOIN unnest(%(starts)s::date[]) AS bin LEFT JOIN net USING (key, bin)
)
SELECT key, array_agg(n::int ORDER BY bin) FROM total
GROUP BY key HAVING max(n) > 0
ORDER BY (array_agg(n ORDER BY bin DESC))[1] DESC, key
"""


def hosted_counts(axis: TimeAxis, *, category: str = "") -> list[Series]:
    """Count hosted projects at each point, a series for each maturity (the key).

    Cards of one project count once; where their stages differ, the commonest counts, and of equally common
    ones that of the card listed longest (as in ``projects.hosted_projects``).
    """
    ends = [datetime.combine(day + timedelta(days=1), datetime.min.time(), UTC) for day in axis.days]
    with connection.cursor() as cursor:
        cursor.execute(_HOSTED_COUNTS, {"ends": ends, "category": category})
        counts = {(maturity, place): count for maturity, place, count in cursor.fetchall()}
    maturities = sorted({maturity for maturity, _ in counts})
    places = range(1, len(ends) + 1)
    return [Series(maturity, tuple(counts.get((maturity, place), 0) for place in places)) for maturity in maturities]


# ``ends`` are exclusive: a point is the last microsecond before. The few hosted periods are read once, with neighbours
# that differ in other things joined; asking the index of all periods at each point would read every card a hundred
# times. Cards without a project stand for themselves, under a number that no project has.
_HOSTED_COUNTS = """
WITH point AS (
    SELECT place, at - interval '1 microsecond' AS at FROM unnest(%(ends)s::timestamptz[]) WITH ORDINALITY AS e(at, place)
), hosted AS MATERIALIZED (
    SELECT coalesce(period.project_id, -item.id) AS project, period.maturity, item.listed_at, item.id,
        range_agg(during) AS during
    FROM projects_itemperiod period
    JOIN projects_item item ON item.id = period.item_id
    JOIN projects_subcategory sub ON sub.id = period.subcategory_id
    JOIN projects_category category ON category.id = sub.category_id
    WHERE period.maturity <> '' AND %(category)s IN ('', category.slug)
    GROUP BY 1, 2, 3, 4
), card AS (
    SELECT place, project, maturity, listed_at, id, count(*) OVER (PARTITION BY place, project, maturity) AS twins
    FROM point JOIN hosted ON during @> at
), project AS (
    SELECT DISTINCT ON (place, project) place, maturity FROM card ORDER BY place, project, twins DESC, listed_at, id
)
SELECT maturity, place, count(*) FROM project GROUP BY 1, 2
"""


@dataclass(frozen=True, slots=True)
class Turnover:
    """Cards that came and went in each bin; what the first version listed is no addition."""

    added: tuple[int, ...]
    removed: tuple[int, ...]

    def cut(self, window: slice) -> Turnover:
        """Return the counts of some of the bins."""
        return Turnover(self.added[window], self.removed[window])


def turnover(axis: TimeAxis, *, category: str = "") -> Turnover:
    """Count listings (again, too) and delistings in each bin; one query."""
    changes = Change.objects.after_first_version().in_category(category)
    bins = (
        changes.annotate(bin=Trunc("at", axis.resolution, output_field=DateField(), tzinfo=UTC))
        .values("bin")
        .annotate(
            added=Count("pk", filter=Q(kind__in=[ChangeKind.LISTED, ChangeKind.RELISTED])),
            removed=Count("pk", filter=Q(kind=ChangeKind.DELISTED)),
        )
        .order_by("bin")
    )
    counts = {row["bin"]: (row["added"], row["removed"]) for row in bins}
    pairs = [counts.get(start, (0, 0)) for start in axis.starts]
    return Turnover(tuple(added for added, _ in pairs), tuple(removed for _, removed in pairs))
