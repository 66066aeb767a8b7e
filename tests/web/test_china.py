"""The China page: seats of whom cards name, the essay's numbers beside ours, counterparts."""

import csv
from datetime import UTC, datetime

import pytest
from django.utils.translation import override
from model_bakery import baker

from market.models import Counterpart
from projects.home_countries import CHINESE_HOMES, home_counts, hosted_of_homes
from projects.models import ItemOrganization, Organization, Source
from tests.web.catalogue import instant, item, landscape, period, version
from web.country_names import home_name

pytestmark = pytest.mark.django_db

THEN = datetime(2020, 4, 25, 12, tzinfo=UTC)


def organization(name, country=""):
    return baker.make(Organization, name=name, slug=name.lower(), country=country)


def card(name, maker=None, **values):
    of = item(name, organization=maker, **values)
    period(of, instant(2019, 1, 1))
    return of


def hosted(name, maker, role="origin", **values):
    of = card(name, maturity="sandbox", kind="project", **values)
    ItemOrganization.objects.create(item=of, organization=maker, role=role)
    return of


def text(client, address="/china/"):
    return client.get(address).content.decode()


def rows(client, address):
    response = client.get(address)
    body = b"".join(response.streaming_content).decode()
    return list(csv.DictReader(body.splitlines()))


def test_seats_are_counted_apart_and_together_with_what_is_not_known():
    card("Unnamed")
    card("Unknown", organization("Nowhere"))
    card("American", organization("Acme", "US"))
    for number, code in enumerate(("CN", "CN", "HK", "TW")):
        card(f"Card {number}", organization(f"Maker{number}", code))

    before, after = home_counts([instant(2018, 12, 1), THEN])

    assert (before.cards, before.chinese, before.unknown, before.unnamed) == (0, 0, 0, 0)
    assert after.by_country == {"CN": 2, "HK": 1, "TW": 1}
    assert (after.cards, after.chinese, after.unknown, after.unnamed) == (7, 4, 1, 1)


def test_card_counts_for_whom_it_named_then():
    mover = item("Mover", organization=organization("Acme", "US"))
    period(mover, instant(2019, 1, 1), instant(2021, 1, 1), organization=organization("Maker", "CN"))
    period(mover, instant(2021, 1, 1))

    assert [one.chinese for one in home_counts([THEN, instant(2022, 1, 1)])] == [1, 0]


def test_hosted_projects_follow_their_makers_and_never_their_steward():
    foundation, maker = organization("Foundation", "CN"), organization("Maker", "CN")
    hosted("Stewarded", foundation, role="steward")
    hosted("Made", maker)
    hosted("Foreign", organization("Acme", "US"))
    card("Product", maker)

    assert [one.period.name for one in hosted_of_homes(THEN, CHINESE_HOMES)] == ["Made"]
    assert hosted_of_homes(THEN, ("TW",)) == []
    assert hosted_of_homes(instant(2018, 6, 1), CHINESE_HOMES) == []


def test_cards_of_one_project_count_once():
    maker = organization("Maker", "CN")
    project = baker.make("projects.Project")
    for name in ("Made", "Made (Wasm)"):
        of = item(name, maturity="sandbox", project=project)
        period(of, instant(2019, 1, 1), project=project)
        ItemOrganization.objects.create(item=of, organization=maker, role="origin")

    assert [one.period.name for one in hosted_of_homes(THEN, CHINESE_HOMES)] == ["Made"]


def test_page_shows_the_essays_numbers_beside_ours(client):
    landscape()
    card("Card", organization("Maker", "CN"))
    card("Unknown", organization("Nowhere"))
    hosted("TiKV", organization("PingCAP", "CN"))
    hosted("Harbor", organization("VMware", "US"))

    page = text(client)

    assert "the essay names 3 (N-10), we count 1:" in page
    assert "The essay counts Harbor as well" in page
    assert "−144" in page
    assert "1 name an organization whose seat we do not know and 2 name none" in page


def test_page_without_cards_says_so(client):
    assert "The landscape had no card on that day." in text(client)


def test_page_is_read_in_chinese(client):
    landscape()
    card("Card", organization("Maker", "TW"))

    page = text(client, "/zh-hans/china/")

    assert "所在地在中国的卡片" in page
    assert "台湾" in page


def test_values_that_cannot_be_read_are_reported(client):
    response = client.get("/china/?as_of=soon&home=US&page=x")

    assert response.status_code == 200
    assert "errorlist" in response.content.decode()


@pytest.mark.parametrize(("count", "queries"), [(0, 12), (1, 15), (3, 15)])
def test_page_costs_the_same_however_many_cards(client, count, queries, django_assert_num_queries):
    landscape()
    card("Unnamed")
    for number in range(count):
        maker = organization(f"Maker{number}", "CN")
        card(f"Card {number}", maker)
        made = hosted(f"Project {number}", maker)
        other = card(f"Foreign {number}")
        source = baker.make(Source, url=f"https://example.org/{number}", title="Its repository")
        Counterpart.objects.create(item=other, counterpart=made, reason="Alike.", source=source)
    text(client)

    with django_assert_num_queries(queries):
        page = text(client)

    assert page.count("Alike.") == count


def test_files_hold_the_same(client):
    landscape()
    version(instant(2021, 6, 1))
    maker = organization("Maker", "HK")
    card("Card", maker)
    made = hosted("Made", maker)
    source = baker.make(Source, url="https://example.org/", title="Its repository")
    Counterpart.objects.create(item=card("Foreign"), counterpart=made, reason="Alike.", source=source)

    years = rows(client, "/china/years.csv")
    assert [(row["day"], row["hk"], row["together"], row["cards"]) for row in years] == [
        ("2019-12-31", "1", "1", "3"),
        ("2020-12-31", "1", "1", "3"),
        ("2021-06-01", "1", "1", "3"),
    ]
    (own,) = rows(client, "/china/cards.csv?as_of=2020-04-25")
    assert (own["as_of"], own["slug"], own["country"]) == ("2020-04-25", "card", "HK")
    assert rows(client, "/china/cards.csv?as_of=2020-04-25&home=TW") == []
    (row,) = rows(client, "/china/hosted.csv")
    assert (row["slug"], row["role"], row["organization"]) == ("made", "origin", "Maker")
    (pair,) = rows(client, "/china/counterparts.csv")
    assert (pair["slug"], pair["counterpart_slug"], pair["source"]) == ("foreign", "made", "https://example.org/")
    assert client.get("/china/nothing.csv").status_code == 404


def test_the_three_homes_have_names_of_their_own():
    with override("zh-hans"):
        assert [home_name(code) for code in ("CN", "HK", "TW")] == ["中国大陆", "中国香港", "中国台湾"]
    with override("en"):
        assert [home_name(code) for code in ("CN", "HK", "TW", "DE")] == [
            "Mainland China",
            "Hong Kong",
            "Taiwan",
            "Germany",
        ]
