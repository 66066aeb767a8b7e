import pytest

from sources.clients.landscape_sections import SectionKey
from sources.importers.taxonomy_breaks import Flow, taxonomy_breaks


def key(text):
    return SectionKey(*text.split("/"))


def breaks(before, after, moves):
    flows = [Flow(key(old), key(new)) for old, new, count in moves for _ in range(count)]
    found = taxonomy_breaks(
        before={key(place): count for place, count in before.items()},
        after={key(place): count for place, count in after.items()},
        moves=flows,
    )
    return [(one.kind.value, *one.texts(), one.items) for one in found]


@pytest.mark.parametrize(
    ("before", "after", "moves", "expected"),
    [
        ({"P/A": 3}, {"P/A": 3}, [], []),
        ({"P/A": 3}, {"P/A": 3, "P/B": 2}, [], [("added", "", "P / B", 2)]),
        ({"P/A": 3, "P/B": 1}, {"P/B": 1}, [], [("removed", "P / A", "", 3)]),
        ({"P/A": 4}, {"P/B": 3}, [("P/A", "P/B", 2)], [("renamed", "P / A", "P / B", 2)]),
        (
            {"P/A": 2, "P/B": 2},
            {"P/C": 4},
            [("P/A", "P/C", 2), ("P/B", "P/C", 2)],
            [("merged", "P / A + P / B", "P / C", 4)],
        ),
        ({"P/A": 2, "P/B": 2}, {"P/B": 4}, [("P/A", "P/B", 2)], [("merged", "P / A", "P / B", 2)]),
        (
            {"P/A": 6},
            {"P/B": 2, "P/C": 2, "P/D": 2},
            [("P/A", "P/B", 2), ("P/A", "P/C", 2), ("P/A", "P/D", 2)],
            [("split", "P / A", "P / B + P / C + P / D", 6)],
        ),
        # A whole category that only changed its name is one event.
        (
            {"WASM/A": 1, "WASM/B": 2},
            {"Wasm/A": 1, "Wasm/B": 2},
            [("WASM/A", "Wasm/A", 1), ("WASM/B", "Wasm/B", 2)],
            [("renamed", "WASM", "Wasm", 3)],
        ),
        (
            {"AI/A": 1, "AI/B": 2, "AI/C": 1},
            {"Data/A": 1, "Data/B": 2, "Train/D": 1},
            [("AI/A", "Data/A", 1), ("AI/B", "Data/B", 2), ("AI/C", "Train/D", 1)],
            [
                ("renamed", "AI / A", "Data / A", 1),
                ("renamed", "AI / B", "Data / B", 2),
                ("renamed", "AI / C", "Train / D", 1),
            ],
        ),
    ],
)
def test_breaks_follow_the_cards(before, after, moves, expected):
    assert breaks(before, after, moves) == expected
