"""Who holds how much of what is measured in a section: stars, maintainers, answers. None of these is a market share.

The items are those listed on the day; a repository that serves two of a section counts once, for the
hosted one, then for the first by name.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db.models import Max

from market.models import SurveyFigure
from metrics.formulas.concentration import HHI_VERSION, Concentration, Guideline, Holdings, concentration_of, hhi
from metrics.formulas.results import Reason, Refusal, Result, Value
from metrics.models import MaintainerShare
from metrics.stars_by_item import stars_by_item
from projects.models import MEMBERSHIPS, ItemPeriod, ItemRepository

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from projects.models import Item, Subcategory

# Published star counts are a month apart; what is older is no count of that day.
STARS_REACH = timedelta(days=35)
UNKNOWN = ""
LEAST_ITEMS = 3


class Measure(StrEnum):
    """What is shared out."""

    STARS = "stars"
    MAINTAINERS = "maintainers"
    EMPLOYERS = "employers"
    RESPONDENTS = "respondents"


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds ``amount``; ``item`` is None for an employer. ``share`` is of all that is measured, 0 to 1."""

    name: str
    item: Item | None
    amount: int
    share: float


@dataclass(frozen=True, slots=True)
class SectionShares:
    """A section: its holders, the largest first, and how many of its ``items`` are ``covered`` by the measure.

    ``unknown`` is held by nobody known. ``measured_on`` is the day of its newest measurement, None without any.
    """

    subcategory: Subcategory
    items: int
    with_repository: int
    covered: int
    holders: tuple[Holder, ...]
    unknown: int
    index: Result
    measured_on: date | None

    @property
    def concentration(self) -> Concentration | None:
        """The word of the US merger guidelines of 2023 for its index; None where that is refused."""
        return (
            concentration_of(self.index.value, guideline=Guideline.US_2023) if isinstance(self.index, Value) else None
        )

    @property
    def total(self) -> int:
        """All that is measured, the unknown included."""
        return sum(holder.amount for holder in self.holders) + self.unknown


@dataclass(frozen=True, slots=True)
class _Measured:
    """By item: amounts under the item's own key or an employer's name, the day, and the repository if there is one."""

    amounts: Mapping[int, Mapping[str, int]]
    days: Mapping[int, date]
    repositories: Mapping[int, int] = field(default_factory=dict)


def section_shares(measure: Measure, *, day: date, category: str = "") -> list[SectionShares]:
    """Return every section with software as listed at the end of a day (UTC), by name; four queries at most."""
    instant = datetime.combine(day, time.max, UTC)
    periods = ItemPeriod.objects.as_of(instant).exclude(kind__in=MEMBERSHIPS)
    if category:
        periods = periods.filter(subcategory__category__slug=category)
    rows = list(periods.with_taxonomy().with_logos().hosted_first())
    items = [row.item_id for row in rows]
    measured = _READERS[measure](items, day)
    linked = set(ItemRepository.objects.filter(item__in=items).values_list("item_id", flat=True))
    sections: dict[int, list[ItemPeriod]] = defaultdict(list)
    for row in rows:
        sections[row.subcategory_id].append(row)
    found = [_section(measure, own, measured, linked) for own in sections.values()]
    return sorted(found, key=lambda one: (one.subcategory.category.name, one.subcategory.name))


def respondents_year(day: date) -> int | None:
    """Return the newest wave up to a day that asked everybody about every project; one query. None without any.

    Answers out of different numbers of people cannot be added.
    """
    production = SurveyFigure.objects.of_questions(SurveyFigure.Question.PRODUCTION)
    return max((year for year, bases in production.asked_by_wave() if bases == 1 and year <= day.year), default=None)


