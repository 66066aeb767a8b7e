"""Which day counts as entry into a stage: declared days, and those seen that stand in for them."""

from datetime import date

import pytest

from metrics.stage_paths import StageDays

A, B, C, D = (date(year, 1, 1) for year in (2019, 2020, 2021, 2022))
START = date(2018, 3, 1)


@pytest.mark.parametrize(
    ("declared", "seen", "maturity", "entered", "only_seen"),
    [
        ({"accepted": A}, {"sandbox": B}, "sandbox", {"sandbox": A}, set()),
        ({"accepted": A, "incubating": B}, {"sandbox": A}, "incubating", {"sandbox": A, "incubating": B}, set()),
        # Accepted into incubation.
        ({"accepted": A, "incubating": A}, {}, "incubating", {"incubating": A}, set()),
        ({"accepted": A, "graduated": A}, {}, "graduated", {"graduated": A}, set()),
        # What is declared to the end holds against what was seen.
        ({"accepted": A, "archived": C}, {"incubating": B}, "archived", {"sandbox": A, "archived": C}, set()),
        # Nothing is declared for the stage it shows.
        ({"accepted": A}, {"sandbox": A, "incubating": B}, "incubating", {"sandbox": A, "incubating": B}, {"incubating"}),
        # It never was shown in the sandbox, so it was accepted into incubation.
        ({"accepted": A}, {"incubating": B}, "incubating", {"incubating": A}, set()),
        ({}, {"sandbox": A}, "sandbox", {"sandbox": A}, {"sandbox"}),
        ({}, {"incubating": A, "graduated": B}, "graduated", {"incubating": A, "graduated": B}, {"incubating", "graduated"}),
        # What the first version shows began before it.
        ({}, {"sandbox": START}, "sandbox", {}, set()),
        ({}, {"sandbox": START, "incubating": B}, "incubating", {"incubating": B}, {"incubating"}),
        ({}, {"sandbox": START, "archived": B}, "archived", {"archived": B}, {"archived"}),
        # Out of the archive again.
        ({}, {"sandbox": A, "archived": B}, "sandbox", {"sandbox": A}, {"sandbox"}),
        ({}, {}, "sandbox", {}, set()),
    ],
)  # fmt: skip
def test_entry_into_stages(declared, seen, maturity, entered, only_seen):
    days = StageDays(declared, seen, history_start=START, maturity=maturity)
    assert (days.entered(), days.only_seen()) == (entered, only_seen)
