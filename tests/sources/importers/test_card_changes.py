import pytest

from sources.clients.landscape_cards import Card
from sources.clients.landscape_sections import SectionKey
from sources.importers.card_changes import differences
from sources.importers.catalogue_rows import Statement

A, B = SectionKey("Runtime", "Container Runtime"), SectionKey("Special", "Certified")


def changes(before, after, *, places=(A, A)):
    found = differences(Statement(before, places[0]), Statement(after, places[1]))
    return [(one.kind.value, one.before, one.after) for one in found]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (Card("X"), Card("X", description="new words"), []),
        (Card("X"), Card("Y"), [("renamed", "X", "Y")]),
        (Card("X"), Card("X", maturity="sandbox"), [("accepted", "", "sandbox")]),
        (Card("X", maturity="sandbox"), Card("X", maturity="graduated"), [("promoted", "sandbox", "graduated")]),
        (Card("X", maturity="graduated"), Card("X", maturity="sandbox"), [("demoted", "graduated", "sandbox")]),
        (Card("X", maturity="sandbox"), Card("X", maturity="archived"), [("archived", "sandbox", "archived")]),
        (Card("X", maturity="sandbox"), Card("X"), [("unhosted", "sandbox", "")]),
        (Card("X", maturity="forming"), Card("X", maturity="active"), [("stage", "forming", "active")]),
        (
            Card("X", repository_url="https://github.com/a/b"),
            Card("X", repository_url="https://github.com/a/c"),
            [("repository", "https://github.com/a/b", "https://github.com/a/c")],
        ),
        (
            Card("X", repository_url="https://github.com/a/b"),
            Card("X", repository_url="http://github.com/A/B.git/"),
            [],
        ),
        (Card("X", crunchbase_permalink="a"), Card("X", organization_name="B"), [("organization", "a", "B")]),
        (
            Card("X", repository_url="https://github.com/a/b"),
            Card("X", repository_url="https://github.com/a/b", is_open_source=False),
            [("reclassified", "open_source", "product")],
        ),
    ],
)
def test_differences_name_what_happened(before, after, expected):
    assert changes(before, after) == expected


def test_a_move_names_both_places_and_the_new_kind():
    assert changes(Card("X"), Card("X"), places=(A, B)) == [
        ("moved", "Runtime / Container Runtime", "Special / Certified"),
        ("reclassified", "product", "partner"),
    ]
