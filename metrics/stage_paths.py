"""When each hosted project entered its stages, as the landscape declared it up to an instant."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, timedelta
from typing import TYPE_CHECKING

from django.db.models import Min
from django.db.models.functions import Lower

from projects.as_of import periods_at
from projects.hosted_projects import hosted_projects_at
from projects.item_history import ACCEPTED
from projects.maturity_steps import LADDER
from projects.models import ItemPeriod, Maturity, StageDeclaration
from projects.trends import data_span

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime

    from projects.models import Category

SANDBOX, INCUBATING, GRADUATED, ARCHIVED = (str(stage) for stage in Maturity.values)
LAST_MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class StagePath:
    """A hosted project and the days on which it entered its stages.

    Name, category and ``maturity`` are those at the instant it was read for. ``entered`` has no day for a stage
    never entered, or entered nobody knows when; ``seen`` names the stages whose day is the one on which the landscape
    first showed them, because none was declared. ``left_on`` is when the last card left; None: it is listed.
    """

    item_id: int
    project_id: int | None
    slug: str
    name: str
    category: Category
    maturity: str
    entered: Mapping[str, date]
    seen: frozenset[str]
    left_on: date | None

    def stage_on(self, day: date) -> str:
        """The stage that it stood in at the end of a day; "" where it was not hosted yet."""
        begun = [(on, _place(stage), stage) for stage, on in self.entered.items() if on <= day]
        return max(begun)[2] if begun else ""


def stage_paths(known_at: datetime, *, include_delisted: bool = False, per_card: bool = False) -> list[StagePath]:
    """Return the paths of the projects hosted at an instant, with the dates as declared by then; at most five queries.

    Twin cards are one project unless ``per_card``. With ``include_delisted`` also projects whose cards had all left
    while hosted, with the dates last declared. Ordered by name.
    """
    periods = _periods(known_at, include_delisted=include_delisted, per_card=per_card)
    items = [period.item_id for period in periods]
    declared = _declared({period.item_id: _said_at(period, known_at) for period in periods}, known_at)
    seen = _seen(items, known_at)
    span = data_span()
    return [
        _path(period, declared.get(period.item_id, {}), seen.get(period.item_id, {}), span.first if span else None)
        for period in periods
    ]


def _periods(known_at: datetime, *, include_delisted: bool, per_card: bool) -> Sequence[ItemPeriod]:
    if per_card:
        periods = periods_at(known_at, include_delisted=include_delisted).hosted()
    else:
        periods = hosted_projects_at(known_at, include_delisted=include_delisted)
    named = periods.select_related("item", "subcategory__category").defer("extra", "item__extra", "item__description")
    return list(named.order_by("name", "pk"))


def _said_at(period: ItemPeriod, known_at: datetime) -> datetime:
    """The instant whose declarations hold: just before the card left, if it has."""
    upper: datetime | None = period.during.upper
    return known_at if upper is None or upper > known_at else upper - LAST_MOMENT


def _declared(said_at: Mapping[int, datetime], known_at: datetime) -> Mapping[int, dict[str, date]]:
    days: dict[int, dict[str, date]] = defaultdict(dict)
    rows = StageDeclaration.objects.filter(item__in=list(said_at), during__startswith__lte=known_at)
    for item_id, stage, day, during in rows.order_by("pk").values_list("item_id", "stage", "declared_on", "during"):
        if said_at[item_id] in during and day <= known_at.date():
            days[item_id][stage] = day
    return days


def _seen(items: Iterable[int], known_at: datetime) -> Mapping[int, dict[str, date]]:
    """When each stage of an item was first shown (UTC)."""
    shown: dict[int, dict[str, date]] = defaultdict(dict)
    periods = ItemPeriod.objects.hosted().filter(item__in=list(items), during__startswith__lte=known_at)
    first = periods.order_by().values("item_id", "maturity").annotate(at=Min(Lower("during")))
    for row in first:
        shown[row["item_id"]][row["maturity"]] = row["at"].astimezone(UTC).date()
    return shown


def _path(
    period: ItemPeriod, declared: Mapping[str, date], seen: Mapping[str, date], history_start: date | None
) -> StagePath:
    days = StageDays(declared, seen, history_start=history_start, maturity=period.maturity)
    upper: datetime | None = period.during.upper
    return StagePath(
        item_id=period.item_id,
        project_id=period.project_id,
        slug=period.item.slug,
        name=period.name,
        category=period.subcategory.category,
        maturity=period.maturity,
        entered=days.entered(),
        seen=days.only_seen(),
        left_on=upper.astimezone(UTC).date() if upper is not None and period.item.delisted_at == upper else None,
    )


@dataclass(frozen=True, slots=True)
class StageDays:
    """The two kinds of day of one card's stages, and what they make together.

    Where a day is declared for the stage the card shows, the declared days alone hold, also against what was seen
    (rkt was shown incubating, and is declared to have gone from acceptance to the archive). Where none is, since the
    landscape declared no days before June 2021, the days on which stages were first ``seen`` stand in.
    ``declared`` may name the acceptance, which says no stage. What was seen on ``history_start``, the first version's
    day, began some day before it.
    """

    declared: Mapping[str, date]
    seen: Mapping[str, date]
    history_start: date | None
    maturity: str

    def entered(self) -> dict[str, date]:
        """Return the day on which each stage was entered, as far as it is known.

        The sandbox is entered by acceptance, unless the acceptance was into incubation or graduation: their day is
        the same, or no day is declared for incubation and the sandbox was never seen.
        """
        days = {stage: day for stage, day in self._dated().items() if stage != SANDBOX}
        accepted = self.declared.get(ACCEPTED) or self._first_seen()
        if accepted is None:
            return days
        if self._skipped_the_sandbox():
            days[INCUBATING] = accepted
        elif accepted not in {days.get(INCUBATING), days.get(GRADUATED)}:
            days[SANDBOX] = accepted
        return days

    def only_seen(self) -> frozenset[str]:
        """Return the stages whose day is the one on which they were first seen."""
        by_acceptance = {SANDBOX, INCUBATING} if self._skipped_the_sandbox() else {SANDBOX}
        known = {*self.declared, *(by_acceptance if ACCEPTED in self.declared else ())}
        return frozenset(stage for stage in self.entered() if stage not in known)

    def _dated(self) -> dict[str, date]:
        """The day of each stage as far as it is known; an archive seen that was left again is none."""
        seen = {} if self._is_told() else dict(self.seen)
        if self.maturity != ARCHIVED:
            seen.pop(ARCHIVED, None)
        days = {stage: day for stage, day in seen.items() if day != self.history_start} | dict(self.declared)
        return {stage: days[stage] for stage in Maturity.values if stage in days}

    def _first_seen(self) -> date | None:
        """The first day of any stage; None where it stood in the first version, so that nobody knows since when."""
        return None if self.history_start in self.seen.values() else min(self._dated().values(), default=None)

    def _skipped_the_sandbox(self) -> bool:
        is_higher = INCUBATING in self.seen or GRADUATED in self.seen
        return not self._is_told() and is_higher and INCUBATING not in self.declared and SANDBOX not in self.seen

    def _is_told(self) -> bool:
        return (ACCEPTED if self.maturity == SANDBOX else self.maturity) in self.declared


def _place(stage: str) -> int:
    """Where a stage stands among those entered on one day: the archive is the last."""
    return LADDER.index(Maturity(stage)) if stage in LADDER else len(LADDER)
