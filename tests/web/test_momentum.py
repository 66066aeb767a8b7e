"""The momentum page: each list, its filters, its pages, and its file."""

import csv
from datetime import UTC, date, datetime

import pytest

from tests.metrics.figures import figure
from tests.web.catalogue import instant, item, landscape, period, shelf, version
from web.navigation import navigation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _landscape(time_machine):
    time_machine.move_to(datetime(2026, 11, 22, 6, tzinfo=UTC), tick=False)
    landscape()
    version()


def mover(name, *, stars=1000, growth=0.1, growth_rank=50, size_rank=50, **values):
    made = item(name, **values)
    figure(made, "stars", stars)
    figure(made, "star_growth", growth, window_days=90)
    figure(made, "star_percentile", size_rank)
    figure(made, "growth_percentile", growth_rank, window_days=90)
    return made


def names(client, query=""):
    return [row.item.name for row in client.get(f"/momentum/{query}").context["page"].rows]


def rows(client, path):
    response = client.get(path)
    return list(csv.DictReader(b"".join(response.streaming_content).decode().splitlines()))


def test_growing_ranks_by_growth_above_the_floor(client):
    mover("Slow", growth=0.02)
    mover("Fast", growth=0.5, maturity="sandbox", subcategory=shelf("Wasm", "Tools"))
    mover("Tiny", stars=20, growth=9.0)
    refused = item("Young")
    figure(refused, "star_growth", window_days=90, refusal="too_short")
    assert names(client) == ["Fast", "Slow"]
    assert names(client, "?least_stars=0") == ["Tiny", "Fast", "Slow"]
    assert names(client, "?category=wasm") == ["Fast"]
    assert names(client, "?maturity=sandbox") == ["Fast"]
    assert names(client, "?window=365") == []
    response = client.get("/momentum/")
    assert "+50.0 %" in response.content.decode()
    assert response.context["refusals"] == [("", 3), ("The measurements do not reach back far enough.", 1)]


def test_risers_are_small_and_fast_and_sleepers_large_and_slow(client):
    mover("Riser", growth_rank=90, size_rank=20)
    mover("Sleeper", growth_rank=10, size_rank=95)
    mover("Middling")
    assert names(client, "?list=risers") == ["Riser"]
    assert names(client, "?list=sleepers") == ["Sleeper"]


def test_entrants_tell_how_they_fared(client):
    item("Founder")
    left = item("Left", listed_at=instant(2020, 1, 1), delisted_at=instant(2020, 6, 1))
    period(left, instant(2020, 1, 1), instant(2020, 6, 1))
    new = item("New", listed_at=instant(2026, 11, 1), maturity="sandbox")
    period(new, instant(2026, 11, 1))
    response = client.get("/momentum/?list=entrants")
    assert [
        (row.item.name, [str(outcome.fate) for outcome in row.outcomes]) for row in response.context["page"].rows
    ] == [("New", ["pending"] * 3), ("Left", ["listed", "delisted", "delisted"])]
    assert [cohort.quarter_on for cohort in response.context["cohorts"]] == [date(2026, 10, 1), date(2020, 1, 1)]
    first, _ = rows(client, "/momentum/entrants.csv")
    assert (first["slug"], first["listed_on"], first["fate_90"], first["growth_90"]) == (
        "new",
        "2026-11-01",
        "pending",
        "",
    )


def test_the_graveyard_holds_the_archived_the_delisted_and_the_dormant(client):
    item("Retired", maturity="archived")
    item("Left", delisted_at=instant(2020, 6, 1))
    item("Alive")
    assert names(client, "?list=archived") == ["Retired"]
    assert names(client, "?list=delisted") == ["Left"]
    assert rows(client, "/momentum/delisted.csv") == [
        {
            "slug": "left",
            "name": "Left",
            "category": "runtime",
            "maturity": "",
            "since": "2020-06-01",
            "days_since_push": "",
        }
    ]


def test_lists_go_on_over_pages(client):
    for number in range(51):
        mover(f"Item {number:02d}", growth=1 - number / 100)
    first = client.get("/momentum/")
    assert (len(first.context["page"].rows), first.context["page"].has_next) == (50, True)
    assert 'href="?page=2"' in first.content.decode()
    second = client.get("/momentum/?page=2").context["page"]
    assert ([row.item.name for row in second.rows], second.has_next) == (["Item 50"], False)
    assert client.get("/momentum/?page=x").context["page"].number == 1
    assert len(rows(client, "/momentum/growing.csv?page=2")) == 51


def test_growing_csv_has_each_figure_and_blanks_for_none(client):
    mover("Fast", growth=0.5)
    (row,) = rows(client, "/momentum/growing.csv")
    assert (row["slug"], row["day"], row["stars"], row["growth_90"], row["growth_30"]) == (
        "fast", "2026-11-21", "1000.0", "0.5", ""
    )  # fmt: skip


def test_momentum_without_figures_says_why(client):
    assert "No figures are computed yet" in client.get("/momentum/").content.decode()
    assert "Nothing is in this list." in client.get("/momentum/?list=delisted").content.decode()
    assert "Nothing fits these filters." in client.get("/momentum/?list=delisted&maturity=sandbox").content.decode()


def test_momentum_without_rows_offers_the_same_list_without_filters(client):
    content = client.get("/momentum/?list=delisted&maturity=sandbox&page=2").content.decode()

    assert '<a class="button" href="?list=delisted">Remove all filters</a>' in content


def test_momentum_with_refused_figures_alone_says_why_and_blames_no_filter(client):
    young = item("Young")
    figure(young, "stars", 1000)
    figure(young, "star_growth", window_days=90, refusal="too_short")
    content = client.get("/momentum/").content.decode()
    assert "No item has this figure yet; why is counted above." in content
    assert '<details class="section small" open>' in content
    assert "Nothing fits these filters." not in content


def test_momentum_takes_no_nonsense(client):
    mover("Fast")
    response = client.get("/momentum/?list=x&window=7&category=x&maturity=x&least_stars=-1&page=-1")
    assert response.status_code == 200
    assert response.context["form"].errors
    assert client.get("/momentum/x.csv").status_code == 404


def test_momentum_stands_first_among_the_measures_in_both_languages(client):
    (section,) = [section for section in navigation("/momentum/") if section.is_current]
    assert [(str(page.label), page.is_current) for page in section.pages][:1] == [("Momentum", True)]
    assert "<h1>动向</h1>" in client.get("/zh-hans/momentum/").content.decode()


def test_momentum_answers_htmx_with_its_results_alone(client):
    content = client.get("/momentum/", headers={"HX-Request": "true"}).content.decode()
    assert content.strip().startswith('<div id="momentum-results">')


@pytest.mark.parametrize("items", [1, 3])
@pytest.mark.parametrize(
    ("name", "queries"), [("growing", 8), ("risers", 8), ("entrants", 10), ("archived", 6), ("dormant", 6)]
)
def test_lists_ask_as_often_for_three_items(client, items, name, queries, django_assert_num_queries):
    for number in range(items):
        made = mover(f"A {number}", growth_rank=90, size_rank=20, maturity="sandbox")
        figure(made, "days_since_push", 400, details={"start_on": "2025-10-01"})
        gone = item(f"B {number}", listed_at=instant(2020, 1, 1 + number), maturity="archived")
        period(gone, instant(2020, 1, 1 + number))
    client.get(f"/momentum/?list={name}")
    with django_assert_num_queries(queries):
        client.get(f"/momentum/?list={name}")
