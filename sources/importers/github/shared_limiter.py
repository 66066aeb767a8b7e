"""GitHub's limits as all workers on all machines see them: kept in Valkey, and in the run if Valkey loses them."""

import hashlib
import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.core.cache import BaseCache, caches
from django.db.models import Max
from redis.exceptions import RedisError

from sources.clients.github import Pause, PauseKind, RateLimitedError, RateLimits, Resource, pause_when_spent
from sources.clients.github.limits import lengthened
from sources.models import MetricsRun, RunStatus

logger = logging.getLogger(__name__)

# 750 a minute: GitHub takes 900 REST requests a minute before it calls them a burst.
REST_SPACING = timedelta(milliseconds=80)
KEPT_SECONDS = 7 * 86400
EVERYTHING = "all"

State = dict[str, Any]


class SharedLimiter:
    """The limiter that every request of every worker passes; ``requests`` counts those that passed this one.

    ``reserve``: points and requests of each hour that are left for others with the same token.
    """

    def __init__(
        self,
        *,
        identity: str,
        reserve: int,
        clock: Callable[[], datetime],
        sleep: Callable[[float], None] = time.sleep,
        cache: BaseCache | None = None,
    ) -> None:
        self.requests = 0
        self.points_left: int | None = None
        self._has_complained = False
        self._key = f"github:{identity}"
        self._reserve = reserve
        self._clock = clock
        self._sleep = sleep
        self._cache = cache or caches["default"]

    def before_request(self, resource: Resource) -> None:
        state = self._read()
        pause = self._pause(state, resource)
        if pause is not None:
            raise RateLimitedError(pause)
        if resource == Resource.CORE:
            self._space(state)
        self.requests += 1

    def after_answer(self, resource: Resource, *, limits: RateLimits | None, refusal: Pause | None) -> None:
        state = self._read()
        if limits is not None and limits.resource == Resource.GRAPHQL:
            self.points_left = limits.remaining
        if refusal is not None:
            refusal = lengthened(refusal, repetition=state.get("refusals", 0), now=self._clock())
        state["refusals"] = state.get("refusals", 0) + 1 if refusal is not None else 0
        for pause in (pause_when_spent(limits, reserve=self._reserve_of(limits)), refusal):
            if pause is not None:
                self._note(state, pause)
        self._write(state)

    def pause(self, resource: Resource) -> Pause | None:
        """Return the pause that holds for ``resource`` now, None if requests may be sent."""
        return self._pause(self._read(), resource)

    def _reserve_of(self, limits: RateLimits | None) -> int:
        """Return what is left for others; a tenth of a budget that is smaller than the reserve."""
        if limits is None or self._reserve < limits.limit:
            return self._reserve
        return limits.limit // 10

    def _pause(self, state: State, resource: Resource) -> Pause | None:
        found = None
        for name in (resource.value, EVERYTHING):
            noted = state.get(name)
            if noted is None:
                continue
            until = datetime.fromisoformat(noted["until"])
            if self._clock() < until and (found is None or until > found.until):
                about = None if name == EVERYTHING else resource
                found = Pause(PauseKind(noted["kind"]), about, until, is_told=True)
        return found

    def _note(self, state: State, pause: Pause) -> None:
        """Note a pause; the open runs keep it too, for the day on which Valkey is lost."""
        name = pause.resource.value if pause.resource else EVERYTHING
        former = state.get(name)
        if former is None or datetime.fromisoformat(former["until"]) < pause.until:
            state[name] = {"until": pause.until.isoformat(), "kind": pause.kind.value}
            MetricsRun.objects.filter(status=RunStatus.RUNNING).update(paused_until=pause.until)

    def _space(self, state: State) -> None:
        now = self._clock()
        allowed_at = datetime.fromisoformat(state["next_at"]) if "next_at" in state else now
        if allowed_at > now:
            self._sleep(min(allowed_at - now, REST_SPACING).total_seconds())
        state["next_at"] = (max(now, allowed_at) + REST_SPACING).isoformat()
        self._write(state)

    def _read(self) -> State:
        try:
            state: State | None = self._cache.get(self._key)
        except RedisError as error:
            self._complain(error)
            state = None
        return self._from_runs() if state is None else state

    def _from_runs(self) -> State:
        """Return what the open runs know: the latest pause, taken to hold for everything."""
        open_runs = MetricsRun.objects.filter(status=RunStatus.RUNNING)
        until = open_runs.aggregate(until=Max("paused_until"))["until"]
        return {EVERYTHING: {"until": until.isoformat(), "kind": PauseKind.PRIMARY.value}} if until else {}

    def _write(self, state: State) -> None:
        try:
            self._cache.set(self._key, state, KEPT_SECONDS)
        except RedisError as error:
            self._complain(error)

    def _complain(self, error: RedisError) -> None:
        """Say once that Valkey does not answer."""
        if not self._has_complained:
            logger.warning("GitHub's limits are kept in the database alone: %s", type(error).__name__)
        self._has_complained = True


def identity_of(*, token: str, api_url: str) -> str:
    """Return what the limits belong to, without giving the token away."""
    return hashlib.sha256(f"{api_url}\n{token}".encode()).hexdigest()[:16]
