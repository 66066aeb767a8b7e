"""On how few employers each hosted project's maintainers rest, and how that has changed since the first list."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Any

from metrics.employer_names import ALONE, UNKNOWN, employer_names
from metrics.formulas.concentration import (
    Concentration,
    Guideline,
    concentration_of,
    elephant_factor,
    hhi,
    largest_share,
)
from metrics.formulas.results import Interval, IntervalKind, Result, Value
from metrics.models import MaintainerShare
from metrics.unknown_last import unknown_last
from projects.as_of import periods_at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date, datetime

    from projects.models import Category, ItemPeriod

GUIDELINE = Guideline.US_2023
ORDERINGS = ("name", "maintainers", "largest", "change", "elephant", "hhi")


@dataclass(frozen=True, slots=True)
class ListFigures:
    """What one published list says: ``largest`` are the employers with most maintainers, more than one if equal.

    ``share`` is the largest one's, 0 to 1; all three have the bounds that the ``unknown`` employers leave.
    """

    as_of: date
    total: int
    unknown: int
    largest: tuple[str, ...]
    share: Result
    elephant: Result
    hhi: Result


@dataclass(frozen=True, slots=True)
class VendorControl:
    """A hosted project with its newest and its first list; ``earliest`` is None where there is one list alone.

    ``unchanged_since`` is the first list with the same employers and counts as the newest.
    """

    item_id: int
    slug: str
    name: str
    category: Category
    maturity: str
    newest: ListFigures
    earliest: ListFigures | None
    unchanged_since: date
    source_id: int

    @property
    def change(self) -> Value | None:
        """The change of the largest share, -1 to 1, with the bounds that the unknown leave; None if not known."""
        if self.earliest is None:
            return None
        now, then = self.newest.share, self.earliest.share
        if not (isinstance(now, Value) and isinstance(then, Value) and now.interval and then.interval):
            return None
        bounds = Interval(
            now.interval.low - then.interval.high, now.interval.high - then.interval.low, IntervalKind.BOUNDS
        )
        return Value(now.value - then.value, now.n, now.version, interval=bounds)


@dataclass(frozen=True, slots=True)
class ControlSummary:
    """The projects of a category or maturity: how many have figures, their median share, and their words by HHI."""

    key: str
    category: Category | None
    projects: int
    with_figures: int
    median_share: float | None
    words: Mapping[Concentration, int]


def vendor_control(instant: datetime) -> list[VendorControl]:
    """Return the projects that were hosted at an instant and have a list by then, by name; two queries."""
    lists: dict[int, dict[date, list[tuple[str, int]]]] = defaultdict(lambda: defaultdict(list))
    sources: dict[int, int] = {}
    rows = MaintainerShare.objects.filter(item__isnull=False, as_of__lte=instant.date()).order_by("as_of", "pk")
    for item_id, as_of, employer, number, source in rows.values_list(
        "item_id", "as_of", "employer", "maintainers", "source_id"
    ):
        if item_id is not None:
            lists[item_id][as_of].append((employer, number))
            sources[item_id] = source
    periods = periods_at(instant).hosted().filter(item__in=list(lists)).select_related("item", "subcategory__category")
    return [
        _control(period, lists[period.item_id], sources[period.item_id]) for period in periods.order_by("name", "pk")
    ]


def without_lists(instant: datetime, rows: Iterable[VendorControl]) -> list[ItemPeriod]:
    """Return the hosted projects that are not among ``rows``, by name; a card whose project is among them is left out; one query."""
    listed = {row.item_id for row in rows}
    periods = periods_at(instant).hosted().select_related("item", "subcategory__category").order_by("name", "pk")
    hosted = list(periods)
    projects = {period.project_id for period in hosted if period.item_id in listed}
    return [each for each in hosted if each.item_id not in listed and (each.project_id or 0) not in projects]


def ordered(rows: Sequence[VendorControl], ordering: str) -> list[VendorControl]:
    """Order by one of ``ORDERINGS`` ("-" before it: descending); what is unknown comes last both ways."""
    return unknown_last(rows, _VALUES[ordering.removeprefix("-")], descending=ordering.startswith("-"))


def summaries(rows: Sequence[VendorControl], key: Callable[[VendorControl], str]) -> list[ControlSummary]:
    """Sum up projects by a key of theirs, the largest group first."""
    groups: dict[str, list[VendorControl]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return [_summary(name, groups[name]) for name in sorted(groups, key=lambda name: (-len(groups[name]), name))]


def word_of(result: Result) -> Concentration | None:
    """Return the guideline's word for an HHI; None where it is refused, or where the unknown could change the word."""
    if not isinstance(result, Value):
        return None
    ends = (result.interval.low, result.interval.high) if result.interval else (result.value,)
    words = {concentration_of(end, guideline=GUIDELINE) for end in ends}
    return words.pop() if len(words) == 1 else None


def _control(period: ItemPeriod, lists: Mapping[date, Sequence[tuple[str, int]]], source_id: int) -> VendorControl:
    days = sorted(lists)
    counts = {day: employer_names().counts(lists[day]) for day in days}
    same = days[-1]
    for day in reversed(days):
        if counts[day] != counts[same]:
            break
        same = day
    return VendorControl(
        item_id=period.item_id,
        slug=period.item.slug,
        name=period.name,
        category=period.subcategory.category,
        maturity=period.maturity,
        newest=_figures(days[-1], counts[days[-1]]),
        earliest=_figures(days[0], counts[days[0]]) if len(days) > 1 else None,
        unchanged_since=same,
        source_id=source_id,
    )


def _figures(as_of: date, counts: Counter[str]) -> ListFigures:
    holdings = employer_names().holdings(counts.items())
    named = {employer: number for employer, number in counts.items() if employer not in {UNKNOWN, ALONE}}
    most = max(named.values(), default=0)
    largest = sorted((employer for employer, number in named.items() if number == most), key=str.casefold)
    return ListFigures(
        as_of=as_of,
        total=counts.total(),
        unknown=counts[UNKNOWN],
        largest=tuple(largest),
        share=largest_share(holdings),
        elephant=elephant_factor(holdings),
        hhi=hhi(holdings),
    )


def _summary(key: str, rows: Sequence[VendorControl]) -> ControlSummary:
    shares = [row.newest.share.value for row in rows if isinstance(row.newest.share, Value)]
    words = Counter(word for row in rows if (word := word_of(row.newest.hhi)) is not None)
    return ControlSummary(
        key, rows[0].category, len(rows), len(shares), median(shares) if shares else None, dict(words)
    )


def _value(result: Result | None) -> float | None:
    return result.value if isinstance(result, Value) else None


_VALUES: Mapping[str, Callable[[VendorControl], Any]] = {
    "name": lambda row: row.name.casefold(),
    "maintainers": lambda row: row.newest.total,
    "largest": lambda row: _value(row.newest.share),
    "change": lambda row: _value(row.change),
    "elephant": lambda row: _value(row.newest.elephant),
    "hhi": lambda row: _value(row.newest.hhi),
}
