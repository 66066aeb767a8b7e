"""How many requests an address or a person may make: counted in the cache that all processes share."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.core.cache import caches
from redis.exceptions import RedisError
from rest_framework import throttling

if TYPE_CHECKING:
    from rest_framework.request import Request

    # rest_framework.views itself loads this module.
    from rest_framework.views import APIView

logger = logging.getLogger(__name__)

SHARED_CACHE = "default"
# What this process alone counts while the shared cache does not answer.
PROCESS_CACHE = "process"


class WindowThrottle(throttling.SimpleRateThrottle):
    """A limit for each window of time, so that a request costs one atomic count however high the limit is.

    While the shared cache does not answer, each process holds the limit alone and the log says so.
    """

    num_requests: int | None
    duration: int | None

    def allow_request(self, request: Request, view: APIView) -> bool:
        key = self.get_cache_key(request, view)
        if key is None or self.num_requests is None or self.duration is None:
            return True
        self.now = self.timer()
        window = int(self.now // self.duration)
        return self._count(f"{key}_{window}") <= self.num_requests

    def wait(self) -> float:
        """Seconds until the next window begins: what Retry-After says."""
        duration = self.duration or 0
        return duration - self.now % duration

    def _count(self, key: str) -> int:
        try:
            return self._count_in(SHARED_CACHE, key)
        except RedisError:
            logger.exception("The cache does not answer; this process counts API requests alone.")
            return self._count_in(PROCESS_CACHE, key)

    def _count_in(self, name: str, key: str) -> int:
        cache = caches[name]
        if cache.add(key, 1, timeout=self.duration):
            return 1
        try:
            return cache.incr(key)
        except ValueError:  # the window ended in between
            return 1


class AnonymousThrottle(WindowThrottle, throttling.AnonRateThrottle):
    """The limit of an address without an account."""


class UserThrottle(WindowThrottle, throttling.UserRateThrottle):
    """The limit of a person, with all of their tokens together."""

    def get_cache_key(self, request: Request, view: APIView) -> str | None:
        # Anonymous requests have their own limit.
        return super().get_cache_key(request, view) if request.user.is_authenticated else None
