"""Every statement of the essay has a home in Strata."""

import pytest
from django.conf import settings

from sources.clients.content_files import read_catalogue_content
from sources.clients.knowledge_files import read_knowledge

CONTENT = settings.BASE_DIR / "content"
# How many statements each group of the essay holds, and with how many digits they are numbered.
GROUPS = {
    "DOC": (11, 2), "Q": (8, 1), "DEF": (39, 2), "N": (15, 2), "TM": (10, 2), "MOD": (7, 1), "LAY": (3, 1),
    "OPP": (7, 2), "DIS": (6, 2), "CRI": (5, 1), "CHN": (6, 1), "COR": (13, 1), "LES": (4, 2), "P": (75, 3),
    "C": (30, 2), "F": (14, 2), "A": (8, 2), "V": (8, 2), "R": (12, 2), "T": (29, 2), "S": (21, 2), "X": (22, 2),
    "L": (34, 2), "AN": (8, 2), "CS": (17, 2), "INC": (18, 2), "REF": (31, 2), "PIC": (32, 2), "MISC": (25, 2),
}  # fmt: skip
FIXED = {"catalogue", "reference"}
KINDS = {"concepts": "concept", "comparisons": "comparison", "questions": "question", "timeline": "timeline",
         "forecasts": "forecast"}  # fmt: skip


def codes():
    for group, (number, digits) in GROUPS.items():
        dash = "" if group == "Q" else "-"
        yield from (f"{group}{dash}{one:0{digits}}" for one in range(1, number + 1))


@pytest.fixture(scope="module")
def entries():
    return read_knowledge(CONTENT)


@pytest.fixture(scope="module")
def statements(entries):
    return {entry.slug: entry for entry in entries if entry.kind == "statements"}


def test_every_statement_is_accounted_for(statements):
    assert set(codes()) - set(statements) == set()
    assert set(statements) - set(codes()) == set()


def test_every_home_exists(entries, statements):
    catalogue = read_catalogue_content(CONTENT)
    homes = {f"{KINDS[entry.kind]}:{entry.slug}" for entry in entries if entry.kind in KINDS}
    homes |= {f"insight:{entry.columns['kind']}/{entry.slug}" for entry in entries if entry.kind == "insights"}
    homes |= {f"item:{item.slug}" for item in catalogue.items}
    homes |= {f"organization:{organization.slug}" for organization in catalogue.organizations}
    homes |= {f"layer:{path.stem}" for path in (CONTENT / "frameworks").glob("*.yaml")}
    homes |= {f"funding:{code}" for code in codes() if code[:2] in {"F-", "A-", "V-", "R-"}}
    strange = {code: entry.columns["home"] for code, entry in statements.items()
               if entry.columns["home"] not in homes | FIXED}  # fmt: skip
    assert strange == {}


def test_a_statement_that_does_not_stand_says_what_is_known_today(statements):
    silent = [
        code
        for code, entry in statements.items()
        if entry.columns["status"] in {"differs", "doubtful", "dated"} and not entry.columns["today"]
    ]
    assert silent == []


def test_every_contradiction_of_the_essay_is_shown_as_such(statements):
    inconsistent = [entry for code, entry in statements.items() if code.startswith("INC-")]
    assert len(inconsistent) == 18
    assert {entry.columns["status"] for entry in inconsistent} <= {"differs", "doubtful", "dated"}
