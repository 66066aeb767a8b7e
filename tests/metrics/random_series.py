"""Random items with repositories and daily counts, in the database and as plain series for the formulas."""

import random
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from model_bakery import baker

from metrics.formulas.series_breaks import Observation, find_breaks
from metrics.indicators.daily_series import CONTRIBUTORS_FRESH_DAYS, LOOKBACK_DAYS
from metrics.models import RepositoryEvent, RepositoryFacts, RepositorySnapshot, StarWeek
from projects.models import Item, ItemRepository, Repository

SUMMED = ("stars", "forks", "commits", "issues", "closed_issues", "pull_requests", "closed_pull_requests")


@dataclass
class RepositorySeries:
    """One repository: its counts by day (a missing count is not in the row), and the days an event broke."""

    id: int
    created_on: date | None
    days: dict[date, dict[str, int]]
    recreated_on: date | None = None
    counted_anew_on: date | None = None
    weeks: dict[date, int] = field(default_factory=dict)


def at(day, hour=12):
    return datetime.combine(day, time(hour), UTC)


def make_item(chance, day, number, subcategory):
    """Store one item with one to three repositories; return its id and their series."""
    item = baker.make(Item, slug=f"item-{number}", kind="project", subcategory=subcategory, listed_at=at(day))
    count = chance.choice([1, 1, 1, 2, 3])
    return item.pk, [make_repository(chance, day, item, place) for place in range(count)]


def make_repository(chance, day, item, place):
    name = f"owner/{item.slug}-{place}"
    created_on = chance.choice([None, day - timedelta(days=2000), day - timedelta(days=chance.randint(20, 400))])
    stored = baker.make(Repository, url=f"https://github.com/{name}", host="github.com", full_name=name, node_id=name)
    ItemRepository.objects.create(item=item, repository=stored, is_primary=place == 0)
    facts = RepositoryFacts(repository=stored, observed_at=at(day - timedelta(days=chance.choice([0, 1, 3, 4]))))
    facts.created_at = at(created_on) if created_on else None
    facts.latest_release_at = chance.choice([None, at(day - timedelta(days=chance.randint(0, 500)))])
    facts.save()
    series = RepositorySeries(stored.pk, created_on, counts_by_day(chance, day, created_on))
    add_events(chance, day, series)
    add_weeks(chance, day, series)
    store_days(series)
    return series


def counts_by_day(chance, day, created_on):
    """Give days with gaps, a late start or an early end, now and then a fall, and unknown counts."""
    first_on = max(filter(None, [created_on, day - timedelta(days=chance.choice([20, 100, 384, 420, 700]))]))
    last_on = day - timedelta(days=chance.choice([0, 0, 0, 0, 1, 3, 4, 200]))
    missed, unknown, falls = chance.choice([0, 0.03, 0.3]), chance.choice([0, 0.05]), chance.choice([0, 0, 0.004])
    stars, issues, closed = chance.choice([0, 5, 950, 40_000]), chance.randint(0, 50), 0
    days = {}
    on = first_on
    while on <= last_on:
        stars = stars * 2 // 3 if chance.random() < falls else stars + chance.choice([0, 0, 1, 2, 9])
        issues += chance.randint(0, 3) - (1 if chance.random() < falls else 0)
        closed = min(max(issues, 0), closed + chance.randint(0, 3))
        counts = {
            "stars": stars, "forks": stars // 3, "commits_30d": chance.randint(0, 90),
            "open_issues": max(issues, 0) - closed, "closed_issues": closed,
            "open_pull_requests": 3, "merged_pull_requests": closed // 2, "closed_pull_requests": issues // 4 + 1,
        }  # fmt: skip
        if on.toordinal() % 7 == 0:
            counts["contributors"] = 20 + stars // 50
        if chance.random() >= missed:
            days[on] = {name: value for name, value in counts.items() if chance.random() >= unknown}
        on += timedelta(days=1)
    return days


