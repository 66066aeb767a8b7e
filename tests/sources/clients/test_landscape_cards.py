"""One card's mapping in each of the forms that real files have."""

import datetime as dt
import math

import pytest

from sources.clients.landscape_card_bodies import CardShelf, NamelessCardError
from sources.clients.landscape_cards import Card, Placement, RepositoryLink, Stage
from sources.clients.landscape_values import TooManyValuesError


def card(**body):
    return CardShelf().card({"name": "Cilium", **body})


def extra_card(**extra):
    return card(extra=extra)


def fields(given):
    """Give the fields of a card that are not empty, without its name."""
    empty = Card("Cilium")
    return {
        name: getattr(given, name)
        for name in Card.__slots__
        if name != "name" and getattr(given, name) != getattr(empty, name)
    }


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({}, {}),
        ({"item": None}, {}),
        ({"item": ""}, {}),
        ({"homepage_url": " https://cilium.io ", "logo": "cilium.svg"}, {"homepage_url": "https://cilium.io", "logo": "cilium.svg"}),
        ({"repo_url": "https://github.com/cilium/cilium"}, {"repository_url": "https://github.com/cilium/cilium"}),
        ({"repo_url": None, "description": None, "twitter": None}, {}),
        ({"project": "graduated"}, {"maturity": "graduated"}),
        ({"cncf_project": "incubating"}, {"maturity": "incubating"}),
        ({"project": "graduated", "cncf_project": "incubating"}, {"maturity": "graduated"}),
        ({"project": None}, {}),
        ({"extra": {"project": "sandbox"}}, {"extra": {"project": "sandbox"}, "unknown_keys": ("extra.project",)}),
        (
            {"project": "incubating", "extra": {"project": "sandbox"}},
            {"maturity": "incubating", "extra": {"project": "sandbox"}, "unknown_keys": ("extra.project",)},
        ),
        ({"project": "full-open-source"}, {"maturity": "full-open-source"}),
        ({"license": "Apache-2.0"}, {"license": "Apache-2.0"}),
        ({"open_source": False}, {"is_open_source": False}),
        ({"open_source": "true"}, {"is_open_source": True}),
        ({"open_source": "perhaps"}, {"extra": {"open_source": "perhaps"}}),
        ({"crunchbase": "https://www.crunchbase.com/organization/isovalent"}, {"crunchbase_permalink": "isovalent"}),
        ({"crunchbase": "https://www.crunchbase.com/organization/isovalent/"}, {"crunchbase_permalink": "isovalent"}),
        ({"crunchbase": "https://www.crunchbase.com/person/x"}, {"extra": {"crunchbase": "https://www.crunchbase.com/person/x"}}),
        ({"crunchbase_data": {"country": "China"}, "extra": {"crunchbase_data": {"a": 1}}}, {}),
        ({"organization": "Isovalent"}, {"organization_name": "Isovalent"}),
        ({"organization": {"name": "Isovalent"}}, {"organization_name": "Isovalent"}),
        ({"organization": {"name": "Isovalent", "url": "x"}}, {"organization_name": "Isovalent", "extra": {"organization": {"url": "x"}}}),
        ({"organization": "https://www.crunchbase.com/organization/isovalent"}, {"crunchbase_permalink": "isovalent"}),
        ({"joined": "2021-02-09"}, {"joined_on": dt.date(2021, 2, 9)}),
        ({"joined": dt.date(2021, 2, 9)}, {"joined_on": dt.date(2021, 2, 9)}),
        ({"joined": "soon"}, {"extra": {"joined": "soon"}}),
        ({"second_path": "Runtime / Network"}, {"other_placements": (Placement("Runtime", "Network"),)}),
        (
            {"second_path": ["Wasm / Runtime", "Platform / PaaS/Container Service", "A/B", "Serverless", None]},
            {"other_placements": (Placement("Wasm", "Runtime"), Placement("Platform", "PaaS/Container Service"), Placement("A", "B"), Placement("Serverless", ""))},
        ),
        ({"second_path": None}, {}),
        (
            {"additional_repos": [{"repo_url": "https://github.com/cilium/hubble", "branch": "main"}, "https://github.com/cilium/ebpf"]},
            {"additional_repositories": (RepositoryLink("https://github.com/cilium/hubble", "main", ""), RepositoryLink("https://github.com/cilium/ebpf", "", ""))},
        ),
        ({"additional_repos": [{"branch": "main"}]}, {"extra": {"additional_repos": [{"branch": "main"}]}}),
        ({"additional_repos": None}, {}),
        (
            {"twitter": "https://x.com/ciliumproject", "extra": {"slack_url": "https://slack.cilium.io", "blog_url": ""}},
            {"links": (("slack_url", "https://slack.cilium.io"), ("twitter", "https://x.com/ciliumproject"))},
        ),
        ({"bluesky_url": "a", "extra": {"bluesky_url": "b"}}, {"links": (("bluesky_url", "a"),), "extra": {"bluesky_url": "b"}}),
        ({"branch": 2.1, "enduser": True}, {"extra": {"branch": "2.1", "enduser": True}}),
        (
            {"rep_url": "x", "twotter": "y", "extra": {"documentation_ul": "z", "lfx_slug": "cilium"}},
            {"extra": {"rep_url": "x", "twotter": "y", "documentation_ul": "z", "lfx_slug": "cilium"}, "unknown_keys": ("extra.documentation_ul", "rep_url", "twotter")},
        ),
        ({"extra": None}, {}),
        ({"extra": "words"}, {"extra": {"extra": "words"}}),
        ({1: "one", None: "two"}, {"extra": {"1": "one", "": "two"}, "unknown_keys": ("", "1")}),
    ],
)  # fmt: skip
def test_card_reads_each_form(body, expected):
    assert fields(CardShelf().card({"name": "Cilium", **body})) == expected


