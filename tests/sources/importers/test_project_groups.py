import datetime as dt

import pytest

from sources.importers.project_groups import HostedPeriod, project_groups

ONE, TWO, THREE = (dt.datetime(2020, 1, day, tzinfo=dt.UTC) for day in (1, 2, 3))


@pytest.mark.parametrize(
    ("periods", "groups"),
    [
        ([], []),
        ([HostedPeriod(1, ONE, None, "Dapr", "r"), HostedPeriod(2, TWO, None, "Dapr (Serverless)", "")], [[1, 2]]),
        ([HostedPeriod(1, ONE, TWO, "Dapr", "r"), HostedPeriod(2, TWO, None, "Dapr (Wasm)", "")], [[1], [2]]),
        ([HostedPeriod(1, ONE, None, "A", "r"), HostedPeriod(2, TWO, THREE, "B", "r")], [[1, 2]]),
        ([HostedPeriod(1, ONE, TWO, "A", "r"), HostedPeriod(2, TWO, None, "B", "r")], [[1], [2]]),
        ([HostedPeriod(1, ONE, None, "A", ""), HostedPeriod(2, ONE, None, "B", "")], [[1], [2]]),
        (
            [
                HostedPeriod(3, ONE, None, "C", "s"),
                HostedPeriod(1, ONE, TWO, "A", "r"),
                HostedPeriod(2, ONE, None, "B", "r"),
                HostedPeriod(2, TWO, None, "B", "s"),
            ],
            [[1, 2, 3]],
        ),
    ],
)
def test_cards_that_overlap_are_one_project(periods, groups):
    assert sorted(project_groups(periods)) == groups
