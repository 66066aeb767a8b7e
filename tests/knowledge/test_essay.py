from datetime import UTC, date, datetime

import pytest
from model_bakery import baker

from knowledge.essay import counted_figures, group_of, read_essay
from knowledge.homes import homes_of
from knowledge.models import SearchText
from market.models import Framework, FundingRound, Layer
from projects.models import Organization
from tests.knowledge.entries import concept, statement
from tests.web.catalogue import item, landscape, period, version

pytestmark = pytest.mark.django_db


def codes(**asked):
    return [row.statement.code for group in read_essay(**asked).groups for row in group.statements]


def test_statements_stand_in_their_groups_inconsistencies_first():
    for position, code in enumerate(("DEF-01", "N-02", "DEF-02", "INC-01")):
        statement(code, position)
    assert [group.key for group in read_essay().groups] == ["INC", "DEF", "N"]
    assert codes() == ["INC-01", "DEF-01", "DEF-02", "N-02"]
    assert group_of("CRI-4a") == "CRI"


def test_statements_are_filtered_and_counted_whatever_is_asked():
    statement("DEF-01")
    statement("N-02", status="differs")
    assert codes(group="DEF") == ["DEF-01"]
    assert codes(status="differs") == ["N-02"]
    assert codes(group="DEF", status="differs") == []
    essay = read_essay(group="DEF")
    assert (essay.shown, essay.total, essay.by_status["differs"]) == (1, 2, 1)


def test_a_home_is_named_and_linked():
    concept("sidecar")
    SearchText.objects.create(kind="concept", path="concept:sidecar", title="Sidecar", title_zh="边车", words="")
    kong = baker.make(Organization, slug="kong", name="Kong", name_zh="")
    funding = baker.make(
        FundingRound, slug="kong-c", organization=kong, essay_id="F-01", announced_on="2019-03-18", date_precision="day",
        series="c", amount=None, amount_usd=None, currency="", post_money_usd=None,
    )  # fmt: skip
    baker.make("market.Citation", funding_round=funding, page="1", retrieved_on=date(2026, 11, 22))
    framework = baker.make(Framework, slug="trail-map", name="Trail Map")
    baker.make(Layer, framework=framework, slug="ci-cd", name="CI/CD", parent=None)
    item("Istio")
    paths = [
        "concept:sidecar",
        "funding:F-01",
        "layer:trail-map/ci-cd",
        "layer:trail-map",
        "catalogue",
        "item:istio",
        "reference",
        "funding:F-99",
        "nowhere",
    ]
    found = {path: (home.url, str(home.title)) for path, home in homes_of(paths).items()}
    assert found == {
        "concept:sidecar": ("/concepts/sidecar/", "Sidecar"),
        "funding:F-01": ("/organizations/kong/#money", "Kong"),
        "layer:trail-map/ci-cd": ("/layers/trail-map/ci-cd/", "CI/CD"),
        "layer:trail-map": ("/layers/trail-map/", "Trail Map"),
        "catalogue": ("/", "The landscape"),
        "item:istio": ("/items/istio/", "Istio"),
        "reference": ("/essay/", "The essay’s own references"),
        "funding:F-99": ("/funding/", "Funding"),
        "nowhere": ("", "nowhere"),
    }


def test_numbers_are_counted_in_the_landscape_of_that_day():
    landscape()
    since = datetime(2020, 4, 25, 7, tzinfo=UTC)
    version(since)
    chinese = baker.make(Organization, slug="jd", name="JD", country="CN")
    period(item("ChubaoFS", maturity="sandbox", organization=chinese), since)
    period(item("etcd", maturity="incubating"), since)
    period(item("Later", maturity="graduated"), datetime(2021, 1, 1, tzinfo=UTC))
    figures = counted_figures()
    assert {code: figure.value for code, figure in figures.items()} == {
        "N-02": 2, "N-03": 0, "N-04": 1, "N-05": 1, "N-06": 2, "N-07": 1, "N-08": 1, "N-09": 1,
    }  # fmt: skip
    assert figures["N-09"].unknown == 1


def test_nothing_is_counted_before_the_history():
    landscape()
    version(datetime(2022, 1, 1, tzinfo=UTC))
    assert counted_figures() == {}


@pytest.mark.parametrize("statements", [1, 3])
def test_the_essay_takes_as_many_queries_for_three(statements, django_assert_num_queries):
    for number in range(statements):
        statement(f"DEF-0{number}", number, home=f"concept:concept-{number}")
    with django_assert_num_queries(2):
        read_essay()
