"""The map's steps through time, month by month."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from web.query_links import with_query

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest

    from projects.as_of import AsOf

MONTHS = 12


@dataclass(frozen=True, slots=True)
class DateSteps:
    """Where the shown day stands between the landscape's first and last day; None: no such step.

    ``month`` counts months from the first one; ``months`` is the present's, which follows the last version's.
    """

    first: date
    shown: date
    month: int
    months: int
    first_url: str
    previous_url: str | None
    next_url: str | None
    now_url: str | None


def date_steps(request: HttpRequest, as_of: AsOf, *, first: date, last: date) -> DateSteps:
    """Return the steps from the shown day: to the first of a month, and from the last version's month to now."""
    shown = min(max(as_of.day, first), last)
    month, months = _months_between(first, shown), _months_between(first, last)
    following = first if as_of.day < first else _month_after(shown, 1)
    previous = shown.replace(day=1) if shown.day > 1 and not as_of.is_now else _month_after(shown, -1)
    if as_of.is_now:
        previous, month = last.replace(day=1), months + 1
    return DateSteps(
        first=first,
        shown=as_of.day,
        month=month,
        months=months + 1,
        first_url=with_query(request, as_of=first.isoformat()),
        previous_url=with_query(request, as_of=max(previous, first).isoformat()) if shown > first else None,
        next_url=None
        if as_of.is_now
        else with_query(request, as_of=following.isoformat() if following <= last else None),
        now_url=None if as_of.is_now else with_query(request, as_of=None),
    )


def _months_between(start: date, end: date) -> int:
    return (end.year - start.year) * MONTHS + end.month - start.month


def _month_after(day: date, months: int) -> date:
    """Return the first day of the month that many months later."""
    index = day.year * MONTHS + day.month - 1 + months
    return day.replace(year=index // MONTHS, month=index % MONTHS + 1, day=1)
