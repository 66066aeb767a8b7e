"""All answers to a question, and the waves of which nothing is known."""

import pytest

from market.survey_answers import read_answers
from tests.market.surveys import answer, printed, survey, wave

pytestmark = pytest.mark.django_db


def test_answers_stand_by_wave_and_missing_waves_are_named():
    first, second, third = wave(2018), wave(2019), wave(2020)
    printed(second, "challenge", "Culture", "0.43", asked=1337)
    printed(second, "challenge", "Security", "0.40")
    printed(third, "challenge", "Security", "0.32")
    answer(first, "Helm", 10)
    table = read_answers(survey(), "challenge")
    assert [each.year for each in table.waves] == [2019, 2020]
    assert [each.year for each in table.waves_without] == [2018]
    assert [(row.newest.subject, [share and share.share for share in row.shares]) for row in table.rows] == [
        ("Security", [0.4, 0.32]),
        ("Culture", [0.43, None]),
    ]
    assert [(share.year, share.figure.subject) for share in table.shares] == [
        (2019, "Culture"),
        (2019, "Security"),
        (2020, "Security"),
    ]
    assert sorted(source.title for source in table.sources) == ["Survey 2019", "Survey 2020"]


def test_no_answers():
    wave(2018)
    table = read_answers(survey(), "container_use")
    assert (table.rows, table.waves, [each.year for each in table.waves_without]) == ((), (), [2018])
