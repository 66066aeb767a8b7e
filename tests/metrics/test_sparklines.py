from datetime import date

import pytest

from metrics.models import StarWeek
from metrics.sparklines import WEEKS, weekly_stars
from projects.models import ItemRepository, Repository
from tests.web.catalogue import FIRST, item

pytestmark = pytest.mark.django_db


def named(of, *, gains, is_primary=True, is_current=True):
    url = f"https://github.com/x/{of.slug}-{Repository.objects.count()}"
    repository = Repository.objects.create(host="github.com", url=url)
    ItemRepository.objects.create(item=of, repository=repository, is_primary=is_primary, is_current=is_current)
    for on, gain in gains.items():
        StarWeek.objects.create(repository=repository, week_on=on, total=gain, days=[0] * 7, observed_at=FIRST)


def test_weekly_stars_are_whole_weeks_of_a_year():
    rook = item("Rook")
    named(rook, gains={date(2025, 11, 15): 9, date(2025, 11, 16): 1, date(2026, 11, 8): 2, date(2026, 11, 15): 3})
    weeks = weekly_stars([rook.pk], last=date(2026, 11, 21))[rook.pk]
    assert len(weeks.gains) == WEEKS
    assert (weeks.gains[-1], weeks.gains[0], weeks.gains[1]) == (2, 1, None)
    assert (weeks.total, weeks.last_on) == (3, date(2026, 11, 14))


def test_weekly_stars_are_those_of_the_repository_that_the_card_names_now():
    rook = item("Rook")
    on = date(2026, 11, 1)
    named(rook, gains={on: 1})
    named(rook, gains={on: 10}, is_primary=False)
    named(rook, gains={on: 100}, is_current=False)
    assert weekly_stars([rook.pk], last=date(2026, 11, 21))[rook.pk].total == 1


@pytest.mark.parametrize("count", [0, 1, 3])
def test_weekly_stars_take_one_query(django_assert_num_queries, count):
    items = [item(f"Item {number}") for number in range(count)]
    for each in items:
        named(each, gains={date(2026, 11, 1): 1})
    # Nothing asked for needs no query.
    with django_assert_num_queries(min(count, 1)):
        found = weekly_stars([each.pk for each in items], last=date(2026, 11, 21))
    assert len(found) == count
