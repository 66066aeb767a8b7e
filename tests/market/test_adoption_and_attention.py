"""Use against attention: one wave, one base, the stars of its year."""

from datetime import UTC, date, datetime

import pytest
from model_bakery import baker

from market.adoption import first_survey, read_adoption
from market.adoption_and_attention import comparable_years, read_attention
from metrics.formulas.regression import LogRegression
from metrics.models import RepositorySnapshot
from projects.models import ItemRepository, Repository
from tests.market.surveys import answer, wave
from tests.web.catalogue import item

pytestmark = pytest.mark.django_db


def starred(name, stars, *, day=date(2020, 6, 30), of=None, **values):
    made = of or item(name)
    repository = baker.make(Repository, url=f"https://github.com/x/{name}", host="github.com", full_name=f"x/{name}")
    ItemRepository.objects.create(item=made, repository=repository, **({"is_primary": True} | values))
    seen = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    RepositorySnapshot.objects.create(repository=repository, day=day, observed_at=seen, method="landscape", stars=stars)
    return made


def surveyed(count):
    asked = wave(2020)
    for place in range(count):
        answer(asked, f"P{place:02}", 100 + 10 * place, item=starred(f"P{place:02}", 10 ** (2 + place % 3)))
    return asked


def read(year=2020):
    return read_attention(read_adoption(first_survey()), year)


def test_residuals_need_ten_projects():
    surveyed(9)
    attention = read()
    assert len(attention.standings) == 9
    assert {one.residual for one in attention.standings} == {None}


def test_a_line_below_0_lets_expect_0():
    asked = wave(2020)
    for place in range(10):
        answer(asked, f"P{place}", 900 if place else 0, item=starred(f"P{place}", 100_000 if place else 1000))
    answer(asked, "Tiny", 4, item=starred("Tiny", 10))
    attention = read()
    (tiny,) = (one for one in attention.standings if one.curve.name == "Tiny")
    assert attention.line.expected(10) < 0
    assert tiny.residual == tiny.share.share == 0.004


def test_who_is_used_more_than_talked_about_comes_first():
    asked = wave(2020)
    # Ten on a line of ten points more for ten times the stars, and one far from it on each side.
    for place in range(10):
        power = 1 + place % 4
        answer(asked, f"P{place}", 100 * power, item=starred(f"P{place}", 10**power))
    answer(asked, "Quiet", 500, item=starred("Quiet", 300))
    answer(asked, "Loud", 1, item=starred("Loud", 300, of=item("Loud")))
    attention = read()
    assert isinstance(attention.line, LogRegression)
    assert (attention.standings[0].curve.name, attention.standings[-1].curve.name) == ("Quiet", "Loud")
    assert attention.standings[0].residual > 0 > attention.standings[-1].residual
    assert attention.days == (date(2020, 6, 30), date(2020, 6, 30))


def test_only_one_base_and_only_stars_of_the_same_year():
    asked = surveyed(3)
    answer(asked, "Other", 10, 518, item=starred("Other", 500))
    answer(asked, "Later", 10, item=starred("Later", 500, day=date(2021, 1, 31)))
    answer(asked, "Nobody", 10)
    answer(asked, "Starless", 10, item=starred("Starless", 0))
    attention = read()
    assert (attention.asked, attention.other_base) == (1000, 1)
    assert sorted(one.curve.name for one in attention.standings) == ["P00", "P01", "P02"]
    assert [curve.name for curve in attention.without_stars] == ["Later", "Nobody", "Starless"]


def test_the_repository_measured_last_stands_for_its_item():
    asked = wave(2020)
    linkerd = starred("linkerd", 4855, day=date(2020, 1, 31), is_primary=False)
    starred("linkerd2", 3380, day=date(2020, 2, 28), of=linkerd)
    answer(asked, "Linkerd", 100, item=linkerd)
    assert [one.stars.stars for one in read().standings] == [3380]


def test_years_are_those_of_waves_and_stars():
    surveyed(1)
    wave(2021)
    assert comparable_years(read_adoption(first_survey())) == [2020]
    assert read(2021) is None
