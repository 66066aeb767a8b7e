"""Shares of a section: who is measured, who is not, and the index."""

from datetime import date

import pytest
from model_bakery import baker

from market.measured_share import Measure, respondents_year, section_shares
from metrics.formulas.concentration import Concentration
from metrics.formulas.results import Reason, Refusal
from metrics.models import MaintainerShare
from projects.models import ItemRepository, Repository
from tests.market.surveys import answer, wave
from tests.market.test_adoption_and_attention import starred
from tests.web.catalogue import instant, item, period, shelf

pytestmark = pytest.mark.django_db

DAY = date(2020, 6, 30)


def listed(name, **values):
    made = item(name, **values)
    period(made)
    return made


def maintained(of, employer, number, as_of=DAY):
    baker.make(MaintainerShare, item=of, project_name=of.name, as_of=as_of, employer=employer, maintainers=number)


def one(measure, day=DAY, **values):
    (section,) = section_shares(measure, day=day, **values)
    return section


def test_no_items_no_sections():
    assert section_shares(Measure.STARS, day=DAY) == []


def test_stars_are_shared_out_among_what_has_a_repository():
    for name, stars in (("A", 700), ("B", 200), ("C", 100)):
        starred(name, stars, of=listed(name))
    listed("Closed", kind="product")
    unmeasured = listed("Unmeasured")
    repository = baker.make(Repository, url="https://github.com/x/u", host="github.com")
    ItemRepository.objects.create(item=unmeasured, repository=repository)
    listed("Member", kind="member", subcategory=shelf("Members", "Gold"))
    section = one(Measure.STARS)
    assert [(holder.name, holder.share) for holder in section.holders] == [("A", 0.7), ("B", 0.2), ("C", 0.1)]
    assert (section.items, section.with_repository, section.covered) == (5, 4, 3)
    # 70² + 20² + 10²
    assert section.index.value == 5400
    assert section.concentration is Concentration.HIGH
    assert section.measured_on == DAY


def test_an_index_of_two_items_is_refused():
    starred("A", 700, of=listed("A"))
    starred("B", 300, of=listed("B"))
    section = one(Measure.STARS)
    assert isinstance(section.index, Refusal)
    assert (section.index.reason, section.concentration) == (Reason.TOO_FEW_PEERS, None)


def test_a_repository_of_two_items_counts_once_for_the_hosted_one():
    first = starred("Shared", 700, of=listed("Another card"))
    repository = Repository.objects.get(full_name="x/Shared")
    hosted = listed("Kubernetes", maturity="graduated", kind="project")
    ItemRepository.objects.create(item=hosted, repository=repository, is_primary=True)
    section = one(Measure.STARS)
    assert [(holder.item, holder.amount) for holder in section.holders] == [(hosted, 700)]
    assert first != hosted
    assert section.covered == 1


def test_stars_long_before_the_day_are_no_stars_of_that_day():
    starred("A", 700, of=listed("A"), day=date(2020, 1, 31))
    section = one(Measure.STARS)
    assert (section.holders, section.measured_on, section.total) == ((), None, 0)
    assert section.index.reason == Reason.NOT_MEASURED


def test_items_are_those_listed_on_the_day():
    gone = item("Gone", delisted_at=instant(2019, 1, 1))
    period(gone, until=instant(2019, 1, 1))
    listed("Stays")
    assert one(Measure.STARS).items == 1
    assert one(Measure.STARS, day=date(2018, 6, 1)).items == 2


def test_employers_are_added_over_items_and_the_unknown_kept_apart():
    a, b = listed("A"), listed("B")
    maintained(a, "Old", 9, as_of=date(2019, 12, 31))
    maintained(a, "Google", 3)
    maintained(a, "", 2)
    maintained(b, "Google", 1)
    maintained(b, "Red Hat", 4)
    section = one(Measure.EMPLOYERS)
    assert [(holder.name, holder.item, holder.amount) for holder in section.holders] == [
        ("Google", None, 4),
        ("Red Hat", None, 4),
    ]
    assert (section.unknown, section.total) == (2, 10)
    assert section.index.interval.low < section.index.value < section.index.interval.high
    assert [(holder.name, holder.amount) for holder in one(Measure.MAINTAINERS).holders] == [("A", 5), ("B", 5)]


def test_respondents_are_those_of_a_wave_with_one_base():
    helm = listed("Helm")
    clean, mixed = wave(2018), wave(2019)
    answer(clean, "Helm", 290, item=helm)
    answer(mixed, "Helm", 550, item=helm)
    answer(mixed, "Other", 5, 518)
    assert (respondents_year(DAY), respondents_year(date(2017, 1, 1))) == (2018, None)
    section = one(Measure.RESPONDENTS)
    assert [(holder.name, holder.amount) for holder in section.holders] == [("Helm", 290)]
    assert one(Measure.RESPONDENTS, day=date(2018, 3, 10)).covered == 1


def test_respondents_before_the_first_wave_are_nobody():
    listed("Helm")
    assert one(Measure.RESPONDENTS).covered == 0


def test_a_category_narrows():
    listed("A")
    listed("B", subcategory=shelf("Wasm", "Tools"))
    assert [section.subcategory.name for section in section_shares(Measure.STARS, day=DAY, category="wasm")] == [
        "Tools"
    ]


@pytest.mark.parametrize("measure", list(Measure))
@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow(measure, rows, django_assert_num_queries):
    asked = wave(2020)
    for number in range(rows):
        made = listed(f"Item {number}", subcategory=shelf("Runtime", f"Section {number}"))
        starred(f"r{number}", 100, of=made)
        maintained(made, "Google", 1)
        answer(asked, made.name, 10, item=made)
    queries = {"stars": 4, "maintainers": 4, "employers": 4, "respondents": 4}[measure]
    with django_assert_num_queries(queries):
        assert len(section_shares(measure, day=DAY)) == rows
