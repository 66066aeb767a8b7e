"""The series of an item: a curve for each repository, breaks where they are, nothing filled in."""

from datetime import UTC, date, datetime, timedelta

import pytest
from model_bakery import baker

from metrics.formulas.series_breaks import BreakReason
from metrics.models import RepositoryEvent, RepositorySnapshot
from metrics.series import (
    Interval,
    SeriesBreak,
    UnknownCountError,
    item_series,
    points_of_repositories,
    series_of_items,
)
from projects.models import Item, ItemRepository, Repository

pytestmark = pytest.mark.django_db


def repository(item, name, *, is_current=True, is_primary=True):
    made = baker.make(Repository, url=f"https://github.com/{name}", host="github.com", full_name=name)
    baker.make(ItemRepository, item=item, repository=made, is_current=is_current, is_primary=is_primary)
    return made


def measure(of, counts, *, count="stars", method="graphql"):
    for day, value in counts.items():
        at = datetime.fromisoformat(f"{day}T23:59:59Z")
        missing = {} if value is not None else {count: "source_error"}
        RepositorySnapshot.objects.create(
            repository=of, day=date.fromisoformat(day), observed_at=at, method=method, missing=missing, **{count: value}
        )


def values(series):
    return [(point.day.isoformat(), point.value) for point in series.points]


@pytest.fixture
def item():
    return baker.make(Item, slug="linkerd", name="Linkerd", kind="project")


def test_a_swapped_repository_is_a_break_and_another_series(item):
    measure(repository(item, "linkerd/linkerd2"), {"2019-02-28": 3380, "2019-03-31": 3600})
    measure(repository(item, "linkerd/linkerd", is_current=False), {"2018-12-31": 4820, "2019-01-31": 4855})

    found = item_series(item.pk, count="stars")

    first, second = found.repositories
    assert (first.full_name, first.is_current, values(first)) == (
        "linkerd/linkerd", False, [("2018-12-31", 4820), ("2019-01-31", 4855)]
    )  # fmt: skip
    assert (second.full_name, second.is_current, second.breaks) == ("linkerd/linkerd2", True, ())
    assert found.breaks == (SeriesBreak(date(2019, 2, 28), BreakReason.REPOSITORY_SWAP, second.repository_id),)


def test_a_further_repository_is_no_swap(item):
    measure(repository(item, "a/main"), {"2019-01-31": 10})
    measure(repository(item, "a/more", is_primary=False), {"2019-02-28": 20})

    found = item_series(item.pk, count="stars")

    assert [one.full_name for one in found.repositories] == ["a/main", "a/more"]
    assert found.breaks == ()


def test_a_change_of_counting_breaks_that_count_alone(item):
    own = repository(item, "a/a")
    measure(own, {"2020-06-30": 2587, "2020-07-31": 3425}, count="contributors")
    RepositorySnapshot.objects.update(stars=100)
    at = datetime(2020, 7, 1, tzinfo=UTC)
    RepositoryEvent.objects.create(repository=own, at=at, kind="break", before="contributors", after="counting_change")

    assert item_series(item.pk, count="stars").breaks == ()
    assert item_series(item.pk, count="contributors").breaks == (
        SeriesBreak(date(2020, 7, 31), BreakReason.COUNTING_CHANGE, own.pk),
    )


def test_an_unknown_count_keeps_its_reason_and_its_day(item):
    measure(repository(item, "a/a"), {"2019-01-31": 10, "2019-02-28": None})

    (series,) = item_series(item.pk, count="stars").repositories

    assert values(series) == [("2019-01-31", 10), ("2019-02-28", None)]
    assert [point.reason for point in series.points] == ["", "source_error"]


def test_a_count_that_the_method_never_gives_is_no_point(item):
    measure(repository(item, "a/a"), {"2019-01-31": 10}, method="landscape")

    assert item_series(item.pk, count="forks").repositories == ()


@pytest.mark.parametrize(
    ("interval", "expected"),
    [
        (Interval.DAY, [("2026-05-29", 9), ("2026-05-31", 10), ("2026-06-01", 11), ("2026-06-06", 12), ("2026-06-07", None)]),
        # 2026-06-01 is a Monday; the week's Sunday is unknown, so that Saturday stands for it.
        (Interval.WEEK, [("2026-05-31", 10), ("2026-06-06", 12)]),
        (Interval.MONTH, [("2026-05-31", 10), ("2026-06-06", 12)]),
    ],
)  # fmt: skip
def test_of_each_interval_the_last_known_day_stands(item, interval, expected):
    counts = {"2026-05-29": 9, "2026-05-31": 10, "2026-06-01": 11, "2026-06-06": 12, "2026-06-07": None}
    measure(repository(item, "a/a"), counts)

    (series,) = item_series(item.pk, count="stars", interval=interval).repositories

    assert values(series) == expected


def test_an_interval_without_a_known_day_stays_unknown(item):
    measure(repository(item, "a/a"), {"2026-05-01": 9, "2026-06-01": None, "2026-06-02": None})

    (series,) = item_series(item.pk, count="stars", interval=Interval.MONTH).repositories

    assert values(series) == [("2026-05-01", 9), ("2026-06-02", None)]


def test_both_ends_of_the_range_are_included(item):
    own = repository(item, "a/a")
    measure(own, {"2026-01-01": 1, "2026-01-02": 2, "2026-01-03": 3, "2026-01-04": 4})

    found = points_of_repositories([own.pk], count="stars", first=date(2026, 1, 2), last=date(2026, 1, 3))

    assert [point.value for point in found[own.pk]] == [2, 3]


def test_what_is_not_counted_is_refused(item):
    with pytest.raises(UnknownCountError):
        item_series(item.pk, count="missing")


@pytest.mark.parametrize("number", [1, 3])
def test_the_number_of_queries_does_not_grow(django_assert_num_queries, number):
    items = [baker.make(Item, slug=f"item-{position}", name=f"Item {position}", kind="project") for position in range(number)]  # fmt: skip
    start = date(2026, 1, 1)
    for one in items:
        days = {(start + timedelta(days=day)).isoformat(): day for day in range(3)}
        measure(repository(one, f"a/{one.slug}"), days)

    with django_assert_num_queries(3):
        found = series_of_items([one.pk for one in items], count="stars", interval=Interval.WEEK)

    assert {pk: len(series.repositories) for pk, series in found.items()} == {one.pk: 1 for one in items}


def test_an_item_without_measurements_has_an_empty_series(item):
    repository(item, "a/a")

    assert item_series(item.pk, count="stars").repositories == ()
