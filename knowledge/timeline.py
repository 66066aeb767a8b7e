"""The timeline: dated events of the knowledge base, and the catalogue's own when asked for."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date
from itertools import groupby
from typing import TYPE_CHECKING

from knowledge.models import EventKind, EventPrecision, TimelineEvent
from projects.models import Change, ChangeKind, Maturity

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

YEARS_OF_DECADE = 10
# What of the catalogue is an event: a project that came a step further.
STEPS_UP = (Maturity.INCUBATING, Maturity.GRADUATED)


@dataclass(frozen=True, slots=True)
class TimelineQuestion:
    """Which events a reader asks for; no kinds are all of them, years include both ends, None leaves a side open."""

    kinds: tuple[str, ...] = ()
    first_year: int | None = None
    last_year: int | None = None
    with_promotions: bool = False

    @property
    def wants_promotions(self) -> bool:
        """Whether the catalogue's promotions belong to it: they are events of the landscape."""
        return self.with_promotions and (not self.kinds or EventKind.LANDSCAPE in self.kinds)


@dataclass(frozen=True, slots=True)
class TimelineLine:
    """One line: an event of ours, or a change of the catalogue."""

    on: date
    precision: str
    kind: EventKind
    event: TimelineEvent | None = None
    change: Change | None = None

    @property
    def decade(self) -> int:
        """The first year of its decade."""
        return decade_of(self.on.year)

    @property
    def year(self) -> int | None:
        """Its year; None where only the decade is known."""
        return None if self.precision == EventPrecision.DECADE else self.on.year


@dataclass(frozen=True, slots=True)
class Decade:
    """The events of ten years: those of which only the decade is known (``year`` None), then year by year."""

    first_year: int
    years: Sequence[tuple[int | None, Sequence[TimelineLine]]]


def decade_of(year: int) -> int:
    """Return the first year of a year's decade."""
    return year - year % YEARS_OF_DECADE


def timeline(question: TimelineQuestion) -> list[Decade]:
    """Return the events asked for, oldest first; four queries, one more with promotions."""
    lines = _events(question) + (_promotions(question) if question.wants_promotions else [])
    lines.sort(key=_place)
    decades = groupby(lines, key=lambda line: line.decade)
    return [
        Decade(first, [(year, list(own)) for year, own in groupby(group, key=lambda line: line.year)])
        for first, group in decades
    ]


def _place(line: TimelineLine) -> tuple[int, int, date, bool, str]:
    own = line.event.slug if line.event else f"{line.change.pk if line.change else 0:09d}"
    return (line.decade, line.year or 0, line.on, line.event is None, own)


def counts_by_year(kinds: Collection[str]) -> Counter[int]:
    """Count our events of some kinds, all if none is given, by the first year of their date; one query."""
    events = TimelineEvent.objects.filter(kind__in=kinds) if kinds else TimelineEvent.objects.all()
    return Counter(events.order_by().values_list("happened_on__year", flat=True))


def newest_events(most: int) -> list[TimelineEvent]:
    """Return the newest events; one query."""
    return list(TimelineEvent.objects.order_by("-happened_on", "-pk")[:most])


def _events(question: TimelineQuestion) -> list[TimelineLine]:
    rows = TimelineEvent.objects.prefetch_related("concepts", "items", "organizations", "sources")
    if question.kinds:
        rows = rows.filter(kind__in=question.kinds)
    if question.first_year is not None:
        rows = rows.filter(happened_on__year__gte=question.first_year)
    if question.last_year is not None:
        rows = rows.filter(happened_on__year__lte=question.last_year)
    return [
        TimelineLine(row.happened_on, row.precision, EventKind(row.kind), event=row)
        for row in rows.order_by("happened_on", "pk")
    ]


def _promotions(question: TimelineQuestion) -> list[TimelineLine]:
    first = date(question.first_year, 1, 1) if question.first_year else None
    last = date(question.last_year, 12, 31) if question.last_year else None
    rows = Change.objects.of_kinds([ChangeKind.PROMOTED]).on_days(first, last).after_first_version()
    rows = rows.filter(after__in=STEPS_UP).select_related("item", "version").order_by("at", "pk")
    day = EventPrecision.DAY
    return [TimelineLine(row.at.astimezone(UTC).date(), day, EventKind.LANDSCAPE, change=row) for row in rows]
