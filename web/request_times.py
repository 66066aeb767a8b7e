"""How long requests take: counted in each process, and added up in the cache that all processes share."""

import threading
import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

from django.core.cache import caches
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from redis.exceptions import RedisError

from web.exposition import Family, Sample

# Upper bounds in seconds; the last bucket has none.
BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
AREAS = ("page", "api", "admin")
STATUSES = ("2xx", "3xx", "4xx", "5xx")
SECONDS_BETWEEN_FLUSHES = 5.0
MICROSECONDS = 1_000_000
KEY_PREFIX = "request-times"


class Cell(NamedTuple):
    """What is counted: requests of an area and status in a bucket, or their microseconds (bucket "sum")."""

    area: str
    status: str
    bucket: str

    @property
    def key(self) -> str:
        """Its name in the cache."""
        return ":".join((KEY_PREFIX, *self))


BUCKETS = (*(str(bound) for bound in BOUNDS), "+Inf")


class RequestTimes:
    """Counts in memory, which go to the shared cache every few seconds; while that is silent they wait."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self.lock = threading.Lock()
        self.waiting: Counter[Cell] = Counter()
        self.flushed_at = clock()

    def add(self, path: str, status_code: int, seconds: float) -> None:
        """Count one request."""
        area, status = area_of(path), f"{status_code // 100}xx"
        with self.lock:
            self.waiting[Cell(area, status, BUCKETS[bisect_left(BOUNDS, seconds)])] += 1
            self.waiting[Cell(area, status, "sum")] += round(seconds * MICROSECONDS)
            is_due = self.clock() - self.flushed_at >= SECONDS_BETWEEN_FLUSHES
        if is_due:
            self.flush()

    def flush(self) -> None:
        """Hand on what waits."""
        with self.lock:
            counts, self.waiting = self.waiting, Counter()
            self.flushed_at = self.clock()
        cache = caches["default"]
        for cell, number in list(counts.items()):
            try:
                if not cache.add(cell.key, number, timeout=None):
                    cache.incr(cell.key, number)
            except (RedisError, ValueError):
                # ValueError: emptied in between. What is left waits for the next time.
                break
            del counts[cell]
        with self.lock:
            self.waiting.update(counts)

    def family(self) -> Family:
        """Return what all processes counted. Raises RedisError."""
        self.flush()
        keys = {
            Cell(area, status, bucket).key: Cell(area, status, bucket)
            for area in AREAS
            for status in STATUSES
            for bucket in (*BUCKETS, "sum")
        }
        found = caches["default"].get_many(keys)
        counts = {keys[key]: number for key, number in found.items()}
        samples = [sample for area in AREAS for status in STATUSES for sample in _samples(area, status, counts)]
        about = "Seconds that requests took, pages that were kept ready not counted."
        return Family("strata_request_duration_seconds", "histogram", about, samples)


def _samples(area: str, status: str, counts: dict[Cell, int]) -> list[Sample]:
    labels = {"area": area, "status": status}
    samples, total = [], 0
    for bucket in BUCKETS:
        total += counts.get(Cell(area, status, bucket), 0)
        samples.append(Sample(total, {**labels, "le": bucket}, "_bucket"))
    seconds = counts.get(Cell(area, status, "sum"), 0) / MICROSECONDS
    return [*samples, Sample(seconds, labels, "_sum"), Sample(total, labels, "_count")] if total else []


def area_of(path: str) -> str:
    """Return which part of the site a path belongs to."""
    first = path.removeprefix("/zh-hans").lstrip("/").partition("/")[0]
    return first if first in AREAS else "page"


request_times = RequestTimes()


class RequestTimesMiddleware:
    """Measures every request that reaches Django."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        began = time.perf_counter()
        response = self.get_response(request)
        request_times.add(request.path_info, response.status_code, time.perf_counter() - began)
        return response
