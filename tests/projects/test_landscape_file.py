"""The landscape as a file of the field's own format."""

import pytest
import yaml
from model_bakery import baker
from psycopg.types.range import TimestamptzRange

from projects.landscape_file import card, landscape_file_lines
from projects.models import ItemPeriod, SubcategoryPeriod
from sources.clients.landscape_card_bodies import CardShelf
from sources.importers.card_columns import card_of, period_columns
from tests.web.catalogue import FIRST, instant, item, period, shelf

NOW = instant(2020, 1, 1)

# What real files say, quirks included.
BODIES = [
    {"item": None, "name": "Plain"},
    {
        "name": "Harbor",
        "description": 'Stores: images\nand "charts"',
        "homepage_url": "https://goharbor.io/",
        "project": "graduated",
        "repo_url": "https://github.com/goharbor/harbor",
        "additional_repos": [{"repo_url": "https://github.com/goharbor/website", "branch": "main"}],
        "license": "Apache-2.0",
        "logo": "harbor.svg",
        "twitter": "https://twitter.com/project_harbor",
        "url_for_bestpractices": "https://www.bestpractices.dev/projects/2095",
        "crunchbase": "https://www.crunchbase.com/organization/vmware",
        "joined": "2019-01-02",
        "second_path": ["Wasm / Tooling", "Platform / PaaS/Container Service"],
        "extra": {
            "accepted": "2018-07-31",
            "graduated": "2020-06-15",
            "slack_url": "https://example.org",
            "audits": [{"date": "2019-10-01", "type": "security", "vendor": "Cure53", "url": "https://example.org/a"}],
            "annual_review_date": "2023-06-13",
            "cncf_tags": ["a"],
        },
    },
    {"name": "Closed", "open_source": False, "enduser": True, "allow_duplicate_repo": True, "branch": "main"},
    {"name": "Named", "organization": {"name": "Somebody", "url": "https://example.org"}, "stock_ticker": ""},
    {
        "name": "Odd",
        "crunchbase": "none",
        "rep_url": "x",
        "joined": "someday",
        "extra": {"rep_url": "y", "branch": "z"},
    },
    {"name": "真实", "description": "yes", "homepage_url": "#no"},
]


@pytest.mark.parametrize("body", BODIES, ids=lambda body: body["name"])
def test_card_reads_back_as_it_was(body):
    read = CardShelf().card(body)
    stored = ItemPeriod(**period_columns(read))
    assert card_of(stored) == read

    written = yaml.safe_load(yaml.safe_dump(card(stored), allow_unicode=True))

    assert CardShelf().card(written) == read


def listed(section, category_position, position, **values):
    during = TimestamptzRange(values.get("since", FIRST), values.get("until"))
    baker.make(
        SubcategoryPeriod, subcategory=section, during=during, category_position=category_position, position=position
    )


def read_file(when=NOW):
    document = yaml.safe_load("".join(landscape_file_lines(when, comment="as_of: 2020-01-01\nlicence: CC BY 4.0")))
    return [
        (category["name"], section["name"], [card["name"] for card in section["items"]])
        for category in document["landscape"]
        for section in category["subcategories"]
    ]


@pytest.mark.django_db
def test_file_keeps_the_order_of_its_time_and_empty_sections():
    runtime, empty, wasm = shelf("Runtime", "Storage"), shelf("Runtime", "Empty: yes"), shelf("Wasm", "Storage")
    listed(runtime, 1, 1)
    listed(empty, 1, 0)
    listed(wasm, 0, 0)
    listed(shelf("Wasm", "Gone"), 0, 1, until=instant(2019, 1, 1))
    for place, name in enumerate(["Rook", "Ceph"]):
        period(item(name, subcategory=runtime), position=place)
    period(item("WasmEdge", subcategory=wasm))
    period(item("Left", subcategory=wasm), until=instant(2019, 1, 1))

    assert read_file() == [
        ("Wasm", "Storage", ["WasmEdge"]),
        ("Runtime", "Empty: yes", []),
        ("Runtime", "Storage", ["Rook", "Ceph"]),
    ]


@pytest.mark.django_db
def test_file_keeps_cards_whose_section_has_no_place():
    listed(shelf("Runtime", "Storage"), 0, 0)
    period(item("Rook", subcategory=shelf("Runtime", "Storage")))
    period(item("Stray", subcategory=shelf("Special", "Elsewhere")))

    assert read_file() == [("Runtime", "Storage", ["Rook"]), ("Special", "Elsewhere", ["Stray"])]


@pytest.mark.django_db
def test_file_of_nothing_is_a_landscape_still():
    assert read_file() == []


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 3])
def test_file_takes_three_queries_however_many_cards(rows, django_assert_num_queries):
    for number in range(rows):
        period(item(f"Item {number}"))

    with django_assert_num_queries(3):
        "".join(landscape_file_lines(NOW, comment=""))
