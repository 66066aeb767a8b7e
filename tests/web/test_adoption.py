"""The adoption pages: what they hold with no, one and three projects, their files, and both languages."""

import csv
from datetime import UTC, date, datetime

import pytest
from model_bakery import baker

from metrics.models import MaintainerShare
from tests.market.surveys import answer, breaking_wave, printed, survey, wave
from tests.market.test_adoption_and_attention import starred
from tests.web.catalogue import item, landscape, period, shelf, version

pytestmark = pytest.mark.django_db

DAY = date(2020, 6, 30)
PAGES = [
    "/adoption/",
    "/adoption/?list=ranking",
    "/adoption/?list=pipeline",
    "/adoption/attention/",
    "/adoption/surveys/",
]


@pytest.fixture(autouse=True)
def _landscape(time_machine):
    time_machine.move_to(datetime(2026, 11, 22, 6, tzinfo=UTC), tick=False)
    landscape()
    version()


def surveyed(*names):
    """Give projects 60 % in 2020 and 2021, and 40 % after the break; stars of 2020."""
    waves = [wave(2020, base="Somebody.", base_zh="某人。"), wave(2021), breaking_wave(2022)]
    for place, name in enumerate(names):
        made = starred(name, 1000 * (place + 1), of=item(name))
        period(made)
        for each, answered in zip(waves, (600, 610, 400), strict=True):
            answer(each, name, answered - place, item=made)
            answer(each, name, 100, item=made, question="evaluating")
    return waves


