import pytest

from sources.clients.landscape_cards import Card
from sources.clients.landscape_sections import SectionKey
from sources.importers.identity import Standing, match_names, match_renames

A, B = SectionKey("Platform", "A"), SectionKey("Platform", "B")
FOUNDATION = "foundation"


def card(name, place=A, **columns):
    return Standing(place, Card(name, **columns))


@pytest.mark.parametrize(
    ("ended", "begun", "expected"),
    [
        ([card("X")], [card("X")], {0: 0}),
        ([card("X")], [card("X", B)], {0: 0}),
        ([card("X")], [card("x")], {}),
        # The exact place wins over the order.
        ([card("X", A), card("X", B)], [card("X", B), card("X", A)], {0: 1, 1: 0}),
        ([card("X", A), card("X", A)], [card("X", A), card("X", A)], {0: 0, 1: 1}),
        ([card("X", A)], [card("X", B), card("X", A)], {1: 0}),
    ],
)
def test_names_pair_by_place_then_by_name(ended, begun, expected):
    assert match_names(dict(enumerate(ended)), dict(enumerate(begun))) == expected


@pytest.mark.parametrize(
    ("gone", "new", "expected"),
    [
        (
            [card("Spire", repository_url="https://github.com/o/r")],
            [card("X", repository_url="http://github.com/O/R/")],
            {0: 0},
        ),
        ([card("Spire")], [card("SPIRE")], {0: 0}),
        ([card("Metal3-io")], [card("metal3 io")], {0: 0}),
        ([card("X", homepage_url="https://www.x.io/")], [card("Y", homepage_url="http://x.io")], {0: 0}),
        ([card("X", logo="x.svg")], [card("Y", logo="x.svg")], {0: 0}),
        ([card("X", crunchbase_permalink="acme")], [card("Y", crunchbase_permalink="acme")], {0: 0}),
        ([card("X", A, crunchbase_permalink="acme")], [card("Y", B, crunchbase_permalink="acme")], {}),
        ([card("X", crunchbase_permalink=FOUNDATION)], [card("Y", crunchbase_permalink=FOUNDATION)], {}),
        # Two that are alike on one side tell nothing.
        ([card("X", logo="x.svg")], [card("Y", logo="x.svg"), card("Z", logo="x.svg")], {}),
        ([card("X")], [card("Y")], {}),
        # A stronger sign is used up before a weaker one is asked.
        (
            [card("X", logo="l", repository_url="https://github.com/o/r"), card("Y", logo="l")],
            [card("Z", logo="l"), card("W", repository_url="https://github.com/o/r")],
            {1: 0, 0: 1},
        ),
    ],
)
def test_renames_pair_by_what_stays_the_same(gone, new, expected):
    assert match_renames(dict(enumerate(gone)), dict(enumerate(new)), lambda: FOUNDATION) == expected
