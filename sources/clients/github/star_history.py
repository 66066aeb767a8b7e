"""Stars added by week and day, without names.

https://docs.github.com/rest/activity/starring#get-repository-star-history
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sources.clients.github import rest
from sources.clients.github.answers import FullName
from sources.clients.github.links import page_numbers
from sources.clients.github.problems import RepositoryProblem
from sources.clients.github.transport import Reply, Transport

WEEKS_PER_PAGE = 30
LAST_PAGE = 100
DAYS = 7


@dataclass(frozen=True)
class WeekOfStars:
    """Stars added in one week, and on each of its days from Sunday on; weeks and days are GitHub's, not UTC's.

    Removed stars lower the days on which they were given, so that a past week may fall.
    """

    begins_at: datetime
    total: int
    days: tuple[int, ...]

    @property
    def week_on(self) -> date:
        """The Sunday that the week begins with, by the calendar nearest to GitHub's time zone."""
        return (self.begins_at + timedelta(hours=12)).date()


@dataclass(frozen=True)
class StarHistoryPage:
    """Weeks of one page, newest first; ``next_page`` is None on the last one."""

    weeks: tuple[WeekOfStars, ...]
    next_page: int | None
    observed_at: datetime


def read_star_history(
    transport: Transport, full_name: FullName, *, page: int = 1
) -> StarHistoryPage | RepositoryProblem:
    """Return one page of at most 30 weeks, so that a back-fill can stop and go on between any two requests.

    Raises ``RateLimitedError`` and ``TokenRefusedError``.
    """
    path = rest.repository_path(full_name)
    if path is None:
        return rest.no_name(full_name)
    reply = rest.get(transport, f"{path}/stargazers/history?page={page:d}")
    if isinstance(reply, RepositoryProblem):
        return reply
    if not isinstance(reply.body, list):
        return rest.malformed("star history")
    weeks = [_week(entry) for entry in reply.body]
    read = tuple(week for week in weeks if week is not None)
    if len(read) < len(weeks):
        return rest.malformed("week of stars")
    return StarHistoryPage(read, _next_page(reply, page, len(read)), reply.received_at)


def _next_page(reply: Reply, page: int, weeks: int) -> int | None:
    pages = page_numbers(reply.headers)
    # Without a Link header a full page may have a successor, which may be empty.
    following = pages.get("next") if pages else page + 1 if weeks >= WEEKS_PER_PAGE else None
    return following if following is not None and following <= LAST_PAGE else None


def _week(entry: Any) -> WeekOfStars | None:
    try:
        begins_at = datetime.fromtimestamp(entry["week"], UTC)
        days = tuple(int(day) for day in entry["days"])
        total = int(entry["total"])
    except (TypeError, KeyError, ValueError, OverflowError, OSError):
        return None
    return WeekOfStars(begins_at, total, days) if len(days) == DAYS else None
