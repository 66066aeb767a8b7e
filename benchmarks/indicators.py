"""Measures the recomputation of indicators and the momentum queries on generated rows.

    DATABASE_URL=... python -m benchmarks.indicators [REPOSITORIES [YEARS]]

The database must be migrated and empty; it gets REPOSITORIES items with a repository each (10,000) and YEARS of daily
snapshots (5: 18 million rows in 3 GB; 10: 36 million in 6), and afterwards all of them are deleted. A recomputation
comes with its ratio to a plain scan of one year of snapshots; the momentum queries and the series of an item's page,
each time of another item, come with their ratio to a bare round trip, so that a busy machine can be told from slow work.
"""

import itertools
import os
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "landscape.settings")

import django

django.setup()

# Django's parts can be loaded only once it is set up.
from django.db import connection  # noqa: E402

from metrics import entrants, graveyard, momentum  # noqa: E402
from metrics.indicators import recompute as recomputation  # noqa: E402
from metrics.item_indicators import item_indicators  # noqa: E402
from metrics.models import RepositorySnapshot  # noqa: E402
from metrics.series import Interval, item_series  # noqa: E402
from projects.models import Item  # noqa: E402

DAY = date(2026, 6, 30)
SLUG = "generated-"


def main() -> None:
    repositories = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    years = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    if Item.objects.exists() or RepositorySnapshot.objects.exists():
        sys.exit("The database holds a catalogue or snapshots; take an empty one.")
    try:
        print(f"{timed(lambda: generate(repositories, years)):8.1f} s  generate {repositories} x {years} years")
        scan = min(timed(scan_a_year) for _ in range(3))
        print(f"{scan:8.1f} s  plain scan of one year")
        for name in ("first", "again"):
            taken = timed(lambda: print(recomputation.recompute(DAY)))
            print(f"{taken:8.1f} s  recompute, {name}: {taken / scan:.0f} scans")
        ask(momentum_questions())
        ask(series_questions())
    finally:
        delete()


def timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def generate(repositories: int, years: int) -> None:
    """Fill a year at a time: stars that grow in bursts, closed issues behind the open ones, a weekly count of people."""
    with connection.cursor() as cursor:
        cursor.execute(_CATALOGUE, {"n": repositories, "slug": SLUG, "day": DAY})
        first_on = DAY - timedelta(days=365 * years)
        while first_on <= DAY:
            last_on = min(DAY, first_on + timedelta(days=180))
            cursor.execute(_SNAPSHOTS, {"first_on": first_on, "last_on": last_on, "day": DAY, "slug": SLUG})
            first_on = last_on + timedelta(days=1)
        cursor.execute(_STAR_WEEKS, {"day": DAY, "slug": SLUG})
        cursor.execute("ANALYZE")


def scan_a_year() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(stars), sum(forks) FROM metrics_repositorysnapshot WHERE day > %s",
            [DAY - timedelta(days=365)],
        )


def ask(questions: dict[str, Callable[[], object]]) -> None:
    bare = statistics.median(timed(bare_query) * 1000 for _ in range(50))
    for name, question in questions.items():
        question()
        taken = sorted(timed(question) * 1000 for _ in range(25))
        median = statistics.median(taken)
        print(f"{median:8.1f} ms {name} (best {taken[0]:.1f}; {median / bare:.0f} round trips)")


def bare_query() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def momentum_questions() -> dict[str, Callable[[], object]]:
    return {
        **{
            f"fastest growing, {window} days": lambda window=window: momentum.fastest_growing(
                day=DAY, window_days=window
            )
            for window in (30, 90, 365)
        },
        "fastest growing, sandbox": lambda: momentum.fastest_growing(
            day=DAY, window_days=90, within=momentum.Within(maturity="sandbox")
        ),
        "fastest growing, one category": lambda: momentum.fastest_growing(
            day=DAY, window_days=90, within=momentum.Within(category="generated")
        ),
        "risers": lambda: momentum.risers(day=DAY),
        "sleepers": lambda: momentum.sleepers(day=DAY),
        "new entrants": lambda: entrants.new_entrants(day=DAY),
        "cohorts": lambda: entrants.entrant_cohorts(day=DAY),
        "archived": graveyard.archived,
        "delisted": graveyard.delisted,
        "dormant": lambda: graveyard.dormant(day=DAY),
    }


def series_questions() -> dict[str, Callable[[], object]]:
    items = itertools.cycle(Item.objects.order_by("?").values_list("pk", flat=True)[:100])
    last_year = DAY - timedelta(days=365)
    return {
        "an item's stars, all months": lambda: item_series(next(items), count="stars", interval=Interval.MONTH),
        "an item's stars, all weeks": lambda: item_series(next(items), count="stars", interval=Interval.WEEK),
        "an item's stars, all days": lambda: item_series(next(items), count="stars"),
        "an item's contributors, all months": lambda: item_series(
            next(items), count="contributors", interval=Interval.MONTH
        ),
        "an item's stars, days of a year": lambda: item_series(next(items), count="stars", first=last_year),
        "an item's indicators": lambda: item_indicators(next(items)),
    }


