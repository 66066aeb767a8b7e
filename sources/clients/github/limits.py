"""GitHub's limits as its answers tell them, and how long to send nothing; pure.

https://docs.github.com/en/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api
https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum
from http import HTTPStatus

# GitHub asks for at least a minute when it names no time.
UNTOLD_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=1)
# Reset times are whole seconds; without this, a request could arrive in the second before.
MARGIN = timedelta(seconds=1)
# Smaller differences between the two clocks are the Date header's own rounding.
CLOCK_TOLERANCE = timedelta(seconds=2)
LIMIT_WORDS = ("rate limit", "abuse detection")


class Resource(StrEnum):
    """What has a budget of its own."""

    GRAPHQL = "graphql"
    CORE = "core"


class PauseKind(StrEnum):
    """Which limit is reached: the hour's budget, or one on bursts."""

    PRIMARY = "primary"
    SECONDARY = "secondary"


@dataclass(frozen=True)
class RateLimits:
    """The budget of one resource after an answer; ``reset_at`` (UTC) is by our clock."""

    resource: Resource
    limit: int
    remaining: int
    used: int
    reset_at: datetime


@dataclass(frozen=True)
class Pause:
    """Nothing may be sent before ``until`` (UTC): to ``resource``, or to anything if it is None.

    ``is_told``: GitHub named the time; otherwise ``until`` is the minute that it asks for at least.
    """

    kind: PauseKind
    resource: Resource | None
    until: datetime
    is_told: bool


def read_limits(headers: Mapping[str, str], *, resource: Resource, received_at: datetime) -> RateLimits | None:
    """Return the budget that the headers (names in lower case) tell; None where limits are off or unreadable."""
    try:
        numbers = {name: int(headers[f"x-ratelimit-{name}"]) for name in ("limit", "remaining", "reset")}
        told_reset_at = datetime.fromtimestamp(numbers["reset"], UTC)
        used = int(headers.get("x-ratelimit-used", numbers["limit"] - numbers["remaining"]))
    except (KeyError, ValueError, OverflowError, OSError):
        return None
    return RateLimits(
        resource=_resource(headers, resource),
        limit=numbers["limit"],
        remaining=numbers["remaining"],
        used=used,
        reset_at=told_reset_at + _clock_difference(headers, received_at),
    )


def is_refusal(status: int, headers: Mapping[str, str], message: str) -> bool:
    """Tell whether an answer other than success is a limit's; a 403 often is not."""
    if status < HTTPStatus.BAD_REQUEST:
        return False
    if status == HTTPStatus.TOO_MANY_REQUESTS or "retry-after" in headers:
        return True
    is_spent = headers.get("x-ratelimit-remaining") == "0"
    is_said = any(word in message.lower() for word in LIMIT_WORDS)
    return status == HTTPStatus.FORBIDDEN and (is_spent or is_said)


def pause_after_refusal(headers: Mapping[str, str], *, resource: Resource, received_at: datetime) -> Pause:
    """Return how long to send nothing after an answer that a limit refused.

    ``Retry-After`` first; then the reset if nothing remains; else a minute, to be lengthened if it happens again.
    """
    limits = read_limits(headers, resource=resource, received_at=received_at)
    is_spent = limits is not None and limits.remaining == 0
    wait = _retry_after(headers, received_at)
    if wait is not None:
        until = received_at + wait + MARGIN
        if is_spent and limits is not None:
            until = max(until, limits.reset_at + MARGIN)
        return Pause(PauseKind.SECONDARY, None, until, is_told=True)
    if is_spent and limits is not None:
        until = max(limits.reset_at, received_at) + MARGIN
        return Pause(PauseKind.PRIMARY, limits.resource, until, is_told=True)
    return Pause(PauseKind.SECONDARY, None, received_at + UNTOLD_WAIT, is_told=False)


def pause_when_spent(limits: RateLimits | None, *, reserve: int = 0) -> Pause | None:
    """Return the pause to keep before the next request if at most ``reserve`` points remain; None if more do."""
    if limits is None or limits.remaining > reserve:
        return None
    return Pause(PauseKind.PRIMARY, limits.resource, limits.reset_at + MARGIN, is_told=True)


def lengthened(pause: Pause, *, repetition: int, now: datetime) -> Pause:
    """Return the pause doubled for each ``repetition`` (0: the first time), if GitHub named no time; at most an hour."""
    if pause.is_told:
        return pause
    wait = min(UNTOLD_WAIT * 2 ** min(repetition, 10), LONGEST_WAIT)
    return replace(pause, until=now + wait)


def _resource(headers: Mapping[str, str], default: Resource) -> Resource:
    try:
        return Resource(headers.get("x-ratelimit-resource", default))
    except ValueError:
        return default


def _clock_difference(headers: Mapping[str, str], received_at: datetime) -> timedelta:
    """Return what our clock is ahead of the server's; zero if it cannot be told apart from rounding."""
    try:
        difference = received_at - parsedate_to_datetime(headers["date"])
    except (KeyError, ValueError, TypeError):
        return timedelta()
    return difference if abs(difference) > CLOCK_TOLERANCE else timedelta()


def _retry_after(headers: Mapping[str, str], received_at: datetime) -> timedelta | None:
    """Return the wait that ``Retry-After`` asks for, in seconds or as a date; None without a readable one."""
    told = headers.get("retry-after", "").strip()
    if told.isdecimal():
        return timedelta(seconds=min(int(told), 86400))
    try:
        until = parsedate_to_datetime(told) + _clock_difference(headers, received_at)
        return max(until - received_at, timedelta())
    except (ValueError, TypeError):
        return None
