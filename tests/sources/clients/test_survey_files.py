"""Survey files: what they say, and each mistake named with file and line."""

import csv
import shutil
from decimal import Decimal

import pytest
from django.conf import settings

from metrics.formulas.proportions import wilson_interval
from sources.clients.content_files import read_catalogue_content
from sources.clients.content_yaml import ContentError
from sources.clients.survey_files import read_names, read_surveys

CONTENT = settings.BASE_DIR / "content"
HEADER = "year,question,subject,subject_zh,answered,asked,share,base,source"
SURVEY = """\
slug: small
name: Small survey
publisher: Somebody
left_out: []
sources:
  first: {url: "https://example.org/1", title: First, publisher: Somebody, licence: Apache-2.0}
  printed: {url: "https://example.org/2", title: Report, publisher: Somebody, licence: none, published_on: 2020-11-17}
bases:
  asked: {text: of those asked, text_zh: 占被问者}
waves:
  - {year: 2019, source: first, respondents: 1337}
  - {year: 2020, source: first, breaks_series: true, break_reason: Asked anew.}
"""


@pytest.fixture
def content(tmp_path):
    shutil.copytree(CONTENT / "schema", tmp_path / "schema")
    (tmp_path / "surveys").mkdir()

    def write(*lines, survey=SURVEY, header=HEADER, names="items: {Helm: helm}\n"):
        (tmp_path / "surveys" / "small.yaml").write_text(survey)
        (tmp_path / "surveys" / "small.csv").write_text("\n".join([header, *lines]) + "\n")
        (tmp_path / "surveys" / "names.yaml").write_text(names)
        return tmp_path

    return write


def test_no_folder_no_surveys(tmp_path):
    assert (read_surveys(tmp_path), read_names(tmp_path)) == ([], {})


def test_counted_and_printed_figures(content):
    root = content(
        "2019,production,Helm,,691,1249,,asked,",
        "2019,challenge,Helm,安全,,1337,0.4,,printed",
        "2020,container_use,Production,生产,,,0.92,,",
    )
    (survey,) = read_surveys(root)
    counted, challenge, use = survey.figures
    assert (counted.share, counted.item, counted.base_zh, counted.source) == (
        Decimal("0.55324"),
        "helm",
        "占被问者",
        None,
    )
    assert (challenge.share, challenge.asked, challenge.item) == (Decimal("0.40000"), 1337, "")
    assert str(challenge.source.published_on) == "2020-11-17"
    assert (use.answered, use.asked) == (None, None)
    assert [(wave.year, wave.breaks_series, wave.respondents) for wave in survey.waves] == [
        (2019, False, 1337),
        (2020, True, None),
    ]


@pytest.mark.parametrize(
    ("line", "mistake"),
    [
        ("2018,production,Helm,,1,2,,,", "2018 is no wave of this survey"),
        ("20x,production,Helm,,1,2,,,", "'20x' in column year is no count"),
        (
            "2019,love,Helm,,1,2,,,",
            "'love' is no question; it is one of production, evaluating, challenge, container_use",
        ),
        ("2019,production,,,1,2,,,", "subject is empty"),
        ("2019,production,Helm,,3,2,,,", "3 answers of 2 asked cannot be"),
        ("2019,production,Helm,,0,0,,,", "0 answers of 0 asked cannot be"),
        ("2019,production,Helm,,3,,,,", "3 answers of nobody asked cannot be"),
        ("2019,production,Helm,,-3,4,,,", "'-3' in column answered is no count"),
        ("2019,production,Helm,,1,2,0.5,,", "a share is printed beside the counts it follows from"),
        ("2019,production,Helm,,,,,,", "share is empty"),
        ("2019,production,Helm,,,,43 %,,", "'43 %' in column share is no number"),
        ("2019,production,Helm,,,,43,,", "the share 43 does not lie between 0 and 1"),
        ("2019,production,Helm,,1,2,,who,", "'who' is no base of this survey"),
        ("2019,production,Helm,,1,2,,,where", "'where' is no source of this survey"),
        ("2019,production,Helm", "3 cells instead of 9"),
    ],
)
def test_each_mistake_names_its_line(content, line, mistake):
    root = content("2019,evaluating,Helm,,1,2,,,", line)
    with pytest.raises(ContentError) as raised:
        read_surveys(root)
    assert str(raised.value) == f"small.csv, line 3: {mistake}."