def delete() -> None:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE metrics_repositorysnapshot, metrics_starweek, metrics_indicator")
        cursor.execute(_DELETE, {"slug": SLUG})


_CATALOGUE = """
INSERT INTO projects_category (slug, name, name_zh, "group", position) VALUES ('generated', 'Generated', '', 'projects', 999);
INSERT INTO projects_subcategory (category_id, slug, name, name_zh, position)
SELECT id, 'generated-' || n, 'Generated ' || n, '', n
FROM projects_category, generate_series(1, 80) n WHERE slug = 'generated';
INSERT INTO projects_item (slug, name, kind, summary, summary_zh, description, homepage_url, logo_file, maturity, license,
    repository_url, listed_at, links, other_placements, extra, subcategory_id)
SELECT %(slug)s || n, 'Generated ' || n, 'project', '', '', '', '', '',
    (ARRAY['sandbox', 'incubating', 'graduated', ''])[1 + mod(n, 4)], '', '',
    %(day)s::timestamptz - make_interval(days => mod(n * 7, 2900)), '{}', '[]', '{}', subcategory.id
FROM generate_series(1, %(n)s) n
JOIN projects_subcategory subcategory ON subcategory.slug = 'generated-' || (1 + mod(n, 80));
INSERT INTO projects_repository (url, host, full_name, node_id, availability)
SELECT 'https://github.com/generated/' || slug, 'github.com', 'generated/' || slug, slug, 'available'
FROM projects_item WHERE slug LIKE %(slug)s || '%%';
INSERT INTO projects_itemrepository (item_id, repository_id, is_primary, branch, is_current)
SELECT item.id, repository.id, true, '', true
FROM projects_item item JOIN projects_repository repository ON repository.node_id = item.slug
WHERE slug LIKE %(slug)s || '%%';
INSERT INTO metrics_repositoryfacts (repository_id, observed_at, license_spdx, primary_language, languages, topics,
    default_branch, created_at, pushed_at, latest_release_tag, latest_release_at, is_fork, contributors_missing)
SELECT id, %(day)s::timestamptz, 'Apache-2.0', 'Go', '[]', '[]', 'main', %(day)s::timestamptz - interval '12 years',
    %(day)s::timestamptz - make_interval(days => mod(id, 900)::integer), 'v1', %(day)s::timestamptz - make_interval(days => mod(id, 700)::integer),
    false, ''
FROM projects_repository WHERE node_id LIKE %(slug)s || '%%';
"""

_SNAPSHOTS = """
INSERT INTO metrics_repositorysnapshot (repository_id, day, observed_at, method, stars, forks, open_issues, closed_issues,
    open_pull_requests, merged_pull_requests, closed_pull_requests, releases, commits_30d, contributors, missing)
SELECT id, day, day + interval '26 hours', 'graphql',
    mod(id * 37, 60000) + age * mod(id, 40) / 4 + CASE WHEN mod(id, 500) = 0 AND age > 3800 THEN 0 ELSE 9000 END,
    mod(id * 11, 9000) + age / 3, 50 + mod(age * 7 + id, 40),
    1000 + age * (1 + mod(id, 5)) - mod(age * 7 + id, 40), 10 + mod(age + id, 20),
    500 + age * (1 + mod(id, 3)) - mod(age + id, 20), 100 + age / 9, 20 + age / 30, 40 + mod(age + id, 50),
    CASE WHEN mod(age + id, 7) = 0 THEN 30 + age / 20 END, '{}'
FROM generate_series(%(first_on)s::timestamp, %(last_on)s::timestamp, interval '1 day') AS at
CROSS JOIN LATERAL (SELECT at::date AS day, 4000 - (%(day)s - at::date) AS age) dated
CROSS JOIN projects_repository
WHERE node_id LIKE %(slug)s || '%%' AND mod(id * 31 + age, 50) <> 0
"""

_STAR_WEEKS = """
INSERT INTO metrics_starweek (repository_id, week_on, total, days, observed_at)
SELECT id, week_on, 7 * mod(id + week, 9), array_fill(mod(id + week, 9)::integer, ARRAY[7]), week_on + interval '9 days'
FROM projects_repository, generate_series(1, 60) week
CROSS JOIN LATERAL (
    SELECT %(day)s - extract(dow FROM %(day)s)::integer - 7 * week AS week_on
) dated
WHERE node_id LIKE %(slug)s || '%%'
"""

_DELETE = """
DELETE FROM metrics_repositoryfacts USING projects_repository
WHERE projects_repository.id = repository_id AND node_id LIKE %(slug)s || '%%';
DELETE FROM projects_itemrepository USING projects_item WHERE projects_item.id = item_id AND slug LIKE %(slug)s || '%%';
DELETE FROM projects_repository WHERE node_id LIKE %(slug)s || '%%';
DELETE FROM projects_item WHERE slug LIKE %(slug)s || '%%';
DELETE FROM projects_subcategory WHERE slug LIKE %(slug)s || '%%';
DELETE FROM projects_category WHERE slug = 'generated';
"""


if __name__ == "__main__":
    main()
