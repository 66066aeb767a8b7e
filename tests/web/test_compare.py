"""Comparisons: lines aligned by date and by age, figures side by side, and their files."""

import csv
from datetime import date, timedelta

import pytest

from market.screen.compared import Alignment, compared_items
from metrics.models import RepositoryFacts
from tests.market.screens import (
    NOW,
    accepted,
    counted,
    figure,
    funded,
    listed,
    maker,
    matrix,
    repository,
    starred,
)
from tests.web.catalogue import landscape, version
from web.compare_chart import compare_chart, zoomable_lines

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _landscape(time_machine):
    time_machine.move_to(NOW, tick=False)
    landscape()
    version()


def months(day, after):
    return pytest.approx((day - after).days / (365.25 / 12))


@pytest.fixture
def pair():
    """Old, counted since 2020 with a hole of half a year, and Young, accepted in 2026; both to this month."""
    old, young = starred("Old", 4000), starred("Young", 900)
    first, second = repository(old, "acme/old"), repository(young, "acme/young")
    for day, stars in [(date(2025, 12, 31), 1000), (date(2026, 1, 31), 1100), (date(2026, 10, 31), 3900)]:
        counted(first, day, stars)
    counted(first, date(2026, 11, 20), 4000)
    for day, stars in [(date(2026, 9, 30), 500), (date(2026, 10, 31), 700), (date(2026, 11, 20), 900)]:
        counted(second, day, stars)
    accepted(old, date(2025, 12, 1))
    accepted(young, date(2026, 10, 1))
    return old, young


def lines(alignment, count="stars"):
    found = matrix()
    rows = [found.row_of_slug[slug] for slug in ("old", "young")]
    return compared_items(found, rows, count=count, alignment=alignment)


def points(one):
    return [[(point.day, point.value) for point in segment] for segment in one.segments]


def test_by_date_lines_break_where_nothing_was_measured(pair):
    old, young = lines(Alignment.DATE)
    assert points(old) == [
        [(date(2025, 12, 31), 1000), (date(2026, 1, 31), 1100)],
        [(date(2026, 10, 31), 3900), (date(2026, 11, 20), 4000)],
    ]
    assert [len(segment) for segment in young.segments] == [3]
    assert (old.origin, old.is_censored, old.repositories) == (None, False, ("acme/old",))


def test_by_acceptance_months_are_counted_from_each_items_own_day(pair):
    old, young = lines(Alignment.ACCEPTED)
    assert [point.months for point in old.segments[0]] == [
        months(date(2025, 12, 31), date(2025, 12, 1)),
        months(date(2026, 1, 31), date(2025, 12, 1)),
    ]
    assert (young.origin, young.is_censored) == (date(2026, 10, 1), True)
    # What was counted before the acceptance is left out.
    assert points(young) == [[(date(2026, 10, 31), 700), (date(2026, 11, 20), 900)]]


def test_by_age_the_day_counts_on_which_github_made_the_repository(pair):
    old, young = pair
    repository_of_old = old.item_repositories.get().repository
    RepositoryFacts.objects.create(repository=repository_of_old, observed_at=NOW, created_at=NOW - timedelta(days=3650))
    old, young = lines(Alignment.FIRST)
    assert old.origin == (NOW - timedelta(days=3650)).date()
    assert (young.origin, young.segments) == (None, ())


def test_without_the_day_there_is_no_line(pair):
    funded(maker(pair[0]), 5, on=date(2026, 11, 1))
    old, young = lines(Alignment.ROUND)
    assert points(old) == [[(date(2026, 11, 20), 4000)]]
    assert (young.origin, young.segments, young.is_censored) == (None, (), False)


def test_a_change_of_repository_is_a_cut(pair):
    other = repository(pair[1], "acme/younger", is_current=False)
    counted(other, date(2026, 11, 21), 40)
    _, young = lines(Alignment.DATE)
    assert [segment[-1].value for segment in young.segments] == [900, 40]
    assert young.repositories == ("acme/young", "acme/younger")


def test_a_drop_marks_the_line_that_others_outlast(pair):
    chart = compare_chart(lines(Alignment.ACCEPTED), is_log=False)
    assert [(drop.key, drop.name) for drop in chart.drops] == [("line-2", "Young")]
    # 50 of 354 days.
    assert chart.drops[0].x == "14.12%"
    assert [tick.label for tick in chart.plot.ticks] == ["0", "1,000", "2,000", "3,000", "4,000"]


def test_a_logarithmic_axis_spans_powers_of_ten_and_leaves_zeros_out(pair):
    counted(repository(pair[1], "acme/empty", is_current=False), date(2026, 11, 21), 0)
    chart = compare_chart(lines(Alignment.DATE), is_log=True)
    assert [(tick.label, tick.at) for tick in chart.plot.ticks] == [
        ("100", "100.00%"), ("1,000", "50.00%"), ("10,000", "0.00%")
    ]  # fmt: skip
    assert chart.left_out == 1


def test_the_script_gets_ends_where_lines_break(pair):
    zoom = zoomable_lines(lines(Alignment.ACCEPTED), is_log=True)
    assert (zoom["months"], zoom["log"]) == (True, True)
    values = zoom["lines"][0]["values"]
    assert [value for value in values if value not in {"", None}] == [1000, 1100, 3900, 4000]
    assert None in values[values.index(1100) : values.index(3900)]
    assert "months" not in zoomable_lines(lines(Alignment.DATE), is_log=False)