@pytest.mark.parametrize(
    ("extra", "stages"),
    [
        ({"accepted": "2021-10-13", "incubating": "2021-10-13"}, [("accepted", (2021, 10, 13)), ("incubating", (2021, 10, 13))]),
        ({"incubation": "2022-03-01"}, [("incubating", (2022, 3, 1))]),
        ({"incubated": "2022-06-01"}, [("incubating", (2022, 6, 1))]),
        ({"archives": "2023-06-30"}, [("archived", (2023, 6, 30))]),
        ({"graduated": dt.date(2023, 10, 11)}, [("graduated", (2023, 10, 11))]),
        ({"accepted": dt.datetime(2023, 5, 17, tzinfo=dt.UTC)}, [("accepted", (2023, 5, 17))]),
        ({"accepted": "2022-6-17"}, [("accepted", (2022, 6, 17))]),
        ({"accepted": "2023-05-17T00:00:00.000Z"}, [("accepted", (2023, 5, 17))]),
        ({"accepted": 20190806}, [("accepted", (2019, 8, 6))]),
        ({"accepted": None}, []),
    ],
)  # fmt: skip
def test_card_reads_declared_stages_in_each_spelling(extra, stages):
    read = extra_card(**extra)

    assert read.stages == tuple(Stage(stage, dt.date(*day)) for stage, day in stages)
    assert (read.extra, read.unknown_keys) == ({}, ())


def test_card_keeps_a_stage_without_a_day_in_extra():
    read = extra_card(accepted="2022-02-31", archived="never")

    assert (read.stages, read.extra, read.unknown_keys) == ((), {"accepted": "2022-02-31", "archived": "never"}, ())


def test_card_keeps_the_second_of_two_spellings_in_extra():
    read = extra_card(incubating="2022-03-01", incubation="2022-02-01")

    assert read.stages == (Stage("incubating", dt.date(2022, 3, 1)),)
    assert read.extra == {"incubation": "2022-02-01"}


def test_card_gives_extra_as_json():
    read = extra_card(
        audits=[{"date": 20190806, "vendor": "Cure53"}, {"date": dt.date(2020, 1, 2)}, "words"],
        annual_review_date=dt.datetime(2023, 7, 11, tzinfo=dt.UTC),
        annotations={"a": {1, 2}, "b": b"\x00\x01", "c": math.inf, "d": (1, None)},
        tag="nul\x00 byte",
    )

    assert read.extra == {
        "audits": [{"date": "2019-08-06", "vendor": "Cure53"}, {"date": "2020-01-02"}, "words"],
        "annual_review_date": "2023-07-11",
        "annotations": {"a": [1, 2], "b": "AAE=", "c": "inf", "d": [1, None]},
        "tag": "nul byte",
    }


@pytest.mark.parametrize("name", [None, "", "  ", "\x00"])
def test_card_without_a_name_is_refused(name):
    with pytest.raises(NamelessCardError):
        CardShelf().card({"name": name})


@pytest.mark.parametrize(
    ("name", "text"), [(42, "42"), (dt.date(2020, 1, 2), "2020-01-02"), (" openGauss ", "openGauss")]
)
def test_card_gives_its_name_as_text(name, text):
    assert CardShelf().card({"name": name}).name == text


def test_card_finds_what_stands_below_its_marker():
    assert CardShelf().card({"item": {"name": "Cilium", "logo": "cilium.svg"}}) == Card("Cilium", logo="cilium.svg")


def test_shelf_gives_equal_cards_as_one_object():
    shelf = CardShelf()
    first = shelf.card({"name": "Cilium", "joined": "2021-02-09", "extra": {"tag": "a", "specification": True}})
    again = shelf.card({"extra": {"specification": True, "tag": "a"}, "joined": dt.date(2021, 2, 9), "name": "Cilium"})

    assert again is first
    assert (hash(again), len(shelf)) == (hash(first), 1)


def test_shelf_keeps_values_of_different_types_apart():
    shelf = CardShelf()

    assert shelf.card({"name": "a", "enduser": True}) is not shelf.card({"name": "a", "enduser": 1})


def test_card_that_unfolds_without_end_is_refused():
    loop = []
    loop.append(loop)

    with pytest.raises(TooManyValuesError):
        extra_card(annotations=loop)
