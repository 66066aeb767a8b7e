"""The stage ladder in the API: base rates and standings, their parameters, and their query counts."""

import csv
from datetime import UTC, date, datetime

import pytest
from model_bakery import baker
from psycopg.types.range import TimestamptzRange

from projects.models import Project
from tests.web.catalogue import instant, item, landscape, period, shelf, version

pytestmark = pytest.mark.django_db

PATHS = ["stage-ladder/", "stage-ladder/projects/"]


@pytest.fixture(autouse=True)
def _landscape(time_machine):
    time_machine.move_to(datetime(2024, 7, 1, 6, tzinfo=UTC), tick=False)
    landscape(public_url="https://github.com/cncf/landscape")
    version()
    version(instant(2024, 6, 30))


def hosted(name, maturity, *, said_at=None, project=None, subcategory=None, **days):
    """A card with declared days, said since they came about unless ``said_at`` tells."""
    values = {"maturity": maturity, "kind": "project", "project": project}
    card = item(name, **values, **({"subcategory": subcategory} if subcategory else {}))
    period(card, project=project)
    for stage, day in days.items():
        since = said_at or datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
        baker.make(
            "projects.StageDeclaration", item=card, stage=stage, declared_on=day, during=TimestamptzRange(since, None)
        )
    return card


def a_few():
    """Five from the sandbox of January 2020: two promoted, one archived, two still there."""
    day = date(2020, 1, 1)
    hosted("Early", "incubating", accepted=day, incubating=date(2020, 7, 1))
    hosted("Late", "incubating", accepted=day, incubating=date(2022, 7, 1))
    hosted("Gone", "archived", accepted=day, archived=date(2021, 7, 1))
    hosted("Still", "sandbox", accepted=day)
    hosted("Stays", "sandbox", accepted=day)


def way(body, transition="sandbox-incubating"):
    return next(each for each in body["results"] if each["transition"] == transition)


@pytest.mark.parametrize("path", PATHS)
def test_an_empty_landscape_has_nothing_to_count(get, path):
    body = get(path).json()
    assert (body["projects"], body["counted_until"]) == (0, "2024-06-30")


def test_base_rates_count_who_left_and_how(get):
    a_few()
    body = get("stage-ladder/").json()
    found = way(body)
    assert [each["transition"] for each in body["results"]] == [
        "sandbox-incubating", "sandbox-archived", "incubating-graduated", "incubating-archived",
    ]  # fmt: skip
    assert {name: found[name] for name in ("n", "left", "left_otherwise", "still_there", "left_out")} == {
        "n": 5, "left": 2, "left_otherwise": 1, "still_there": 2, "left_out": 0,
    }  # fmt: skip
    # One of five left within a year, a second within three; all were followed for four years, nobody for five.
    assert [(each["followed"], each["share"] and round(each["share"], 3)) for each in found["horizons"]] == [
        (4, 0.2), (3, 0.2), (2, 0.4), (2, 0.4), (0, None), (0, None),
    ]  # fmt: skip
    assert [each["refusal"] for each in found["horizons"]] == [None] * 4 + ["too_few_peers"] * 2
    assert [(step["followed"], step["left"], round(step["share"], 3)) for step in found["steps"]] == [
        (5, 1, 0.2),
        (3, 1, 0.4),
    ]
    assert (body["known_on"], body["source"]) == ("2024-07-01", "https://github.com/cncf/landscape")


def test_twin_cards_count_once(get):
    project = baker.make(Project, slug="rook", name="Rook")
    for name in ("Rook", "Rook (Wasm)"):
        hosted(name, "sandbox", project=project, accepted=date(2020, 1, 1))
    assert way(get("stage-ladder/").json())["n"] == 1
    assert [row["slug"] for row in get("stage-ladder/projects/").json()["results"]] == ["rook"]


def test_what_was_known_then_is_not_what_is_known_today(get):
    hosted("Corrected", "sandbox", said_at=instant(2023, 1, 1), accepted=date(2021, 1, 1))
    then = get("stage-ladder/?as_of=2022-06-30&known_on=2022-06-30").json()
    today = get("stage-ladder/?as_of=2022-06-30").json()
    # Nothing was declared then, and the first version showed it: nobody knew since when.
    assert (then["projects"], then["undated"], way(then)["n"]) == (1, 1, 0)
    assert (today["undated"], way(today)["n"], today["counted_until"]) == (0, 1, "2022-06-30")