def _section(measure: Measure, periods: Sequence[ItemPeriod], measured: _Measured, linked: set[int]) -> SectionShares:
    covered = _once_each([period for period in periods if period.item_id in measured.amounts], measured)
    amounts: Counter[str] = Counter()
    for period in covered:
        amounts.update(measured.amounts[period.item_id])
    unknown = amounts.pop(UNKNOWN, 0)
    by_key = {} if measure is Measure.EMPLOYERS else {str(period.item_id): period for period in covered}
    holders = _holders(amounts, by_key, total=amounts.total() + unknown)
    return SectionShares(
        subcategory=periods[0].subcategory,
        items=len(periods),
        with_repository=sum(period.item_id in linked for period in periods),
        covered=len(covered),
        holders=tuple(holders),
        unknown=unknown,
        index=_index(measure, holders, unknown),
        measured_on=max((measured.days[period.item_id] for period in covered), default=None),
    )


def _index(measure: Measure, holders: Sequence[Holder], unknown: int) -> Result:
    """Give the index of the holders; an index of one or two items would only say that few are measured."""
    if measure is not Measure.EMPLOYERS and 0 < len(holders) < LEAST_ITEMS:
        return Refusal(Reason.TOO_FEW_PEERS, len(holders), HHI_VERSION)
    return hhi(Holdings([holder.amount for holder in holders], unknown))


def _once_each(periods: Iterable[ItemPeriod], measured: _Measured) -> list[ItemPeriod]:
    """Leave out the items that show the repository of one before them."""
    seen: set[int] = set()
    kept = []
    for period in periods:
        repository = measured.repositories.get(period.item_id)
        if repository is None or repository not in seen:
            kept.append(period)
        if repository is not None:
            seen.add(repository)
    return kept


def _holders(amounts: Mapping[str, int], periods: Mapping[str, ItemPeriod], *, total: int) -> list[Holder]:
    holders = []
    for key, amount in amounts.items():
        period = periods.get(key)
        if amount:
            name, item = (period.name, period.item) if period else (key, None)
            holders.append(Holder(name, item, amount, amount / total))
    return sorted(holders, key=lambda holder: (-holder.amount, holder.name.lower()))


def _stars(items: Sequence[int], day: date) -> _Measured:
    counts = stars_by_item(items, first=day - STARS_REACH, last=day)
    return _Measured(
        {item: {str(item): count.stars} for item, count in counts.items()},
        {item: count.day for item, count in counts.items()},
        {item: count.repository_id for item, count in counts.items()},
    )


def _maintainers(items: Sequence[int], day: date) -> _Measured:
    by_employer = _employers(items, day)
    totals = {item: {str(item): sum(own.values())} for item, own in by_employer.amounts.items()}
    return _Measured(totals, by_employer.days)


def _employers(items: Sequence[int], day: date) -> _Measured:
    """Read each item's newest list up to a day; an empty name is an unknown employer."""
    lists = MaintainerShare.objects.filter(item__in=items, as_of__lte=day)
    days = dict(lists.order_by().values("item_id").annotate(newest=Max("as_of")).values_list("item_id", "newest"))
    amounts: dict[int, Counter[str]] = defaultdict(Counter)
    for item, as_of, employer, maintainers in lists.values_list("item_id", "as_of", "employer", "maintainers"):
        if days[item] == as_of:
            amounts[item][employer] += maintainers
    return _Measured(amounts, {item: days[item] for item in amounts})


def _respondents(items: Iterable[int], day: date) -> _Measured:
    year = respondents_year(day)
    if year is None:
        return _Measured({}, {})
    production = SurveyFigure.objects.of_questions(SurveyFigure.Question.PRODUCTION)
    rows = production.filter(wave__year=year, item__in=items, answered__isnull=False)
    amounts = {item: {str(item): answered or 0} for item, answered in rows.values_list("item_id", "answered")}
    return _Measured(amounts, dict.fromkeys(amounts, date(year, 12, 31)))


_READERS = {
    Measure.STARS: _stars,
    Measure.MAINTAINERS: _maintainers,
    Measure.EMPLOYERS: _employers,
    Measure.RESPONDENTS: _respondents,
}
