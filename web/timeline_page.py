"""The strip above the timeline: a bar for each decade, or for each year of a stretch, that leads into it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from knowledge.timeline import YEARS_OF_DECADE, decade_of
from web.query_links import with_query

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest

    from knowledge.timeline import TimelineQuestion

# Stretches up to so many years are shown year by year.
MOST_YEARS = 30
# Pixels.
YEAR_BAR, DECADE_BAR, GAP = 34, 58, 6
HEIGHT, LOWEST = 56, 2


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of time and its number of events; ``url`` leads into it."""

    label: str
    events: int
    url: str
    x: int
    height: int
    width: int

    @property
    def y(self) -> int:
        """Its upper edge."""
        return HEIGHT - self.height

    @property
    def center(self) -> int:
        """Where its label stands."""
        return self.x + self.width // 2


@dataclass(frozen=True, slots=True)
class Strip:
    """All bars; ``out_url`` leads to the whole timeline, "" where it is shown already."""

    bars: tuple[Bar, ...]
    width: int
    out_url: str


def timeline_strip(request: HttpRequest, question: TimelineQuestion, counts: Mapping[int, int]) -> Strip | None:
    """Return the bars of what is asked for: decades for a long stretch, years for a short one; None without events."""
    years = [year for year in counts if _lies_in(year, question)]
    if not counts:
        return None
    first = question.first_year or min(years, default=min(counts))
    last = question.last_year or max(years, default=max(counts))
    step = 1 if last - first < MOST_YEARS else YEARS_OF_DECADE
    starts = range(first if step == 1 else decade_of(first), last + 1, step)
    sums = {start: sum(n for year, n in counts.items() if start <= year < start + step) for start in starts}
    most = max(sums.values(), default=0) or 1
    width = YEAR_BAR if step == 1 else DECADE_BAR
    bars = tuple(
        Bar(
            label=str(start) if step == 1 else _("%(decade)ss") % {"decade": start},
            events=events,
            url=with_query(request, first=str(start), last=str(start + step - 1)),
            x=number * (width + GAP),
            height=max(round(events / most * HEIGHT), LOWEST if events else 0),
            width=width,
        )
        for number, (start, events) in enumerate(sums.items())
    )
    is_whole = question.first_year is None and question.last_year is None
    out = "" if is_whole else with_query(request, first=None, last=None)
    return Strip(bars, len(bars) * (width + GAP) - GAP, out)


def _lies_in(year: int, question: TimelineQuestion) -> bool:
    return (question.first_year or year) <= year <= (question.last_year or year)
