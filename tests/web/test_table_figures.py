"""The table's figures: columns and their sets, filters, order, small charts, and the file."""

import csv
import re
from datetime import UTC, date, datetime, timedelta

import pytest

from metrics.models import StarWeek
from projects.models import ItemRepository, Repository
from tests.metrics.figures import DAY, figure
from tests.web.catalogue import FIRST, item, landscape, period, version
from web.table_columns import SETS

pytestmark = pytest.mark.django_db

EARLIER = date(2026, 10, 31)


@pytest.fixture(autouse=True)
def _landscape(time_machine):
    time_machine.move_to(datetime(2026, 11, 22, 6, tzinfo=UTC), tick=False)
    landscape()
    version()


def measured(name, *, stars=None, growth=0.1, commits=10, grade="A", day=DAY, **values):
    made = item(name, **values)
    period(made)
    figure(made, "stars", stars, day=day, refusal="" if stars is not None else "stale")
    figure(made, "star_growth", growth, window_days=90, day=day)
    figure(made, "commits", commits, window_days=30, day=day)
    figure(made, "confidence", 0.8, window_days=30, day=day, details={"grade": grade, "reasons": []})
    return made


def weeks(of, *gains, until=date(2026, 11, 14)):
    repository = Repository.objects.create(host="github.com", url=f"https://github.com/x/{of.slug}")
    ItemRepository.objects.create(item=of, repository=repository, is_primary=True)
    for ago, gain in enumerate(reversed(gains)):
        on = until - timedelta(days=7 * ago)
        if gain is not None:
            StarWeek.objects.create(repository=repository, week_on=on, total=gain, days=[0] * 7, observed_at=FIRST)


@pytest.fixture
def three():
    measured("Large", stars=9000, growth=0.02, commits=5)
    measured("Quick", stars=1500, growth=0.4, commits=80, grade="B")
    measured("Stale", growth=0.1, grade="D")
    period(item("Closed", kind="product"))


def names(response):
    return re.findall(r'<th scope="row"><a href="/items/[^"]+">([^<]+)</a>', response.content.decode())


def csv_rows(client, query=""):
    response = client.get(f"/table/items.csv{query}")
    return list(csv.DictReader(b"".join(response.streaming_content).decode().splitlines()))


def test_table_shows_figures_with_their_day_and_says_why_one_is_unknown(client, three):
    text = client.get("/table/").content.decode()
    assert re.search(r'Figures of <time datetime="2026-11-21', text)
    assert '<td class="number">9,000</td>' in text
    assert '<td class="number">+40.0 %</td>' in text
    assert 'title="The newest measurement is too old.">–<span class="visually-hidden">' in text
    assert 'title="The item names no repository that can be measured.">–' in text


def test_table_without_figures_shows_the_catalogue(client):
    period(item("Alone"))
    response = client.get("/table/")
    assert response.context["current_set"] == "catalogue"
    text = client.get("/table/?set=overview").content.decode()
    assert "There are no figures up to this day." in text


@pytest.mark.parametrize("name", SETS)
def test_table_shows_each_set_of_columns(client, three, name):
    response = client.get(f"/table/?set={name}")
    assert len(response.context["heads"]) == len(SETS[name])
    assert [link.label for link in response.context["sets"] if link.is_current] == [name.capitalize()]


def test_table_adds_columns_to_a_set_and_takes_columns_of_ones_own(client, three):
    added = client.get("/table/?set=catalogue&column=stars").context["heads"]
    assert [head.label for head in added][-1] == "Stars"
    assert len(added) == len(SETS["catalogue"]) + 1
    own = client.get("/table/?column=name&column=stars").context["heads"]
    assert [head.label for head in own] == ["Name", "Stars"]


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("stars", ["Quick", "Large", "Closed", "Stale"]),
        ("-stars", ["Large", "Quick", "Closed", "Stale"]),
        ("-growth_90", ["Quick", "Stale", "Large", "Closed"]),
    ],
)
def test_table_sorts_by_figures_with_the_unknown_last_by_slug(client, three, sort, expected):
    assert names(client.get(f"/table/?sort={sort}")) == expected
    assert [row["name"] for row in csv_rows(client, f"?sort={sort}")] == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("stars_min=1500", {"Large", "Quick"}),
        ("stars_min=1501", {"Large"}),
        ("stars_max=1500", {"Quick"}),
        ("growth_90_percent_min=10", {"Quick", "Stale"}),
        ("growth_90_percent_max=2", {"Large"}),
        ("commits_30_min=6", {"Quick", "Stale"}),
        ("confidence=A&confidence=D", {"Large", "Stale"}),
        ("has_figures=true", {"Large", "Quick"}),
        ("has_figures=false", {"Stale", "Closed"}),
        ("contributors_min=0", set()),
        ("stars_min=1000&commits_30_min=50", {"Quick"}),
    ],
)
def test_table_filters_by_figures(client, three, query, expected):
    assert set(names(client.get(f"/table/?{query}"))) == expected
    assert {row["name"] for row in csv_rows(client, f"?{query}")} == expected


