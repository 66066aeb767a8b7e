import datetime as dt

import pytest

from sources.importers.stage_reviews import SeenStage, stage_reviews

START = dt.datetime(2018, 3, 1, 12, tzinfo=dt.UTC)


def day(*parts):
    return dt.date(*parts)


def at(*parts):
    return dt.datetime(*parts, 9, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("declared", "seen", "expected"),
    [
        ({}, [SeenStage("sandbox", at(2020, 1, 1), was_hosted=False)], []),
        ({"accepted": day(2020, 1, 1)}, [SeenStage("sandbox", at(2020, 1, 31), was_hosted=False)], []),
        (
            {"accepted": day(2020, 1, 1)},
            [SeenStage("sandbox", at(2020, 2, 1), was_hosted=False)],
            [("accepted", "seen_late", 31)],
        ),
        (
            {"incubating": day(2020, 3, 1)},
            [SeenStage("incubating", at(2020, 1, 1), was_hosted=True)],
            [("incubating", "seen_early", -60)],
        ),
        ({"accepted": day(2020, 3, 1)}, [SeenStage("sandbox", at(2020, 2, 29), was_hosted=False)], []),
        (
            {"accepted": day(2020, 3, 1)},
            [SeenStage("sandbox", at(2020, 2, 28), was_hosted=False)],
            [("accepted", "seen_early", -2)],
        ),
        ({"graduated": day(2020, 3, 1)}, [], [("graduated", "never_seen", None)]),
        # Before the first version nothing could be seen.
        ({"graduated": day(2017, 3, 1)}, [], []),
        ({"accepted": day(2016, 3, 10)}, [SeenStage("incubating", START, was_hosted=False)], []),
        # Of two acceptances the nearer one counts.
        (
            {"accepted": day(2024, 10, 10)},
            [
                SeenStage("sandbox", at(2019, 5, 14), was_hosted=False),
                SeenStage("sandbox", at(2024, 10, 12), was_hosted=False),
            ],
            [],
        ),
        (
            {"incubating": day(2020, 3, 1), "graduated": day(2020, 2, 1)},
            [
                SeenStage("incubating", at(2020, 3, 1), was_hosted=True),
                SeenStage("graduated", at(2020, 3, 2), was_hosted=True),
            ],
            [("graduated", "out_of_order", 30)],
        ),
    ],
)
def test_reviews_name_what_disagrees(declared, seen, expected):
    found = stage_reviews(declared, seen, recorded_from=START)
    assert [(one.stage, one.reason, one.days) for one in found] == expected
