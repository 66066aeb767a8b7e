"""Days and spans that mean nothing: said on the page and otherwise ignored."""

import pytest
from django.utils import timezone
from model_bakery import baker

from market.models import Framework, Layer
from tests.web.catalogue import instant, item, period

pytestmark = pytest.mark.django_db

LAYER = "/layers/modules/service/"


@pytest.fixture
def harbor():
    baker.make(Layer, framework=baker.make(Framework, slug="modules", name="Modules"), slug="service", name="Service")
    harbor = item("Harbor")
    period(harbor, until=instant(2020, 5, 1))
    return harbor


def notice(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return [str(error) for errors in response.context["form"].errors.values() for error in errors]


@pytest.mark.parametrize(
    "address",
    [
        "/changes/?since=2999-01-01",
        "/changes/diff/?from=2999-01-01",
        "/changes/diff/?to=2999-01-01",
        "/trends/?until=2999-01-01",
        "/adoption/shares/?day=2999-01-01",
        f"{LAYER}?since=2999-01-01",
    ],
)
def test_page_says_that_a_day_lies_in_the_future(client, harbor, address):
    assert notice(client, address) == ["2999-01-01 lies in the future."]


@pytest.mark.parametrize("address", ["/changes/", "/trends/", LAYER])
def test_page_says_that_a_span_ends_before_it_begins(client, harbor, address):
    assert notice(client, f"{address}?since=2020-02-02&until=2020-02-01") == ["This day lies before the first one."]
    assert notice(client, f"{address}?since=2020-02-02&until=2020-02-02") == []


def test_layer_says_that_a_span_begins_after_the_day_of_the_page(client, harbor):
    assert notice(client, f"{LAYER}?as_of=2019-01-01&since=2020-02-02") == ["This day lies after the last one."]


def test_timeline_says_that_its_years_stand_the_wrong_way_round(client):
    assert notice(client, "/timeline/?first=2020&last=2019") == ["The last year lies before the first."]


def test_today_is_no_future(client, harbor):
    assert notice(client, f"/changes/?until={timezone.now().date()}") == []


def test_comparison_says_that_both_days_lie_after_the_newest_version(client, harbor):
    said = ["The newest version of the landscape is of 2018-03-01."]
    assert notice(client, "/changes/diff/?from=2020-01-01&to=2020-02-01") == said
    assert notice(client, "/changes/diff/?from=2020-02-01&to=2020-01-01") == said
    assert notice(client, "/changes/diff/?from=2020-02-01&to=2018-01-01") == []


@pytest.mark.parametrize(("query", "said"), [("per=-1", "per"), ("column=nope", "column")])
@pytest.mark.parametrize("page", ["/screener/", "/table/"])
def test_lists_say_which_choice_there_is_not(client, harbor, page, query, said):
    response = client.get(f"{page}?{query}")

    assert response.status_code == 200
    assert list(response.context["form"].errors) == [said]
    assert 'role="alert"' in response.content.decode()
