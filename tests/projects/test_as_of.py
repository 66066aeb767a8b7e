from datetime import UTC, datetime

import pytest

from projects.as_of import InvalidAsOfError, parse_as_of, periods_at, version_at
from projects.models import VersionStatus
from tests.web.catalogue import instant, item, period, version

NOW = datetime(2024, 6, 15, 12, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2020-04-25", datetime(2020, 4, 25, 23, 59, 59, 999999, tzinfo=UTC)),
        ("2020-02-29", datetime(2020, 2, 29, 23, 59, 59, 999999, tzinfo=UTC)),
        ("2020-04-25T12:00Z", datetime(2020, 4, 25, 12, tzinfo=UTC)),
        ("2020-04-25T12:00", datetime(2020, 4, 25, 12, tzinfo=UTC)),
        ("2020-04-25 12:00:30.5", datetime(2020, 4, 25, 12, 0, 30, 500000, tzinfo=UTC)),
        ("2020-04-25T12:00+08:00", datetime(2020, 4, 25, 4, tzinfo=UTC)),
        ("2020-04-25T01:00-0500", datetime(2020, 4, 25, 6, tzinfo=UTC)),
        ("  2020-04-25T12:00Z ", datetime(2020, 4, 25, 12, tzinfo=UTC)),
        ("0001-01-01", datetime(1, 1, 1, 23, 59, 59, 999999, tzinfo=UTC)),
    ],
)
def test_parse_as_of_reads_days_and_instants(text, expected):
    as_of = parse_as_of(text, now=NOW)
    assert (as_of.instant, as_of.text, as_of.is_now) == (expected, text.strip(), False)


@pytest.mark.parametrize("text", ["", "   ", "2024-06-15", "2024-06-16", "2024-06-15T12:31Z", "2024-06-15T23:59Z"])
def test_parse_as_of_gives_the_present_for_what_is_today_somewhere(text):
    as_of = parse_as_of(text, now=NOW)
    assert (as_of.instant, as_of.is_now) == (NOW, True)


@pytest.mark.parametrize("text", ["2024-06-17", "2024-06-17T00:00Z", "2030-01-01", "9999-12-31"])
def test_parse_as_of_refuses_the_future(text):
    with pytest.raises(InvalidAsOfError, match=r"lies in the future\.$"):
        parse_as_of(text, now=NOW)


@pytest.mark.parametrize(
    "text",
    [
        "yesterday", "2020", "2020-04", "20200425", "2020-W17-6", "2020-04-31", "2021-02-29", "2020-13-01", "0000-01-01",
        "2020-04-25T", "2020-04-25T25:00", "2020-04-25T12:00+99:00", "2020-04-25T12:00 02:00", "0001-01-01T00:00+14:00",
        "2020-04-25\x00", "２０２０-04-25", "2020-04-25T12:00Z; drop table", "9" * 5000, "-1",
    ],
)  # fmt: skip
def test_parse_as_of_answers_other_texts_with_a_sentence(text):
    with pytest.raises(InvalidAsOfError, match=r"^.{10,200}[.)]$"):
        parse_as_of(text, now=NOW)


@pytest.mark.django_db
def test_version_at_takes_the_last_readable_version_up_to_the_instant():
    first = version(instant(2020, 1, 1))
    version(instant(2020, 1, 2), status=VersionStatus.UNREADABLE)
    version(instant(2020, 1, 3))
    twin = version(instant(2020, 1, 3))

    found = [version_at(instant(2020, 1, day, hour)) for day, hour in [(1, 11), (1, 12), (2, 23), (3, 12), (9, 0)]]

    assert found == [None, first, first, twin, twin]


@pytest.mark.django_db
def test_periods_at_shows_each_item_as_it_was_then():
    stayed, left = item("Stayed"), item("Left")
    early = period(stayed, instant(2020, 1, 1), instant(2021, 1, 1))
    late = period(stayed, instant(2021, 1, 1), None)
    gone = period(left, instant(2020, 1, 1), instant(2020, 6, 1))

    assert set(periods_at(instant(2020, 3, 1))) == {early, gone}
    assert set(periods_at(instant(2021, 1, 1))) == {late}
    assert set(periods_at(instant(2021, 1, 1), include_delisted=True)) == {late, gone}
    assert set(periods_at(instant(2019, 1, 1), include_delisted=True)) == set()


@pytest.mark.django_db
def test_periods_at_shows_an_item_that_came_back_once():
    back = item("Back")
    first = period(back, instant(2020, 1, 1), instant(2020, 6, 1))
    second = period(back, instant(2022, 1, 1), None)

    assert list(periods_at(instant(2021, 1, 1), include_delisted=True)) == [first]
    assert list(periods_at(instant(2023, 1, 1), include_delisted=True)) == [second]
