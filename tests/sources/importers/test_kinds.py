import pytest

from sources.clients.landscape_cards import Card
from sources.clients.landscape_sections import SectionKey
from sources.importers.kinds import card_kind, category_group

CODE = "https://github.com/o/r"


@pytest.mark.parametrize(
    ("category", "card", "kind"),
    [
        ("Runtime", Card("X"), "product"),
        ("Runtime", Card("X", repository_url=CODE), "open_source"),
        ("Runtime", Card("X", repository_url=CODE, is_open_source=False), "product"),
        ("Runtime", Card("X", maturity="sandbox"), "project"),
        ("Runtime", Card("X", maturity="full-open-source"), "project"),
        ("CNCF Members", Card("X (member)"), "member"),
        ("FINOS Members", Card("X", repository_url=CODE), "member"),
        ("Special", Card("X (KCSP)"), "partner"),
        ("Certified Service Providers", Card("X"), "partner"),
        ("Remembering", Card("X"), "product"),
    ],
)
def test_kind_follows_from_category_and_card(category, card, kind):
    assert card_kind(card, SectionKey(category, "Any")) == kind


@pytest.mark.parametrize(
    ("name", "others", "group"),
    [
        ("Runtime", [], "projects"),
        ("CNCF Members", [], "members"),
        ("Special", [], "partners"),
        ("Serverless", [], "serverless"),
        ("WASM", [], "wasm"),
        ("CNAI", [], "ai"),
        ("AI Native Infra", [], "ai"),
        ("Data", ["AI Agent", "Data"], "ai"),
        ("Data", ["Runtime", "Data"], "projects"),
        ("Trainings", ["AI Agent"], "projects"),
    ],
)
def test_group_follows_from_the_name(name, others, group):
    assert category_group(name, others) == group
