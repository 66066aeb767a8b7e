"""Measures the API and the search on the imported landscape.

    DATABASE_URL=... python -m benchmarks.api_items [ROUNDS]

Each line gives the median and the best server time of one request, the median of this process's own processor time
(the database's is not in it), and the share of a bare query's round trip (``SELECT 1``) in the same run, so that a busy
machine can be told from a slow answer.
"""

import os
import statistics
import sys
import time
from collections.abc import Callable

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "landscape.settings")

import django

django.setup()

# Django's parts can be loaded only once it is set up.
from django.conf import settings  # noqa: E402
from django.core.cache import caches  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from api.throttling import AnonymousThrottle  # noqa: E402
from projects.search import search_catalogue  # noqa: E402

LIMIT_MS = 20.0
LISTS = [
    "items/?page_size=50",
    "items/?page_size=50&as_of=2020-04-25",
    "items/?page_size=50&maturity=graduated&ordering=-listed_at",
    "items/?page_size=50&search=mesh",
    "items/?page_size=50&format=csv",
    "projects/?page_size=50",
    "organizations/?page_size=50",
    "repositories/?page_size=50",
    "changes/?page_size=50",
]
OTHERS = ["categories/", "landscape/", "landscape/?as_of=2020-04-25T12:00Z", "items/cilium/"]
SEARCHES = ["kube", "service mesh", "servicemesh", "kuberntes", "prometeus", "red hat", "网格", "云"]


def times_ms(ask: Callable[[], object], rounds: int) -> tuple[float, float, float]:
    """Return the median and the shortest time of one call and its processor time, ms, after three that warm up."""
    for _ in range(3):
        ask()
    taken, worked = [], []
    for _ in range(rounds):
        begun, begun_work = time.perf_counter(), time.thread_time()
        ask()
        worked.append((time.thread_time() - begun_work) * 1000)
        taken.append((time.perf_counter() - begun) * 1000)
    return statistics.median(taken), min(taken), statistics.median(worked)


def bare_query() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def main(rounds: int) -> int:
    settings.ALLOWED_HOSTS = ["testserver"]
    # Requests are counted, but never too many.
    AnonymousThrottle.THROTTLE_RATES = {"anon": "1000000/min"}
    caches.settings["default"] = caches.settings["process"]
    client = Client()
    bare, _best, _work = times_ms(bare_query, rounds)
    print(f"a bare query: {bare:.2f} ms")
    slow = []

    def report(name: str, ask: Callable[[], object], *, limited: bool) -> None:
        median, best, work = times_ms(ask, rounds)
        print(
            f"{median:7.1f} ms median {best:7.1f} best {work:7.1f} own work {median / bare:7.0f} bare queries  {name}"
        )
        if limited and median > LIMIT_MS:
            slow.append(name)

    for path in LISTS + OTHERS:
        report(path, lambda path=path: client.get(f"/api/v1/{path}"), limited=path in LISTS)
    etag = client.get("/api/v1/items/")["ETag"]
    report("304 of items/", lambda: client.get("/api/v1/items/", headers={"If-None-Match": etag}), limited=True)
    for query in SEARCHES:
        report(f"search {query}", lambda query=query: search_catalogue(query, limit=10), limited=True)
    print(f"over {LIMIT_MS:.0f} ms: {', '.join(slow) or 'none'}")
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 40))
