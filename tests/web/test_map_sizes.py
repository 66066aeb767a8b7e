"""The map's tiles as large as stars or activity."""

import re
from datetime import UTC, datetime

import pytest

from metrics.map_sizes import Measure, map_sizes
from tests.metrics.figures import DAY, figure
from tests.web.catalogue import item, landscape, period, shelf, version

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _landscape(time_machine):
    time_machine.move_to(datetime(2026, 11, 22, 6, tzinfo=UTC), tick=False)
    landscape()
    version()


def card(name, *, stars=None, commits=None, **values):
    made = item(name, **values)
    period(made)
    figure(made, "confidence", 0.8, window_days=30)
    figure(made, "stars", stars, refusal="" if stars is not None else "stale")
    figure(made, "commits", commits, window_days=30, refusal="" if commits is not None else "stale")
    return made


@pytest.fixture
def ten():
    for number in range(1, 10):
        card(f"Item {number}", stars=number * 100, commits=10 - number)
    card("Unknown", maturity="graduated", kind="project")


def shapes(response):
    """The names of the tiles in order, each with its shape."""
    tiles = re.findall(r'<a class="([^"]*)" href="/items/[^"]+" title="([^:]+): ([^"]*)"', response.content.decode())
    return [(name, shape.strip(), value) for shape, name, value in tiles]


def test_map_sizes_tiles_by_stars_the_largest_first(client, ten):
    response = client.get("/?size=stars")
    assert shapes(response) == [
        ("Item 9", "x", "900"),
        ("Item 8", "y", "800"),
        ("Item 7", "y", "700"),
        ("Item 6", "y", "600"),
        *((f"Item {number}", "n", f"{number}00") for number in range(5, 0, -1)),
        ("Unknown", "n", "–"),
    ]
    text = " ".join(response.content.decode().split())
    assert "with most stars, from 900; wide ones: the next three tenths, from 600." in text
    assert "Of 10 shown, 1 is unknown and small." in text
    assert 'Figures of <time datetime="2026-11-21' in text
    assert '<option value="stars" selected>' in text


def test_map_sizes_tiles_by_commits(client, ten):
    assert [name for name, shape, _value in shapes(client.get("/?size=activity")) if shape == "x"] == ["Item 1"]


def test_map_never_enlarges_what_has_none(client):
    card("Quiet", stars=0, commits=0)
    assert shapes(client.get("/?size=activity")) == [("Quiet", "n", "0")]


@pytest.mark.parametrize("query", ["?size=stars&as_of=2020-01-01", "?size=stars"])
def test_map_without_figures_shows_the_stage(client, query):
    period(item("Alone", maturity="graduated", kind="project"))
    text = client.get(f"/{query}").content.decode()
    assert "There are no figures up to this day" in text
    assert '<a class="g"' in text


def test_map_reports_a_size_that_it_does_not_know(client, ten):
    text = client.get("/?size=weight").content.decode()
    assert text.count('role="alert"') == 1
    assert '<a class="g"' in text


def test_sizes_of_nothing_measured_are_empty():
    sizes = map_sizes(Measure.STARS, last=DAY)
    assert (sizes.day, sizes.values, sizes.unknown_of(["rook"])) == (None, {}, 1)


@pytest.mark.parametrize("count", [1, 3])
def test_sized_map_asks_twice_more_however_many_tiles(client, django_assert_num_queries, count):
    for number in range(count):
        card(f"Item {number}", stars=number, subcategory=shelf("Runtime", f"Frame {number}"))
    with django_assert_num_queries(6):
        response = client.get("/?size=stars")
    assert len(shapes(response)) == count