def test_what_was_seen_stands_in_where_nothing_was_declared(get):
    version(instant(2020, 1, 1))
    card = item("Seen", maturity="incubating", kind="project", listed_at=instant(2020, 1, 1))
    period(card, instant(2020, 1, 1), instant(2021, 1, 1), maturity="sandbox")
    period(card, instant(2021, 1, 1))
    body = get("stage-ladder/").json()
    assert (body["seen"], way(body)["left"]) == (1, 1)
    row = get("stage-ladder/projects/").json()["results"][0]
    assert (row["stage"], row["since"], row["is_seen"]) == ("incubating", "2021-01-01", True)


def test_dates_that_deny_each_other_are_left_out(get):
    hosted("Backwards", "archived", accepted=date(2020, 1, 1), archived=date(2019, 1, 1))
    found = way(get("stage-ladder/").json())
    assert (found["n"], found["left_out"]) == (0, 1)


def test_filters_narrow_the_rates(get):
    a_few()
    hosted("Other", "sandbox", subcategory=shelf("Wasm", "Tools"), accepted=date(2021, 5, 1))
    assert [way(get(f"stage-ladder/{query}").json())["n"] for query in ("", "?cohort=2021", "?category=wasm")] == [
        6,
        1,
        1,
    ]
    assert len(get("stage-ladder/?transition=sandbox-archived").json()["results"]) == 1


def test_rates_as_csv_have_a_row_for_each_horizon(get):
    a_few()
    response = get("stage-ladder/?format=csv&transition=sandbox-incubating")
    rows = list(csv.DictReader(response.content.decode().splitlines()))
    assert [row["years"] for row in rows] == ["1", "2", "3", "4", "5", "6"]
    assert response["Content-Disposition"] == 'attachment; filename="strata-stage-ladder-2024-07-01.csv"'


def test_standings_tell_days_percentile_and_base_rate(get):
    a_few()
    body = get("stage-ladder/projects/?stage=sandbox&ordering=-days").json()
    assert (body["count"], [row["name"] for row in body["results"]]) == (2, ["Stays", "Still"])
    row = body["results"][0]
    assert (row["days"], row["months"], row["in_stage"], row["percentile"]) == (1642, 53, 2, None)
    assert (row["stood_so_long"], row["promoted_next_12_months"]) == (2, None)


def test_a_category_shows_some_and_compares_with_all(get):
    a_few()
    hosted("Other", "sandbox", subcategory=shelf("Wasm", "Tools"), accepted=date(2021, 5, 1))
    body = get("stage-ladder/projects/?category=wasm").json()
    assert [(row["name"], row["in_stage"]) for row in body["results"]] == [("Other", 3)]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("number", [1, 3])
def test_queries_do_not_grow_with_rows(get, django_assert_num_queries, path, number):
    for place in range(number):
        hosted(f"P{place}", "sandbox", accepted=date(2020, 1, 1))
    # The data version, five of the paths and their span, and two of provenance.
    with django_assert_num_queries(8):
        get(path)


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("bogus=1", "bogus"),
        ("as_of=tomorrow", "as_of"),
        ("as_of=2999-01-01", "as_of"),
        ("known_on=x", "known_on"),
        ("known_on=2020-01-01", "known_on"),
        ("as_of=2022-01-01&known_on=2021-01-01", "known_on"),
        ("category=nothing", "category"),
        ("category=%00", "category"),
        ("include_delisted=maybe", "include_delisted"),
    ],
)
def test_bad_parameters_are_named(get, path, query, name):
    assert list(get(f"{path}?{query}", status=400).json()) == [name]


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("stage-ladder/?transition=up", "transition"),
        ("stage-ladder/?cohort=x", "cohort"),
        ("stage-ladder/?cohort=99999", "cohort"),
        ("stage-ladder/projects/?stage=nowhere", "stage"),
        ("stage-ladder/projects/?ordering=pk", "ordering"),
        ("stage-ladder/projects/?page=0", "page"),
    ],
)
def test_bad_parameters_of_their_own_are_named(get, query, name):
    assert list(get(query, status=400).json()) == [name]