def page(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def rows(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return list(csv.DictReader(b"".join(response.streaming_content).decode().splitlines()))


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("prefix", ["", "/zh-hans"])
def test_pages_without_a_survey_say_so(client, path, prefix):
    text = page(client, prefix + path)
    assert 'class="empty"' in text


def test_the_break_is_drawn_and_never_bridged(client):
    surveyed("Helm")
    text = page(client, "/adoption/")
    svg = text.partition('<svg class="chart shares"')[2].partition("</svg>\n</li>")[0]
    # Three waves, one line within the first instrument, one break.
    assert (svg.count("<circle"), svg.count('class="stroke"'), svg.count('class="break"')) == (3, 1, 1)
    assert "2020: 60.0 % (56.9–63.0 %), 600 of 1,000" in text
    assert "The series breaks here." in text
    assert "2 of 6 comparable points" in text
    assert "at most 2 before it breaks" in text


def test_a_wave_names_who_was_asked_and_its_source(client):
    surveyed("Helm")
    text = page(client, "/adoption/?year=2020")
    assert "Somebody." in text
    assert 'href="https://example.org/survey-2020"' in text
    assert "The series breaks here." not in text
    assert "某人。" in page(client, "/zh-hans/adoption/?year=2020")
    assert "问卷改版。" in page(client, "/zh-hans/adoption/")


def test_ranking_moves_only_between_comparable_waves(client):
    surveyed("Helm", "Envoy")
    text = page(client, "/adoption/?list=ranking&year=2021")
    assert "since 2020 among the projects" in text
    assert text.index(">Helm</a>") < text.index(">Envoy</a>")
    assert "No wave before can be compared" in page(client, "/adoption/?list=ranking&year=2022")


def test_the_pipeline_names_its_samples(client):
    surveyed("Helm")
    text = page(client, "/adoption/?list=pipeline&year=2021")
    assert "Two samples of different people" in text
    assert "+1.0" in text
    assert "No wave before can be compared" in page(client, "/adoption/?list=pipeline&year=2022")


@pytest.mark.parametrize("query", ["?year=1999", "?year=x", "?list=love", "?page=x"])
def test_bad_values_are_shown_and_ignored(client, query):
    surveyed("Helm")
    text = page(client, f"/adoption/{query}")
    assert ("errorlist" in text) == (query != "?page=x")
    assert ">Helm</a>" in text


def test_attention_draws_the_line_and_the_residuals(client):
    names = [f"P{place:02}" for place in range(12)]
    surveyed(*names)
    text = page(client, "/adoption/attention/")
    svg = text.partition('<svg class="chart shares scatter"')[2].partition("</figure>")[0]
    assert (svg.count("<circle"), svg.count('class="expected"')) == (12, 1)
    assert "It says nothing of causes." in text
    assert "Of 1,000 asked about each" in text
    found = rows(client, "/adoption/attention.csv")
    assert len(found) == 12
    assert {"stars", "stars_on", "residual", "asked", "source"} <= found[0].keys()
    assert float(found[0]["residual"]) >= float(found[-1]["residual"])


def test_attention_without_a_line_ranks_nobody(client):
    surveyed("Helm")
    text = page(client, "/adoption/attention/?year=2020")
    assert "Too few projects for a line" in text
    assert 'class="expected"' not in text


def test_questions_show_base_and_what_is_missing(client):
    first = wave(2019)
    printed(
        first,
        "challenge",
        "Security",
        "0.40",
        asked=1337,
        base="of the respondents",
        subject_zh="安全",
        base_zh="占受访者",
    )
    wave(2020)
    text = page(client, "/adoption/surveys/")
    assert "40 %" in text
    assert "of the respondents, n = 1,337" in text
    assert "No figure that could be cited was found for these waves: 2020" in text
    chinese = page(client, "/zh-hans/adoption/surveys/")
    assert "安全" in chinese
    assert "占受访者" in chinese
    (row,) = rows(client, "/adoption/surveys.csv")
    assert (row["answer"], row["share"], row["low"], row["asked"]) == ("Security", "0.4", "", "1337")
    assert 'class="empty"' in page(client, "/adoption/surveys/?question=container_use")
    assert "errorlist" in page(client, "/adoption/surveys/?question=love")


def test_shares_say_what_they_are(client):
    surveyed("Helm", "Envoy", "Rook")
    period(item("Closed", kind="product"))
    text = page(client, "/adoption/shares/")
    assert "None of these is a market share" in text
    assert "3 of 4 items measured" in text
    assert "3 of 4 have a repository" in text
    assert "30 June 2020" in text
    # Of 6,000 stars 1/6, 1/3 and 1/2.
    assert "3,889" in text
    assert "highly concentrated" in text
    found = rows(client, "/adoption/shares.csv")
    assert [(row["holder"], row["amount"], row["hhi"]) for row in found] == [
        ("Rook", "3000", "3889"),
        ("Envoy", "2000", "3889"),
        ("Helm", "1000", "3889"),
    ]


def test_shares_of_few_items_have_no_index(client):
    surveyed("Helm")
    assert "Fewer than 3 items are measured." in page(client, "/adoption/shares/")
    (row,) = rows(client, "/adoption/shares.csv?measure=respondents&day=2021-12-31")
    assert (row["holder"], row["amount"], row["hhi"]) == ("Helm", "610", "")
    assert "wave of 2021" in page(client, "/adoption/shares/?measure=respondents&day=2021-12-31")
    assert "No wave up to that day" in page(client, "/adoption/shares/?measure=respondents&day=2019-12-31")


def test_shares_of_employers_keep_the_unknown_apart(client):
    made = item("Helm")
    period(made)
    for employer, number in (("Google", 3), ("", 1)):
        baker.make(MaintainerShare, item=made, as_of=DAY, employer=employer, maintainers=number, project_name="Helm")
    text = page(client, "/adoption/shares/?measure=employers")
    assert "1 unknown" in text
    assert "75.0 %" in text
    (row,) = rows(client, "/adoption/shares.csv?measure=employers")
    assert (row["holder"], row["hhi_low"], row["hhi_high"]) == ("Google", "6250", "10000")


def test_shares_narrow_and_survive_nonsense(client):
    surveyed("Helm")
    period(item("Tool", subcategory=shelf("Wasm", "Tools")))
    assert ">Helm</a>" not in page(client, "/adoption/shares/?category=wasm")
    for query in ("?day=x", "?measure=love", "?category=love", "?day=9999-01-01"):
        page(client, f"/adoption/shares/{query}")
    assert 'class="empty"' in page(client, "/adoption/shares/?day=2001-01-01")
    (row, *_) = rows(client, "/adoption/shares.csv?category=wasm")
    assert (row["section"], row["holder"], row["measured"]) == ("Tools", "", "0")


def test_files_hold_whole_lists(client):
    surveyed("Helm", "Envoy")
    curves = rows(client, "/adoption/curves.csv")
    assert len(curves) == 12
    assert {row["year"]: row["breaks_series"] for row in curves} == {"2020": "no", "2021": "no", "2022": "yes"}
    ranking = rows(client, "/adoption/ranking.csv?year=2021")
    assert [(row["place"], row["movement"], row["slug"]) for row in ranking] == [
        ("1", "0", "helm"),
        ("2", "0", "envoy"),
    ]
    assert [row["slug"] for row in rows(client, "/adoption/pipeline.csv?year=2021")] == ["envoy", "helm"]
    assert client.get("/adoption/love.csv").status_code == 404


@pytest.mark.parametrize("path", ["curves.csv", "attention.csv", "surveys.csv", "shares.csv"])
def test_files_without_rows_have_columns(client, path):
    assert rows(client, f"/adoption/{path}") == []


def test_an_item_shows_its_surveyed_share_with_interval_n_and_source(client):
    surveyed("Helm")
    text = page(client, "/items/helm/")
    section = text.partition('<section class="section surveyed">')[2].partition("</section>")[0]
    assert "CNCF survey 2022:" in section
    assert "40.0 %" in section
    assert "37.0–43.1 %" in section
    assert "n = 1,000" in section
    assert 'href="https://example.org/survey-2020"' in section
    assert section.count("(break)") == 1
    assert 'class="section surveyed"' not in page(client, "/items/helm/?as_of=2019-01-01")
    period(item("Unasked"))
    assert 'class="section surveyed"' not in page(client, "/items/unasked/")


def test_htmx_gets_the_results_alone(client):
    surveyed("Helm")
    for path, fragment in (
        ("", "adoption"),
        ("attention/", "attention"),
        ("surveys/", "survey"),
        ("shares/", "shares"),
    ):
        text = client.get(f"/adoption/{path}", headers={"HX-Request": "true"}).content.decode()
        assert text.strip().startswith(f'<div id="{fragment}-results">')


@pytest.mark.parametrize("path", [*PAGES, "/adoption/shares/"])
def test_pages_are_said_in_chinese(client, path):
    surveyed("Helm", "Envoy", "Rook")
    survey().waves.all()
    text = page(client, f"/zh-hans{path}")
    assert '<html lang="zh-Hans"' in text
    assert "采用" in text


@pytest.mark.parametrize(
    ("path", "queries"),
    [
        ("/adoption/", 5),
        ("/adoption/?list=ranking&year=2021", 5),
        ("/adoption/?list=pipeline&year=2021", 5),
        ("/adoption/attention/", 8),
        ("/adoption/surveys/?question=production", 5),
        ("/adoption/shares/", 8),
    ],
)
@pytest.mark.parametrize("count", [1, 3])
def test_pages_take_the_same_queries_however_many_rows(client, path, queries, count, django_assert_num_queries):
    surveyed(*["Helm", "Envoy", "Rook"][:count])
    client.get(path)
    with django_assert_num_queries(queries):
        page(client, path)


def test_a_printed_share_and_a_missing_one_say_why(client):
    first, second = wave(2019), wave(2020)
    printed(first, "production", "Helm", "0.55")
    answer(second, "Envoy", 10)
    answer(second, "Helm", 20)
    text = page(client, "/adoption/surveys/?question=production")
    assert "55 %" in text
    assert "not asked, or not known" in text
    ranking = page(client, "/adoption/?list=ranking&year=2019")
    assert "only the share is printed, so there is no interval" in ranking


def test_a_section_whose_employers_are_mostly_unknown_has_no_index(client):
    made = item("Helm")
    period(made)
    for employer, number in (("Google", 1), ("", 3)):
        baker.make(MaintainerShare, item=made, as_of=DAY, employer=employer, maintainers=number, project_name="Helm")
    assert "More than half is unknown." in page(client, "/adoption/shares/?measure=employers")
