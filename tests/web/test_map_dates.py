from datetime import UTC, date, datetime

import pytest
from django.test import RequestFactory

from projects.as_of import AsOf
from web.map_dates import date_steps

FIRST, LAST = date(2018, 3, 5), date(2026, 8, 7)


def steps(day, *, is_now=False):
    shown = datetime.combine(day, datetime.min.time(), UTC)
    found = date_steps(RequestFactory().get("/"), AsOf(shown, day.isoformat(), is_now=is_now), first=FIRST, last=LAST)
    urls = (found.previous_url, found.next_url)
    return found.month, [url and url.removeprefix("/?as_of=") for url in urls]


@pytest.mark.parametrize(
    ("day", "month", "previous", "following"),
    [
        (date(2018, 3, 5), 0, None, "2018-04-01"),
        (date(2018, 3, 20), 0, "2018-03-05", "2018-04-01"),
        (date(2018, 12, 1), 9, "2018-11-01", "2019-01-01"),
        (date(2019, 1, 1), 10, "2018-12-01", "2019-02-01"),
        (date(2026, 8, 1), 101, "2026-07-01", "/"),
        (date(2017, 1, 1), 0, None, "2018-03-05"),
        (date(2026, 11, 1), 101, "2026-08-01", "/"),
    ],
)
def test_steps_lead_to_the_first_of_a_month(day, month, previous, following):
    assert steps(day) == (month, [previous, following])


def test_steps_from_now_lead_back_only():
    assert steps(LAST, is_now=True) == (102, ["2026-08-01", None])
