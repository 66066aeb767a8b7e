"""What the map shows of a tile that one points at."""

from datetime import UTC, date, datetime

import pytest

from metrics.models import Indicator, StarWeek
from projects.models import ItemRepository, Repository
from tests.web.catalogue import FIRST, item, landscape, period

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 21)


@pytest.fixture
def rook(time_machine):
    time_machine.move_to(datetime(2026, 11, 22, 6, tzinfo=UTC), tick=False)
    landscape()
    found = item("Rook", maturity="graduated", kind="project")
    period(found)
    return found


def measure(of, stars, **values):
    for metric, window_days, value in (("stars", 0, stars), ("confidence", 30, 0.8)):
        refused = {"refusal": "stale"} if value is None else {}
        Indicator.objects.create(
            item=of, metric=metric, window_days=window_days, day=DAY, value=value, n=1, version="test/1", **refused
        )


def test_glance_shows_name_maturity_stars_and_weeks(client, rook):
    measure(rook, 1500)
    repository = Repository.objects.create(host="github.com", url="https://github.com/rook/rook")
    ItemRepository.objects.create(item=rook, repository=repository, is_primary=True)
    StarWeek.objects.create(repository=repository, week_on=date(2026, 11, 8), total=7, days=[1] * 7, observed_at=FIRST)
    text = client.get("/items/rook/glance/").content.decode()
    assert "<strong>Rook</strong>" in text
    assert "graduated" in text
    assert '1,500 stars on <time datetime="2026-11-21' in text
    assert "7 stars gained in the weeks of the year to 14 November 2026" in text
    assert "<html" not in text


def test_glance_says_why_stars_are_unknown(client, rook):
    assert "There are no figures up to this day." in client.get("/items/rook/glance/").content.decode()
    measure(rook, None)
    assert "The newest measurement is too old." in client.get("/items/rook/glance/").content.decode()
    assert "There are no figures" in client.get("/items/rook/glance/?as_of=2020-01-01").content.decode()


def test_glance_speaks_chinese(client, rook):
    measure(rook, 1500)
    assert "1,500 个星标" in client.get("/zh-hans/items/rook/glance/").content.decode()


@pytest.mark.parametrize(("path", "status"), [("/items/nothing/glance/", 404), ("/items/rook/glance/?as_of=x", 200)])
def test_glance_answers_whatever_is_asked(client, rook, path, status):
    assert client.get(path).status_code == status


def test_glance_asks_six_times(client, django_assert_num_queries, rook):
    measure(rook, 1500)
    with django_assert_num_queries(6):
        client.get("/items/rook/glance/")


def test_map_has_one_box_for_all_tiles(client, rook):
    text = client.get("/").content.decode()
    assert text.count('id="glance"') == 1
    assert "js/glance.js" in text