def test_page_shows_lines_and_figures_side_by_side(client, pair):
    figure(pair[0], "elephant_factor", 3, low=2, high=4)
    response = client.get("/compare/?items=old,young&align=accepted&scale=log")
    page = response.content.decode()
    assert [link.name for link in response.context["links"]] == ["Old", "Young"]
    assert [link.url for link in response.context["links"]] == [
        "/compare/?items=young&align=accepted&scale=log",
        "/compare/?items=old&align=accepted&scale=log",
    ]
    rows = {row.column.key: row.cells for _, own in response.context["groups"] for row in own}
    assert [cell.text for cell in rows["stars"]] == ["4,000", "900"]
    assert rows["elephant_factor"][0].interval == "2 to 4"
    assert rows["elephant_factor"][1].why == "No list of its maintainers is published."
    assert [cell.text for cell in rows["accepted_on"]] == ["2025-12-01", "2026-10-01"]
    assert "raised_usd" not in rows
    assert page.count('class="trace line-') == 2
    assert "A dashed line down: this item is no older yet." in page


def test_percentiles_are_among_all_listed_items(client, pair):
    for number in range(3):
        starred(f"Item {number}", number)
    response = client.get("/compare/?items=old,young")
    rows = {row.column.key: row.cells for _, own in response.context["groups"] for row in own}
    assert [cell.percentile for cell in rows["stars"]] == ["90", "70"]


def test_items_are_found_by_name_and_added(client, pair):
    listed("Yo-yo")
    response = client.get("/compare/?items=old&find=yo")
    assert [(link.name, link.url) for link in response.context["found"]] == [
        ("Yo-yo", "/compare/?items=old%2Cyo-yo"),
        ("Young", "/compare/?items=old%2Cyoung"),
    ]
    assert "Nothing is called so." in client.get("/compare/?find=zzz").content.decode()


def test_check_boxes_send_items_one_by_one(client, pair):
    response = client.get("/compare/?items=old&items=young&items=old")
    assert [link.slug for link in response.context["links"]] == ["old", "young"]


def test_a_seventh_item_and_an_unknown_one_are_named(client):
    for number in range(7):
        listed(f"Item {number}")
    slugs = ",".join(f"item-{number}" for number in range(7))
    response = client.get(f"/compare/?items={slugs},nobody&count=x&align=y&scale=z&as_of=never")
    assert response.status_code == 200
    assert len(response.context["items"]) == 6
    errors = response.context["form"].errors
    assert set(errors) == {"items", "count", "align", "scale", "as_of"}
    assert errors["items"] == ["There is no nobody here.", "At most 6 items can be compared; the first are shown."]
    assert client.get("/compare/?items=%00").status_code == 200


@pytest.mark.parametrize("query", ["", "?items=lonely", "?items=lonely&align=first&scale=log&count=contributors"])
def test_page_without_measurements_says_so(client, query):
    listed("Lonely")
    page = client.get(f"/compare/{query}").content.decode()
    assert ("There are too few measurements for a line." in page) == bool(query)


def test_a_declared_day_far_from_the_day_seen_says_so(client):
    old = starred("Old", 4000, maturity="incubating")
    accepted(old, date(2018, 11, 22), stage="incubating")
    starred("Young", 900)
    page = client.get("/compare/?items=old,young").content.decode()
    assert page.count("seen 266 days early") == 1
    assert "266 天" in client.get("/zh-hans/compare/?items=old,young").content.decode()


def test_figures_as_a_file_have_reasons_and_fractions(client, pair):
    figure(pair[0], "star_growth", 0.125, window_days=90, low=0.1, high=0.2)
    text = b"".join(client.get("/compare/figures.csv?items=old,young").streaming_content).decode()
    rows = {(row["item"], row["figure"]): row for row in csv.DictReader(text.splitlines())}
    grown = rows["old", "growth_90"]
    assert (grown["value"], grown["low"], grown["high"], grown["basis"]) == ("0.125", "0.1", "0.2", "growth/1")
    assert (grown["figures_on"], grown["as_of"]) == ("2026-11-21", "2026-11-22")
    assert rows["young", "raised_usd"]["why_unknown"] == "Our ledger knows no round of a maker."


def test_points_as_a_file_keep_their_segments(client, pair):
    text = b"".join(client.get("/compare/series.csv?items=old,young&align=accepted").streaming_content).decode()
    rows = list(csv.DictReader(text.splitlines()))
    assert [(row["item"], row["segment"], row["value"]) for row in rows] == [
        ("old", "1", "1000"), ("old", "1", "1100"), ("old", "2", "3900"), ("old", "2", "4000"),
        ("young", "1", "700"), ("young", "1", "900"),
    ]  # fmt: skip
    assert (rows[-1]["months"], rows[-1]["origin"]) == ("1.64", "2026-10-01")


def test_page_speaks_chinese_and_answers_htmx(client, pair):
    assert "<h1>对比</h1>" in client.get("/zh-hans/compare/?items=old,young").content.decode()
    part = client.get("/compare/?items=old", headers={"HX-Request": "true"}).content.decode()
    assert part.strip().startswith('<div id="compare-results">')


@pytest.mark.parametrize("items", [1, 3])
def test_page_asks_as_often_for_three_items(client, items, django_assert_num_queries):
    for number in range(items):
        made = starred(f"Item {number}", number)
        counted(repository(made, f"acme/{number}"), date(2026, 11, 20), number)
    slugs = ",".join(f"item-{number}" for number in range(items))
    client.get("/compare/")
    with django_assert_num_queries(13):
        client.get(f"/compare/?items={slugs}&align=first")
