import re
from datetime import date

import pytest
from model_bakery import baker

from projects.models import ItemOrganization, Organization, Source
from tests.web.catalogue import change, instant, item, landscape, shelf, version

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _landscape():
    landscape()
    version()


@pytest.fixture
def upbound():
    source = baker.make(Source, title="Company register", url="https://example.org/register")
    upbound = baker.make(
        Organization, name="Upbound", slug="upbound", country="US", country_source=source, kind="company"
    )
    rook = item("Rook", maturity="graduated")
    ItemOrganization.objects.create(item=rook, organization=upbound, role="vendor")
    ItemOrganization.objects.create(item=rook, organization=upbound, role="origin")
    item("Space", organization=upbound)
    item("Gone", organization=upbound, delisted_at=instant(2020, 2, 3))
    member = {"kind": "member", "joined_on": date(2019, 1, 2), "subcategory": shelf("CNCF Members", "Silver")}
    item("Upbound (member)", organization=upbound, **member)
    return upbound


def listed(response):
    return re.findall(r'<th scope="row"><a href="/organizations/([^/]+)/">', response.content.decode())


def test_organization_shows_its_items_with_its_part_in_them(client, upbound):
    page = client.get("/organizations/upbound/").context["page"]
    assert [(each.name, each.parts) for each in page] == [
        ("Rook", ["origin", "vendor"]),
        ("Space", []),
        ("Gone", []),
    ]


def test_organization_shows_membership_and_country_with_its_source(client, upbound):
    content = client.get("/organizations/upbound/").content.decode()
    assert "United States" in content
    assert '<a href="https://example.org/register">Company register</a>' in content
    assert "Silver</a>" in content
    assert "2 January 2019" in content


def test_an_organization_without_cards_is_not_given_a_membership(client, upbound):
    Organization.objects.create(name="Twistlock", slug="twistlock")
    upbound.items.filter(kind="open_source").update(organization=None)
    ItemOrganization.objects.all().delete()
    assert "No card names it." in client.get("/organizations/twistlock/").content.decode()
    content = client.get("/organizations/upbound/").content.decode()
    assert "No card but its membership names it." in content


def test_organization_never_shows_unknown_as_something(client):
    baker.make(Organization, name="Quiet", slug="quiet")
    content = client.get("/organizations/quiet/").content.decode()
    assert content.count('<span class="unknown">unknown</span>') == 2


def test_organization_shows_what_changed_about_its_items(client, upbound):
    change(item("Moved", organization=upbound), "moved", instant(2020, 1, 1), before="A", after="B")
    assert [each.kind for each in client.get("/organizations/upbound/").context["changes"]] == ["moved"]


def test_unknown_organization_is_404_with_suggestions(client, upbound):
    response = client.get("/organizations/up-bound/")
    assert response.status_code == 404
    assert '<a href="/organizations/upbound/"><strong>Upbound</strong></a>' in response.content.decode()


@pytest.fixture
def several(upbound):
    acme = baker.make(Organization, name="acme", slug="acme", country="DE", kind="company")
    item("One", organization=acme)
    former = baker.make(Organization, name="Former", slug="former")
    item("Past", organization=former, delisted_at=instant(2020, 1, 1))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["upbound", "acme"]),
        ("sort=name", ["acme", "upbound"]),
        ("country=DE", ["acme"]),
        ("q=BOUND", ["upbound"]),
        ("kind=foundation", []),
        ("former=on", ["upbound", "acme", "former"]),
        ("country=XX&kind=x&sort=x&page=x", ["upbound", "acme"]),
    ],
)
def test_organizations_filters(client, several, query, expected):
    assert listed(client.get(f"/organizations/?{query}")) == expected


def test_organizations_count_their_listed_cards(client, several):
    page = client.get("/organizations/?former=on").context["page"]
    assert [(each.slug, each.listed_items) for each in page] == [("upbound", 2), ("acme", 1), ("former", 0)]


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("path", "queries"), [("/organizations/", 5), ("/organizations/upbound/", 10)])
def test_organization_queries_do_not_grow(client, django_assert_num_queries, upbound, rows, path, queries):
    for number in range(rows):
        change(item(f"Item {number}", organization=upbound), "listed", instant(2020, 1, 1 + number))
        baker.make(Organization, name=f"Child {number}", slug=f"child-{number}", parent=upbound)
        item(f"Other {number}", organization=baker.make(Organization, slug=f"other-{number}"))
    with django_assert_num_queries(queries):
        client.get(path)


def test_organizations_of_an_empty_landscape_offer_no_filter_to_remove(client):
    text = client.get("/organizations/").content.decode()
    assert "The landscape names no organization." in text
    assert "Remove all filters" not in text
    assert "Remove all filters" in client.get("/organizations/?q=nobody").content.decode()


def test_organizations_speak_chinese(client, upbound):
    assert "<h1>组织</h1>" in client.get("/zh-hans/organizations/").content.decode()
    assert "美国" in client.get("/zh-hans/organizations/upbound/").content.decode()
