"""The pages of the stage ladder: curves, tables, the list of projects, a project's own sentence, and the files."""

import csv
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from model_bakery import baker
from psycopg.types.range import TimestamptzRange

from tests.web.catalogue import instant, item, landscape, period, shelf, version

pytestmark = pytest.mark.django_db

PAGES = ["/ladder/", "/ladder/projects/"]


@pytest.fixture(autouse=True)
def _landscape(time_machine):
    time_machine.move_to(datetime(2026, 7, 1, 6, tzinfo=UTC), tick=False)
    landscape()
    version()
    version(instant(2026, 6, 30))


def hosted(name, maturity="sandbox", **days):
    subcategory = days.pop("subcategory", None) or shelf()
    card = item(name, maturity=maturity, kind="project", subcategory=subcategory)
    period(card)
    for stage, day in days.items():
        since = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
        baker.make(
            "projects.StageDeclaration", item=card, stage=stage, declared_on=day, during=TimestamptzRange(since, None)
        )
    return card


def twenty():
    """Twenty of the sandbox, a month apart from January 2019 on; every second one incubating after 500 days."""
    for place in range(20):
        entered = date(2019, 1, 1) + timedelta(days=30 * place)
        if place % 2:
            hosted(f"P{place:02}", "incubating", accepted=entered, incubating=entered + timedelta(days=500))
        else:
            hosted(f"P{place:02}", accepted=entered)


def rows(client, path):
    response = client.get(path)
    return list(csv.DictReader(b"".join(response.streaming_content).decode().splitlines()))


@pytest.mark.parametrize("path", PAGES)
def test_without_projects_the_pages_say_so(client, path):
    assert "No hosted project is known for that day." in client.get(path).content.decode()


def test_curves_have_bands_and_a_table(client):
    twenty()
    response = client.get("/ladder/")
    page = response.content.decode()
    sandbox, incubating = response.context["figures"]
    assert [len(figure.ways) for figure in (sandbox, incubating)] == [2, 2]
    assert page.count('class="band series-1"') == 1  # nobody has graduated
    assert "10 of 20" in page
    # All were followed for 500 days and half left then; Wilson's interval is another one.
    assert (sandbox.ways[0].rates.horizons[1].at_risk, "50.0 %" in page) == (10, True)
    assert [group.key for group in sandbox.cohorts] == ["2020", "2019"]


def test_filters_choose_a_transition_a_cohort_and_a_category(client):
    twenty()
    hosted("Other", accepted=date(2020, 1, 1), subcategory=shelf("Wasm", "Tools"))

    def counts(query):
        figures = client.get(f"/ladder/{query}").context["figures"]
        return [(figure.stage, [way.rates.curve.n for way in figure.ways]) for figure in figures]

    assert counts("?transition=sandbox-archived") == [("sandbox", [21])]
    assert counts("?transition=sandbox-archived&cohort=2019") == [("sandbox", [13])]
    assert counts("?transition=sandbox-archived&category=wasm") == [("sandbox", [1])]


def test_bad_values_are_named_and_ignored(client):
    twenty()
    for path in PAGES:
        response = client.get(
            f"{path}?as_of=nonsense&known=x&category=none&cohort=1&transition=u&stage=z&sort=pk&page=x"
        )
        assert response.status_code == 200
        assert 'role="alert"' in response.content.decode()


def test_a_past_day_offers_what_was_known_then(client):
    twenty()
    page = client.get("/ladder/?as_of=2020-06-30").content.decode()
    assert "known=then" in page
    then = client.get("/ladder/?as_of=2020-06-30&known=then").content.decode()
    assert "dates as declared by that day." in then


def test_fewer_than_five_make_no_curve(client):
    hosted("Alone", accepted=date(2020, 1, 1))
    page = client.get("/ladder/").content.decode()
    assert "Fewer than 5 projects have entered this stage; that makes no curve." in page


def test_the_form_asks_for_a_day_and_has_its_box_before_its_words(client):
    content = client.get("/ladder/").content.decode()
    assert '<input type="date" name="as_of"' in content
    assert re.search(r'<label class="check"><input type="checkbox" name="delisted"[^>]*> With projects', content)


