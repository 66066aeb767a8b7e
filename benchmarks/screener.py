"""Measures the screener on the whole landscape with five years of daily counts: the read model, the page, its files.

    DATABASE_URL=... python -m benchmarks.screener [YEARS]

The database must hold a landscape. Where its repositories have no counts of this year, YEARS (5) of daily ones are
generated and the figures of the newest day computed; what was generated stays. Each time is the median of warm
requests, beside its ratio to a bare request (the health page), so that a busy machine can be told from slow work. The
limit is 150 ms for the page.
"""

import os
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "landscape.settings")

import django

django.setup()

# Django's parts can be loaded only once it is set up.
from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.http import QueryDict  # noqa: E402
from django.test import Client  # noqa: E402

from market.screen.asked import read_screen  # noqa: E402
from market.screen.matrix import forget_matrices, matrix_at  # noqa: E402
from market.screen.screen import percentiles_of, screened  # noqa: E402
from metrics.indicators.recompute import recompute  # noqa: E402
from metrics.models import Indicator  # noqa: E402
from projects.as_of import AsOf  # noqa: E402
from projects.models import Item  # noqa: E402

LIMIT_MS = 150
REQUESTS = 40
QUERIES = {
    "everything": "",
    "three filters, sorted": "maturity=graduated&maturity=incubating&stars_min=1000&growth_90_min=1&sort=-growth_90",
    "percentiles, own columns": "stars_has=yes&show=percentiles&column=stars&column=forks&column=contributors",
    "last page": "page=999",
}


def main() -> None:
    years = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    if not Item.objects.listed().exists():
        sys.exit("The database holds no landscape.")
    today = datetime.now(UTC).date()
    prepare(today, years)
    # The hashes of static files are no part of the question, and need a build of their own.
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    client = Client(HTTP_HOST="localhost")
    bare = median_ms(lambda: client.get("/healthz"))
    print(f"{bare:8.2f} ms  a bare request")
    instant = datetime.now(UTC)
    as_of = AsOf(instant, "", is_now=True)
    forget_matrices()
    print(f"{timed(lambda: matrix_at(as_of)) * 1000:8.1f} ms  cold: all columns of all items are read")
    for name, query in QUERIES.items():
        report(f"read model, {name}", lambda query=query: ask(as_of, query), bare)
    for name, query in QUERIES.items():
        report(f"page, {name}", lambda query=query: page(client, f"/screener/?{query}"), bare, limit=LIMIT_MS)
    report("page, Chinese", lambda: page(client, "/zh-hans/screener/"), bare, limit=LIMIT_MS)
    for kind in ("csv", "json", "xlsx"):
        report(f"whole file, {kind}", lambda kind=kind: page(client, f"/screener/export.{kind}"), bare)
    report("comparison of three", lambda: page(client, "/compare/?items=kubernetes,envoy,nats"), bare, limit=LIMIT_MS)
    report("API, a page of 50", lambda: page(client, "/api/v1/screener/"), bare, limit=LIMIT_MS)


def ask(as_of: AsOf, query: str) -> None:
    matrix = matrix_at(as_of)
    asked = read_screen(QueryDict(query), matrix)
    rows = screened(matrix, asked.screen)
    percentiles_of(matrix, rows, "stars")


def page(client: Client, address: str) -> None:
    response = client.get(address)
    if response.status_code != 200:
        sys.exit(f"{address}: {response.status_code}")
    if response.streaming:
        b"".join(response.streaming_content)


def report(name: str, work: Callable[[], object], bare: float, *, limit: float | None = None) -> None:
    taken = median_ms(work)
    verdict = "" if limit is None else f", limit {limit} ms: {'kept' if taken <= limit else 'BROKEN'}"
    print(f"{taken:8.2f} ms  {name} ({taken / bare:.1f} bare requests{verdict})")


def median_ms(work: Callable[[], object]) -> float:
    work()
    return statistics.median(timed(work) * 1000 for _ in range(REQUESTS))


def timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def prepare(today: date, years: int) -> None:
    """Generate what is missing, half a year at a time, and compute the figures of yesterday."""
    day = today - timedelta(days=1)
    if Indicator.objects.filter(day__gte=today - timedelta(days=30)).exists():
        return
    with connection.cursor() as cursor:
        first_on = day - timedelta(days=365 * years)
        while first_on <= day:
            last_on = min(day, first_on + timedelta(days=180))
            cursor.execute(_SNAPSHOTS, {"first_on": first_on, "last_on": last_on, "day": day})
            first_on = last_on + timedelta(days=1)
        cursor.execute(_STAR_WEEKS, {"day": day})
        cursor.execute(_FACTS, {"day": day})
        cursor.execute("ANALYZE")
    print(recompute(day))


_REPOSITORIES = """
SELECT DISTINCT repository.id FROM projects_repository repository
JOIN projects_itemrepository link ON link.repository_id = repository.id AND link.is_current
WHERE repository.host = 'github.com' AND repository.full_name <> ''
"""
_SNAPSHOTS = f"""
INSERT INTO metrics_repositorysnapshot (repository_id, day, observed_at, method, stars, forks, open_issues, closed_issues,
    open_pull_requests, merged_pull_requests, closed_pull_requests, releases, commits_30d, contributors, missing)
SELECT id, day, day + interval '26 hours', 'graphql',
    mod(id * 37, 60000) + age * mod(id, 40) / 4, mod(id * 11, 9000) + age / 3, 50 + mod(age * 7 + id, 40),
    1000 + age * (1 + mod(id, 5)) - mod(age * 7 + id, 40), 10 + mod(age + id, 20),
    500 + age * (1 + mod(id, 3)) - mod(age + id, 20), 100 + age / 9, 20 + age / 30, 40 + mod(age + id, 50),
    CASE WHEN mod(age + id, 7) = 0 THEN 30 + age / 20 END, '{{}}'
FROM generate_series(%(first_on)s::timestamp, %(last_on)s::timestamp, interval '1 day') AS at
CROSS JOIN LATERAL (SELECT at::date AS day, 4000 - (%(day)s - at::date) AS age) dated
CROSS JOIN ({_REPOSITORIES}) measured
WHERE mod(id * 31 + age, 50) <> 0
ON CONFLICT DO NOTHING
"""  # noqa: S608  (names of ours)
_STAR_WEEKS = f"""
INSERT INTO metrics_starweek (repository_id, week_on, total, days, observed_at)
SELECT id, week_on, 7 * mod(id + week, 9), array_fill(mod(id + week, 9)::integer, ARRAY[7]), week_on + interval '9 days'
FROM ({_REPOSITORIES}) measured CROSS JOIN generate_series(1, 60) week
CROSS JOIN LATERAL (
    SELECT %(day)s - extract(dow FROM %(day)s::date)::integer - 7 * week AS week_on
) dated
ON CONFLICT DO NOTHING
"""  # noqa: S608
_FACTS = f"""
INSERT INTO metrics_repositoryfacts (repository_id, observed_at, license_spdx, primary_language, languages, topics,
    default_branch, created_at, pushed_at, latest_release_tag, latest_release_at, is_fork, contributors_missing)
SELECT id, %(day)s::timestamptz + interval '23 hours', (ARRAY['Apache-2.0', 'MIT', 'BSL-1.0'])[1 + mod(id, 3)], 'Go', '[]', '[]', 'main',
    %(day)s::timestamptz - make_interval(days => (1000 + mod(id * 7, 3000))::integer),
    %(day)s::timestamptz - make_interval(days => mod(id, 900)::integer), 'v1',
    %(day)s::timestamptz - make_interval(days => mod(id, 700)::integer), false, ''
FROM ({_REPOSITORIES}) measured
ON CONFLICT DO NOTHING
"""  # noqa: S608


if __name__ == "__main__":
    main()