def add_events(chance, day, series):
    if chance.random() < 0.15:
        series.recreated_on = day - timedelta(days=chance.randint(0, 380))
        RepositoryEvent.objects.create(repository_id=series.id, kind="recreated", at=at(series.recreated_on))
    if chance.random() < 0.15:
        series.counted_anew_on = day - timedelta(days=chance.randint(0, 380))
        RepositoryEvent.objects.create(
            repository_id=series.id, kind="break", before="stars", at=at(series.counted_anew_on)
        )


def add_weeks(chance, day, series):
    sunday = day - timedelta(days=day.isoweekday() % 7)
    for week in range(1, chance.choice([1, 5, 30, 60])):
        week_on = sunday - timedelta(weeks=week)
        if chance.random() < 0.9:
            series.weeks[week_on] = chance.choice([0, 3, 7, 60])
    StarWeek.objects.bulk_create(
        StarWeek(repository_id=series.id, week_on=on, total=total, days=[0] * 7, observed_at=at(on + timedelta(days=8)))
        for on, total in series.weeks.items()
    )


def store_days(series):
    RepositorySnapshot.objects.bulk_create(
        RepositorySnapshot(repository_id=series.id, day=day, observed_at=at(day), method="graphql", **counts)
        for day, counts in series.days.items()
    )


def derived(counts):
    """Give a day's counts as the indicators read them: totals and how many of them are closed."""
    found = {name: counts.get(name) for name in ("stars", "forks", "contributors")}
    found["commits"] = counts.get("commits_30d")
    issues = [counts.get("open_issues"), counts.get("closed_issues")]
    found["issues"] = None if None in issues else sum(issues)
    found["closed_issues"] = None if None in issues else issues[1]
    pulls = [counts.get(f"{state}_pull_requests") for state in ("open", "merged", "closed")]
    found["pull_requests"] = None if None in pulls else sum(pulls)
    found["closed_pull_requests"] = None if None in pulls else pulls[1] + pulls[2]
    return found


def read_days(series, day):
    """Give the days that a recomputation reads of one repository: the look-back, and the newest before it."""
    first_on = day - timedelta(days=LOOKBACK_DAYS)
    older = max((on for on in series.days if on < first_on), default=None)
    return {on: derived(counts) for on, counts in series.days.items() if first_on <= on <= day or on == older}


def item_series(repositories, day):
    """Give the item's points of each count, oldest first; None where a repository that was there is unknown."""
    read = [(series, read_days(series, day)) for series in repositories]
    points = defaultdict(list)
    for on in sorted({on for _, days in read for on in days}):
        there = [
            days.get(on)
            for series, days in read
            if len(repositories) == 1 or series.created_on is None or series.created_on <= on
        ]
        for name in SUMMED:
            values = [None if counts is None else counts[name] for counts in there]
            points[name].append((on, None if None in values or not values else sum(values)))
    leader = leading(repositories, day)
    points["contributors"] = [(on, counts["contributors"]) for on, counts in sorted(read_days(leader, day).items())]
    return points


def leading(repositories, day):
    def newest(series):
        known = [
            (on, counts["contributors"])
            for on, counts in series.days.items()
            if "contributors" in counts and 0 <= (day - on).days <= CONTRIBUTORS_FRESH_DAYS
        ]
        return max(known)[1] if known else -1

    return max(repositories, key=newest)


def item_breaks(repositories, day, count):
    """Give the days on which the item's series of a count begins anew."""
    first_on = day - timedelta(days=LOOKBACK_DAYS)
    found = {series.recreated_on for series in repositories if series.recreated_on}
    for series in repositories if count in {"stars", "contributors"} else ():
        observations = [
            Observation(on, counts.get(count)) for on, counts in sorted(series.days.items()) if first_on <= on <= day
        ]
        changes = [series.counted_anew_on] if series.counted_anew_on and count == "stars" else []
        found |= {one.day for one in find_breaks(observations, counting_changes=changes)}
    return sorted(found)


def random_landscape(seed, day, subcategory, items):
    """Store so many random items; return the repositories' series of each by its id."""
    chance = random.Random(seed)
    return dict(make_item(chance, day, number, subcategory) for number in range(items))