def test_a_stage_that_all_have_left_is_known_in_full(client):
    for place in range(6):
        hosted(f"Left {place}", accepted=date(2019, 1, 1 + place), incubating=date(2020, 1, 10 + place))
    sandbox = client.get("/ladder/").context["figures"][0].ways[0]
    assert [(each.at_risk, each.result.value) for each in sandbox.rates.horizons] == [(6, 0.0), *[(0, 1.0)] * 5]


def test_a_refused_share_does_not_say_that_nobody_was_followed(client):
    """Who left within two years was followed, and those who came last year cannot tell of two."""
    for place in range(6):
        hosted(f"Left {place}", accepted=date(2019, 1, 1 + place), incubating=date(2020, 1, 10 + place))
        hosted(f"New {place}", accepted=date(2025, 1, 1 + place))
    page = client.get("/ladder/").content.decode()
    assert "one more that left would change the share by more than 20 points." in page
    assert "Still there, and followed for so long" in page


def test_the_list_orders_by_each_column(client):
    hosted("Alpha", accepted=date(2021, 1, 1))
    hosted("Beta", accepted=date(2020, 1, 1))
    hosted("Gamma", "graduated", accepted=date(2018, 1, 1), incubating=date(2018, 6, 1), graduated=date(2025, 1, 1))

    def names(query):
        return [row.standing.path.name for row in client.get(f"/ladder/projects/{query}").context["page"]]

    assert names("") == ["Beta", "Alpha", "Gamma"]
    assert names("?sort=days") == ["Gamma", "Alpha", "Beta"]
    assert names("?sort=name") == ["Alpha", "Beta", "Gamma"]
    assert names("?sort=-stage") == ["Gamma", "Alpha", "Beta"]
    assert names("?sort=-percentile") == ["Alpha", "Beta", "Gamma"]
    assert names("?stage=graduated") == ["Gamma"]


def test_a_project_says_its_base_rate(client):
    twenty()
    page = client.get("/items/p00/ladder/").content.decode()
    assert "It has stood there longer than about 95 % of the 10 projects in that stage." in page
    young = hosted("Young", accepted=date(2026, 1, 1))
    page = client.get(f"/items/{young.slug}/ladder/").content.decode()
    assert "Of 21 projects that were in the sandbox for at least 5 months, 50.0 % (95 % interval " in page
    assert f'hx-get="/items/{young.slug}/ladder/"' not in page
    assert "Ways out of the sandbox" in page


def test_a_project_that_was_not_hosted_says_so(client):
    item("Plain")
    assert "It was not hosted on that day" in client.get("/items/plain/ladder/").content.decode()
    assert client.get("/items/nobody/ladder/").status_code == 404


def test_the_item_page_leads_to_it(client):
    card = hosted("Alpha", accepted=date(2021, 1, 1))
    assert 'hx-get="/items/alpha/ladder/"' in client.get(card.get_absolute_url()).content.decode()


def test_files_hold_the_same_numbers(client):
    twenty()
    lines = rows(client, "/ladder/rates.csv?transition=sandbox-incubating")
    assert [(line["years"], line["n"], line["share"]) for line in lines if not line["group"]][:2] == [
        ("1", "20", "0.0"),
        ("2", "20", "0.5"),
    ]
    first = next(line for line in rows(client, "/ladder/projects.csv?sort=name") if line["slug"] == "p00")
    assert (first["stage"], first["since"], first["date_is"], first["as_of"]) == (
        "sandbox", "2019-01-01", "declared", "2026-06-30",
    )  # fmt: skip


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(("path", "queries"), [("/ladder/", 8), ("/ladder/projects/", 8), ("/items/p0/ladder/", 8)])
def test_queries_do_not_grow_with_rows(client, django_assert_num_queries, number, path, queries):
    for place in range(number):
        hosted(f"P{place}", accepted=date(2020, 1, 1))
    with django_assert_num_queries(queries):
        client.get(path)


@pytest.mark.parametrize("path", [*PAGES, "/items/p0/ladder/"])
def test_htmx_gets_the_fragment_alone(client, path):
    hosted("P0", accepted=date(2020, 1, 1))
    page = client.get(path, headers={"HX-Request": "true"}).content.decode()
    assert page.strip().startswith("<div id=")
    assert "<html" not in page
