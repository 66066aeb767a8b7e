"""Spellings of employers: the built-in table, and what it refuses."""

from pathlib import Path

import pytest
from django.conf import settings

from metrics.employer_names import employer_names
from metrics.formulas.concentration import Holdings
from sources.clients.content_yaml import read_content

CONTENT = Path(settings.BASE_DIR) / "content"


@pytest.mark.parametrize(
    ("spelling", "employer"),
    [
        ("Google Inc.", "Google"),
        ("google", "Google"),
        ("AWS", "Amazon"),
        ("  VMWare ", "VMware"),
        ("Self-employed", "Independent"),
        ("INDIVIDUAL", "Independent"),
        ("(none)", ""),
        ("", ""),
        ("Nobody Knows Ltd.", "Nobody Knows Ltd."),
    ],
)
def test_the_built_in_table(spelling, employer):
    assert employer_names().employer(spelling) == employer


def test_holdings_join_spellings_and_keep_the_unknown_apart():
    lists = [("Alibaba", 2), ("Alibaba Cloud", 1), ("Independent", 2), ("(none)", 1), ("", 3)]
    assert employer_names().holdings(lists) == Holdings([3], unknown=4, alone=2)


def test_the_built_in_table_has_its_form():
    value = read_content(CONTENT, CONTENT / "metrics" / "employer_names.yaml", schema="employer_names")
    assert set(value) == {"names", "alone", "unknown"}


def test_a_spelling_with_two_meanings_is_refused(tmp_path):
    table = tmp_path / "names.yaml"
    table.write_text("names: {Acme: [A], Umbrella: [a]}\nalone: []\nunknown: []\n", encoding="utf-8")
    with pytest.raises(ValueError, match="a means both Acme and Umbrella"):
        employer_names(table)