def test_a_second_line_for_one_answer(content):
    root = content("2019,production,Helm,,1,2,,,", "2019,production,Helm,,1,2,,,")
    with pytest.raises(ContentError, match=r"small\.csv, line 3: 'Helm' has a second line for this year and question"):
        read_surveys(root)


@pytest.mark.parametrize(
    ("change", "mistake"),
    [
        (("year: 2020, source: first", "year: 2019, source: first"), "surveys/small.yaml: a year has two waves."),
        (
            ("year: 2020, source: first", "year: 2020, source: x"),
            "the wave of 2020 cites 'x', which is no source here.",
        ),
        ((", break_reason: Asked anew.", ""), "the wave of 2020 breaks the series without a reason."),
        (("slug: small", "slug: Small!"), "surveys/small.yaml, line 1: slug: "),
        (("published_on: 2020-11-17", "published_on: 2020-13-17"), "surveys/small.yaml, line 7: "),
        (("name: Small survey\n", ""), "'name' is a required property"),
    ],
)
def test_mistakes_of_the_header(content, change, mistake):
    with pytest.raises(ContentError) as raised:
        read_surveys(content(survey=SURVEY.replace(*change)))
    assert mistake in str(raised.value)


def test_a_missing_column(content):
    with pytest.raises(ContentError, match=r"small\.csv, line 1: the column base is missing"):
        read_surveys(content(header=HEADER.replace(",base", "")))


def test_every_built_in_name_is_explained():
    names = read_names(CONTENT)
    (survey,) = read_surveys(CONTENT)
    projects = {figure.subject for figure in survey.figures if figure.question in {"production", "evaluating"}}
    assert projects == names.keys()
    # Two projects that the foundation never hosted stand in whole landscapes alone.
    slugs = {item.slug for item in read_catalogue_content(CONTENT).items}
    assert set(names.values()) - slugs == {"apache-heron", "zipkin"}


def test_golden_figures_of_the_built_in_survey():
    (survey,) = read_surveys(CONTENT)
    kubernetes = [
        figure for figure in survey.figures if (figure.subject, figure.question) == ("Kubernetes", "production")
    ]
    assert [(one.year, f"{one.share:.0%}", one.asked) for one in kubernetes] == [
        (2018, "57%", 1483),
        (2019, "76%", 1334),
        (2020, "83%", 1065),
        (2021, "80%", 1334),
        (2022, "56%", 1777),
    ]
    challenges = [figure for figure in survey.figures if figure.question == "challenge"]
    assert [(one.subject, f"{one.share:.0%}", one.asked) for one in challenges] == [
        ("Cultural changes with the development team", "43%", 1337),
        ("Security", "40%", 1337),
        ("Complexity", "38%", 1337),
        ("Lack of training", "34%", 1337),
        ("Monitoring", "32%", 1337),
    ]
    assert [(wave.year, wave.breaks_series) for wave in survey.waves] == [
        (2016, False), (2018, False), (2019, False), (2020, False), (2021, False), (2022, True),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("answered", "asked", "low", "high"),
    # Bounds as the panel that these figures come from prints them.
    [(29, 518, 0.0393, 0.0792), (108, 1065, 0.0847, 0.1210), (463, 1777, 0.2407, 0.2815), (258, 1483, 0.1555, 0.1941)],
)
def test_intervals_are_those_of_the_panel(answered, asked, low, high):
    interval = wilson_interval(answered, asked)
    assert (round(interval.low, 4), round(interval.high, 4)) == (low, high)
    with (CONTENT / "surveys" / "cncf.csv").open(encoding="utf-8") as file:
        assert (str(answered), str(asked)) in {(row["answered"], row["asked"]) for row in csv.DictReader(file)}