@pytest.mark.parametrize(
    "query", ["stars_min=many", "stars_min=-1", "stars_max=1.5", "growth_90_percent_min=NaN", "confidence=E", "set=x",
              "has_figures=2", "sort=trend", "stars_min=1e400", "release_age_max=%00"],
)  # fmt: skip
def test_table_reports_and_ignores_bounds_that_it_cannot_read(client, three, query):
    response = client.get(f"/table/?{query}")
    assert response.status_code == 200
    assert len(names(response)) == 4
    assert response.content.decode().count('role="alert"') == 1


def test_table_of_a_past_day_uses_the_figures_up_to_it(client):
    grown = measured("Grown", stars=500)
    figure(grown, "stars", 100, day=EARLIER)
    figure(grown, "confidence", 0.8, window_days=30, day=EARLIER, details={"grade": "A"})
    shown = client.get("/table/?as_of=2026-11-10&set=overview&sort=-stars")
    assert shown.context["figures_day"] == EARLIER
    assert '<td class="number">100</td>' in shown.content.decode()
    assert names(client.get("/table/?as_of=2026-11-10&stars_min=101")) == []
    before = client.get("/table/?as_of=2020-01-01&set=overview&sort=-stars")
    assert "There are no figures up to this day." in before.content.decode()
    assert names(before) == ["Grown"]
    assert names(client.get("/table/?as_of=2020-01-01&stars_min=0")) == []


def test_table_draws_the_weeks_of_stars(client):
    rook = measured("Rook", stars=50)
    weeks(rook, 4, None, 2, 8)
    text = client.get("/table/").content.decode()
    assert 'aria-label="14 stars gained in the weeks of the year to 20 November 2026"' in text
    assert '<path d="M98 10h.5M102 15L104 0"/>' in text
    assert "No weeks of its stars are known." in client.get("/table/?as_of=2025-11-01&set=overview").content.decode()


def test_table_chips_remove_a_bound(client, three):
    chips = client.get("/table/?stars_min=0&confidence=A").context["active_filters"]
    assert [(chip.label, chip.value, chip.url) for chip in chips] == [
        ("Stars, at least", "0", "/table/?confidence=A"),
        ("Data confidence", "A", "/table/?stars_min=0"),
    ]


def test_table_offers_the_maturities_that_occur(client):
    period(item("Box", maturity="sandbox", kind="project"))
    period(item("Foreign", maturity="playground", kind="project"))
    offered = client.get("/table/?maturity=graduated").context["maturities"]
    assert [word for word, _label in offered] == ["graduated", "sandbox", "playground"]


def test_csv_has_the_figures_of_the_view_and_their_day(client, three):
    rows = csv_rows(client, "?column=name&column=stars&column=trend&column=growth_90&column=confidence&sort=-stars")
    assert rows[0] == {
        "name": "Large",
        "stars": "9000",
        "growth_90": "0.02",
        "confidence": "A",
        "figures_on": "2026-11-21",
        "as_of": "2026-11-22",
    }
    assert (rows[2]["name"], rows[2]["stars"], rows[2]["confidence"]) == ("Closed", "", "")


@pytest.mark.parametrize("count", [0, 1, 3])
@pytest.mark.parametrize(
    ("query", "queries"),
    [("", 9), ("?set=people", 8), ("?sort=-stars&stars_min=1&confidence=A&growth_30_percent_min=-5", 9)],
)
def test_table_of_figures_asks_as_often_for_many_rows_as_for_one(
    client, django_assert_num_queries, count, query, queries
):
    figure(item("Beside"), "confidence", 0.8, window_days=30, details={"grade": "A"})
    for number in range(count):
        made = measured(f"Item {number}", stars=number + 1)
        figure(made, "star_growth", 0.1, window_days=30)
        weeks(made, 1, 2)
    # Without rows there is no page to read figures and weeks for.
    with django_assert_num_queries(queries if count else {9: 6, 8: 6}[queries]):
        response = client.get(f"/table/{query}")
    assert len(names(response)) == count
