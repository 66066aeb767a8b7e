"""The China page: counts over the years as a chart, and the essay's numbers beside ours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from projects.home_countries import CHINESE_HOMES, HomeCounts, HostedProject, home_counts, hosted_of_homes
from projects.models import ItemOrganization, ItemRole
from projects.trends import data_span, time_axis
from web.country_names import home_name
from web.trend_charts import Column, TrendChart, area_chart

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from projects.trends import TimeAxis

# The instant at which the landscape had the 1,381 cards that the essay counts (N-06).
ESSAY_INSTANT = datetime(2020, 4, 25, 12, tzinfo=UTC)
# N-09, and what the card page counted for each home on that day; N-10.
ESSAY_CARDS = 145
ESSAY_BY_COUNTRY = {"CN": 139, "HK": 1, "TW": 5}
ESSAY_PROJECTS = ("harbor", "tikv", "dragonfly")


@dataclass(frozen=True, slots=True)
class HomeYears:
    """The counts at the end of each year (UTC), the last ones at the newest version."""

    axis: TimeAxis
    counts: Sequence[HomeCounts]

    def columns(self) -> list[Column]:
        """Return a series for each home."""
        return [
            Column(code, home_name(code), [one.by_country[code] for one in self.counts], hue=f"home-{code.lower()}")
            for code in CHINESE_HOMES
        ]

    def chart(self) -> TrendChart:
        """Stack the homes over the years."""
        return area_chart(self.axis, self.columns())

    def rows(self) -> Iterator[list[Any]]:
        """Give a line for each point."""
        for day, one in zip(self.axis.days, self.counts, strict=True):
            homes = [one.by_country[code] for code in CHINESE_HOMES]
            yield [day.isoformat(), *homes, one.chinese, one.unknown, one.unnamed, one.cards]


YEAR_COLUMNS = (
    "day",
    *(code.lower() for code in CHINESE_HOMES),
    "together",
    "country_unknown",
    "names_nobody",
    "cards",
)


@dataclass(frozen=True, slots=True)
class EssayNumbers:
    """The essay's count of cards and projects beside ours; ``left_out`` names the makers of those we do not count."""

    counts: HomeCounts
    homes: Sequence[tuple[str, int, int]]
    hosted: Sequence[HostedProject]
    left_out: Sequence[ItemOrganization]

    said_cards = ESSAY_CARDS
    said_projects = len(ESSAY_PROJECTS)

    @property
    def difference(self) -> int:
        """Our cards less the essay's."""
        return self.counts.chinese - ESSAY_CARDS


def home_years() -> HomeYears | None:
    """Return the counts of all years, None without a landscape; two queries."""
    span = data_span()
    if span is None:
        return None
    axis = time_axis(span, "year")
    return HomeYears(axis, home_counts([_end_of(day) for day in axis.days]))


def _end_of(day: date) -> datetime:
    return datetime.combine(day, time.max, UTC)


def essay_numbers() -> EssayNumbers | None:
    """Return the comparison; None where the landscape has no card of that day; at most four queries."""
    (counts,) = home_counts([ESSAY_INSTANT])
    if not counts.cards:
        return None
    hosted = hosted_of_homes(ESSAY_INSTANT, CHINESE_HOMES)
    missing = set(ESSAY_PROJECTS) - {one.period.item.slug for one in hosted}
    makers = ItemOrganization.objects.filter(item__slug__in=missing).exclude(role=ItemRole.STEWARD)
    return EssayNumbers(
        counts=counts,
        homes=[(code, ESSAY_BY_COUNTRY[code], counts.by_country[code]) for code in CHINESE_HOMES],
        hosted=hosted,
        left_out=list(makers.select_related("item", "organization").order_by("item__name", "pk")),
    )
