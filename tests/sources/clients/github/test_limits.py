"""What answers tell about limits, and how long to send nothing."""

from datetime import timedelta

import pytest

from sources.clients.github import (
    Pause,
    PauseKind,
    ProcessLimiter,
    RateLimitedError,
    RateLimits,
    Resource,
    lengthened,
    pause_when_spent,
)
from sources.clients.github.limits import is_refusal, pause_after_refusal, read_limits
from tests.sources.clients.github.answers import LIMIT_HEADERS, NOW

RESET = NOW + timedelta(minutes=30)
SPENT = {**LIMIT_HEADERS, "x-ratelimit-remaining": "0", "x-ratelimit-reset": str(int(RESET.timestamp()))}


def pause_after(headers):
    return pause_after_refusal(headers, resource=Resource.GRAPHQL, received_at=NOW)


def test_the_budget_is_read_from_headers():
    limits = read_limits(SPENT, resource=Resource.CORE, received_at=NOW)

    assert limits == RateLimits(Resource.GRAPHQL, 5000, 0, 10, RESET)


@pytest.mark.parametrize(
    "headers", [{}, {**SPENT, "x-ratelimit-reset": "soon"}, {**SPENT, "x-ratelimit-reset": "9" * 30}]
)
def test_no_budget_is_read_where_none_is_told(headers):
    assert read_limits(headers, resource=Resource.CORE, received_at=NOW) is None


def test_the_reset_is_by_our_clock_when_the_servers_differs():
    server_is_behind = {**SPENT, "date": "Sun, 22 Nov 2026 01:50:00 GMT"}

    limits = read_limits(server_is_behind, resource=Resource.CORE, received_at=NOW)

    assert limits.reset_at == RESET + timedelta(minutes=10)


@pytest.mark.parametrize(
    ("status", "headers", "message", "expected"),
    [
        (403, {"x-ratelimit-remaining": "0"}, "API rate limit exceeded for user ID 1.", True),
        (429, {}, "", True),
        (403, {"retry-after": "60"}, "", True),
        (403, {"x-ratelimit-remaining": "4000"}, "You have exceeded a secondary rate limit.", True),
        (403, {"x-ratelimit-remaining": "4000"}, "Must have admin rights to Repository.", False),
        (403, {}, "The history or contributor list is too large to list contributors", False),
        (404, {"x-ratelimit-remaining": "0"}, "Not Found", False),
        (200, {"x-ratelimit-remaining": "0"}, "", False),
    ],
)
def test_a_403_is_often_not_a_limit(status, headers, message, expected):
    assert is_refusal(status, headers, message) is expected


def test_a_spent_budget_pauses_its_resource_until_the_reset():
    pause = pause_after(SPENT)

    assert pause == Pause(PauseKind.PRIMARY, Resource.GRAPHQL, RESET + timedelta(seconds=1), is_told=True)


@pytest.mark.parametrize("told", ["90", "Sun, 22 Nov 2026 02:01:30 GMT"])
def test_retry_after_pauses_everything(told):
    pause = pause_after({**LIMIT_HEADERS, "retry-after": told})

    assert pause == Pause(PauseKind.SECONDARY, None, NOW + timedelta(seconds=91), is_told=True)


def test_retry_after_does_not_end_before_a_spent_budgets_reset():
    assert pause_after({**SPENT, "retry-after": "5"}).until == RESET + timedelta(seconds=1)


def test_an_untold_pause_is_a_minute_and_doubles_up_to_an_hour():
    pause = pause_after(LIMIT_HEADERS)

    assert pause == Pause(PauseKind.SECONDARY, None, NOW + timedelta(minutes=1), is_told=False)
    waits = [lengthened(pause, repetition=times, now=NOW).until - NOW for times in (0, 1, 2, 6, 500)]
    assert waits == [timedelta(minutes=minutes) for minutes in (1, 2, 4, 60, 60)]


def test_a_told_pause_is_not_lengthened():
    pause = pause_after({"retry-after": "90"})

    assert lengthened(pause, repetition=5, now=NOW) == pause


@pytest.mark.parametrize(("remaining", "is_paused"), [(0, True), (100, True), (101, False)])
def test_a_reserve_is_left_for_others(remaining, is_paused):
    limits = RateLimits(Resource.GRAPHQL, 5000, remaining, 5000 - remaining, RESET)

    assert (pause_when_spent(limits, reserve=100) is not None) is is_paused


def test_the_limiter_holds_back_until_the_pause_is_over():
    now = [NOW]
    limiter = ProcessLimiter(lambda: now[0])
    limiter.after_answer(Resource.GRAPHQL, limits=RateLimits(Resource.GRAPHQL, 5000, 0, 5000, RESET), refusal=None)

    limiter.before_request(Resource.CORE)
    with pytest.raises(RateLimitedError, match=r"primary rate limit .* 02:30:01 UTC"):
        limiter.before_request(Resource.GRAPHQL)
    now[0] = RESET + timedelta(seconds=1)
    limiter.before_request(Resource.GRAPHQL)


def test_a_burst_limit_holds_back_every_resource():
    limiter = ProcessLimiter(lambda: NOW)
    limiter.after_answer(Resource.GRAPHQL, limits=None, refusal=pause_after({"retry-after": "90"}))

    with pytest.raises(RateLimitedError):
        limiter.before_request(Resource.CORE)
