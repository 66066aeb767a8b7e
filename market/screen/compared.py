"""A few items beside each other: one count of each over time, aligned by date or by age."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from market.screen.rows import months_between_days
from metrics.series import Interval, series_of_items
from projects.models import ItemAlias, ItemRepository

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from market.screen.matrix import Matrix
    from metrics.series import ItemSeries, RepositorySeries

LEAST, MOST = 2, 6
COUNTS = ("stars", "contributors")
# Between points farther apart nothing was measured, so that no line leads over: a quarter of a year.
LONGEST_STEP = timedelta(days=92)
# A line that reaches so near the day asked about goes on: it ends because time has not gone further.
STILL_MEASURED = timedelta(days=62)


class Alignment(TextChoices):
    """What the lines have in common at the left."""

    DATE = "date", _("date")
    FIRST = "first", _("age of the repository")
    ACCEPTED = "accepted", _("months since acceptance")
    ROUND = "round", _("months since the last round")


@dataclass(frozen=True, slots=True)
class Point:
    """A count on a day; ``months`` since the item's origin, None when aligned by date."""

    day: date
    months: float | None
    value: int


@dataclass(frozen=True, slots=True)
class ComparedItem:
    """One item's line, cut where its series breaks; points before ``origin`` are left out.

    ``origin`` is None by date, and where the origin is unknown: then there are no segments. ``is_censored``: the line
    ends because the item is no older yet.
    """

    item_id: int
    slug: str
    name: str
    origin: date | None
    segments: tuple[tuple[Point, ...], ...]
    repositories: tuple[str, ...]
    is_censored: bool


def rows_of_slugs(matrix: Matrix, slugs: Iterable[str]) -> dict[str, int | None]:
    """Find the rows of slugs, former ones too; None where no item of the day has it. One query if any is no present one."""
    found = {slug: matrix.row_of_slug.get(slug) for slug in slugs}
    former = [slug for slug, row in found.items() if row is None and "\0" not in slug]
    if former:
        aliases = ItemAlias.objects.filter(slug__in=former).order_by("-pk").values_list("slug", "item__slug")
        found |= {old: matrix.row_of_slug.get(new) for old, new in aliases}
    return found


def compared_items(matrix: Matrix, rows: Sequence[int], *, count: str, alignment: Alignment) -> list[ComparedItem]:
    """Return the lines of some rows, a point for each month (its last known day); at most four queries.

    The primary repository stands for the item, the former ones before it.
    """
    ids = [matrix.item_ids[row] for row in rows]
    series = series_of_items(ids, count=count, interval=Interval.MONTH, last=matrix.as_of.day, primary_only=True)
    origins = _origins(matrix, rows, alignment)
    return [_item(matrix, row, series[matrix.item_ids[row]], origins.get(row), alignment) for row in rows]


def _origins(matrix: Matrix, rows: Sequence[int], alignment: Alignment) -> dict[int, date]:
    if alignment is Alignment.DATE:
        return {}
    if alignment is Alignment.FIRST:
        # Its first measurement is no substitute: the oldest projects were measured long after they began.
        created = _created([matrix.item_ids[row] for row in rows])
        days = {row: created.get(matrix.item_ids[row]) for row in rows}
    else:
        values = matrix.values("accepted_on" if alignment is Alignment.ACCEPTED else "last_round_on")
        days = {row: values[row] for row in rows}
    return {row: day for row, day in days.items() if day is not None}


def _created(items: Collection[int]) -> dict[int, date]:
    """When GitHub says that each item's main repository was made; one query."""
    links = ItemRepository.objects.filter(item__in=items, is_primary=True, repository__facts__created_at__isnull=False)
    rows = links.order_by("is_current", "-pk").values_list("item_id", "repository__facts__created_at")
    return {item: at.astimezone(UTC).date() for item, at in rows if at is not None}


def _item(matrix: Matrix, row: int, series: ItemSeries, origin: date | None, alignment: Alignment) -> ComparedItem:
    drawn = () if origin is None and alignment is not Alignment.DATE else series.repositories
    segments = [segment for one in drawn for segment in _segments(one, origin)]
    last = max((segment[-1].day for segment in segments), default=None)
    return ComparedItem(
        item_id=matrix.item_ids[row],
        slug=matrix.slugs[row],
        name=matrix.names[row],
        origin=origin,
        segments=tuple(segments),
        repositories=tuple(dict.fromkeys(one.full_name or one.url for one in drawn)),
        is_censored=origin is not None and last is not None and matrix.as_of.day - last <= STILL_MEASURED,
    )


def _segments(series: RepositorySeries, origin: date | None) -> list[tuple[Point, ...]]:
    """Cut a series at its breaks, at unknown values and where nothing was measured for long."""
    known = [point for point in series.points if point.value is not None and (origin is None or point.day >= origin)]
    unknown = [point.day for point in series.points if point.value is None]
    breaks = {found.day for found in series.breaks}
    cuts = {
        later.day
        for earlier, later in pairwise(known)
        if later.day - earlier.day > LONGEST_STEP
        or any(earlier.day < day <= later.day for day in breaks)
        or any(earlier.day < day < later.day for day in unknown)
    }
    segments: list[list[Point]] = []
    for point in known:
        if not segments or point.day in cuts:
            segments.append([])
        months = None if origin is None else months_between_days(origin, point.day)
        segments[-1].append(Point(point.day, months, point.value or 0))
    return [tuple(segment) for segment in segments]
