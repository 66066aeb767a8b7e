"""Surveys in the API."""

import csv

import pytest

from tests.market.surveys import answer, breaking_wave, printed, survey, wave
from tests.web.catalogue import item

pytestmark = pytest.mark.django_db


@pytest.fixture
def figures():
    helm = item("Helm")
    first, second = wave(2019, respondents=1337, base="Everybody."), breaking_wave(2022)
    answer(first, "Helm", 691, 1249, item=helm)
    answer(first, "Helm", 200, 1249, item=helm, question="evaluating")
    answer(second, "Helm", 757, 1777, item=helm)
    printed(first, "challenge", "Security", "0.40", asked=1337, subject_zh="安全")
    return helm


def test_surveys_name_their_waves(get, figures):
    (row,) = get("surveys/").json()["results"]
    assert (row["slug"], row["name_zh"]) == ("cncf", "CNCF 调查")
    assert row["figures"] == "http://testserver/api/v1/surveys/cncf/figures/"
    assert [(each["year"], each["respondents"], each["breaks_series"]) for each in row["waves"]] == [
        (2019, 1337, False),
        (2022, None, True),
    ]
    assert row["waves"][1]["break_reason"] == "A new instrument."
    assert row["waves"][0]["source_url"] == "https://example.org/survey-2019"
    assert get("surveys/cncf/").json() == row
    assert get("surveys/love/", status=404).json() == {"detail": "There is no survey love."}


def test_figures_have_interval_base_and_source(get, figures):
    first, *_rest = get("surveys/cncf/figures/?question=production&item=helm").json()["results"]
    assert first == {
        "year": 2019,
        "question": "production",
        "answer": "Helm",
        "answer_zh": None,
        "item": "helm",
        "item_name": "Helm",
        "answered": 691,
        "asked": 1249,
        "share": 0.55324,
        "low": 0.52555,
        "high": 0.58061,
        "base": None,
        "base_zh": None,
        "breaks_series": False,
        "source_url": "https://example.org/survey-2019",
        "source_licence": "Apache-2.0",
    }


def test_figures_are_chosen_by_question_item_and_year(get, figures):
    def found(query):
        rows = get(f"surveys/cncf/figures/{query}").json()["results"]
        return [(row["year"], row["question"]) for row in rows]

    assert found("") == [(2019, "challenge"), (2019, "evaluating"), (2019, "production"), (2022, "production")]
    assert found("?year=2022") == [(2022, "production")]
    assert found("?question=challenge&question=evaluating") == [(2019, "challenge"), (2019, "evaluating")]
    assert found("?item=helm&year=2019") == [(2019, "evaluating"), (2019, "production")]


def test_a_printed_share_has_no_interval(get, figures):
    (row,) = get("surveys/cncf/figures/?question=challenge").json()["results"]
    assert (row["answered"], row["low"], row["high"], row["share"], row["item"]) == (None, None, None, 0.4, None)


def test_pages_follow_each_other(get, figures):
    first = get("surveys/cncf/figures/?page_size=3").json()
    assert len(first["results"]) == 3
    second = get(first["next"].removeprefix("http://testserver/api/v1/")).json()
    assert ([row["year"] for row in second["results"]], second["next"]) == ([2022], None)


def test_csv(get, figures):
    text = get("surveys/cncf/figures/?format=csv&question=production").content.decode()
    assert [row["share"] for row in csv.DictReader(text.splitlines())] == ["0.55324", "0.426"]


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("?question=love", "question"),
        ("?item=love", "item"),
        ("?year=x", "year"),
        ("?year=1", "year"),
        ("?love=1", "love"),
    ],
)
def test_bad_parameters_are_named(get, figures, query, name):
    assert list(get(f"surveys/cncf/figures/{query}", status=400).json()) == [name]


def test_empty_and_missing_surveys(get):
    assert get("surveys/").json()["results"] == []
    get("surveys/cncf/figures/", status=404)
    survey()
    assert get("surveys/cncf/figures/").json()["results"] == []


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow(get, rows, django_assert_num_queries):
    for number in range(rows):
        of = survey(f"survey-{number}", name=f"Survey {number}")
        answer(wave(2020 + number, of), "Helm", 1, item=item(f"Helm {number}"))
        answer(wave(2030 + number, survey("survey-0")), "Helm", 1)
    with django_assert_num_queries(3):  # data version, surveys, waves
        assert len(get("surveys/").json()["results"]) == rows
    with django_assert_num_queries(3):  # data version, survey, figures
        assert len(get("surveys/survey-0/figures/").json()["results"]) == rows + 1
