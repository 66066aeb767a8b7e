"""The criteria card and the brief of an item: what is known, and what is not, in both languages."""

from datetime import UTC, date, datetime

import pytest
from model_bakery import baker
from psycopg.types.range import TimestamptzRange

from market.models import Assessment, Criterion
from metrics.models import Indicator, MaintainerShare
from projects.models import ItemOrganization, ItemRepository, Organization, Repository, Source
from projects.osi_licences import is_osi_approved
from tests.web.catalogue import item, landscape, period

pytestmark = pytest.mark.django_db

CODES = ("core-technology", "value-and-extensibility", "productised-solution", "openness", "maturity")


@pytest.fixture
def criteria():
    source = baker.make(Source, url="https://example.org/essay", title="The essay", published_on=date(2020, 6, 4))
    for place, slug in enumerate(CODES, start=1):
        values = {"name": slug, "name_zh": f"标准{place}", "question": "Is it?", "question_zh": "是否？"}
        Criterion.objects.create(code=f"CRI-{place}", slug=slug, position=place, source=source, **values)


def project(number=0):
    """A hosted project with all that can be known of it."""
    landscape()
    rook = item(f"Rook {number}", maturity="graduated", kind="project", license="Apache-2.0")
    period(rook)
    maker = baker.make(Organization, name=f"Maker {number}", slug=f"maker-{number}", country="US")
    foundation = baker.make(Organization, name=f"Foundation {number}", slug=f"foundation-{number}")
    ItemOrganization.objects.create(item=rook, organization=maker, role="origin")
    ItemOrganization.objects.create(item=rook, organization=foundation, role="steward")
    repository = baker.make(
        Repository, host="github.com", full_name=f"rook/{number}", url=f"https://github.com/rook/{number}"
    )
    ItemRepository.objects.create(item=rook, repository=repository, is_primary=True)
    for metric, value, window in (("commits", 321.0, 90), ("contributors", 45.0, 0), ("star_percentile", 88.0, 0)):
        values = {"metric": metric, "value": value, "window_days": window, "version": "1"}
        Indicator.objects.create(item=rook, day=date(2026, 5, 1), **values)
    source = baker.make(Source, url=f"https://example.org/maintainers/{number}", title="List of maintainers")
    for employer, people in (("Acme", 3), ("Other", 1)):
        values = {"employer": employer, "maintainers": people, "project_name": rook.name, "source": source}
        MaintainerShare.objects.create(item=rook, as_of=date(2026, 4, 1), **values)
    return rook


def text(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def judge(of, code="CRI-1", author="Anna", **values):
    values = {"verdict": "partly", "judgement": "Storage is Ceph's.", "assessed_on": date(2026, 2, 3)} | values
    return Assessment.objects.create(item=of, criterion=Criterion.objects.get(code=code), author=author, **values)


def test_evidence_stands_beside_judgements_with_dates(client, criteria):
    rook = project()
    judge(rook)

    page = text(client, "/items/rook-0/criteria/")

    for known in ("Maker 0", "321", "approved by the OSI", "Foundation 0", "Acme, 75 % of 4", "rook/0", "Graduated"):
        assert known in page
    assert "Storage is Ceph&#x27;s." in page
    assert "partly met" in page
    assert "Anna, " in page
    assert page.count("Nobody has judged it yet.") == 4
    assert 'href="https://example.org/essay"' in page


def test_what_nobody_knows_is_said_with_its_reason_and_never_0(client, criteria):
    item("Plain")

    page = text(client, "/items/plain/criteria/")

    for why in (
        "Neither its card nor we name a maker.",
        "The CNCF publishes none of it.",
        "Nothing has been measured yet.",
        "Not measured: no source we may use counts them.",
        "Our ledger has no figure.",
        "Its card names none, and GitHub has not been asked.",
        "No list of its maintainers is published.",
        "No survey asked about it.",
    ):
        assert why in page


def test_page_without_criteria_says_so(client):
    item("Plain")

    assert "No criteria are loaded." in text(client, "/items/plain/criteria/")


def test_brief_holds_all_on_one_page(client, criteria):
    rook = project()
    judge(rook)
    Indicator.objects.create(item=rook, metric="stars", value=12345.0, day=date(2026, 5, 1), version="1")

    page = text(client, "/items/rook-0/brief/")

    for known in (
        "12,345",
        "percentile 88 of its section",
        "Acme 75",
        "partly met",
        "List of maintainers",
        "Printed from",
    ):
        assert known in page


def test_brief_of_what_nobody_knows(client):
    item("Plain")

    page = text(client, "/items/plain/brief/")

    for why in ("No description.", "No foundation hosts it.", "Our ledger names no money of its makers."):
        assert why in page


@pytest.mark.parametrize("page", ["criteria", "brief"])
def test_pages_are_read_in_chinese_and_linked_from_the_item(client, criteria, page):
    project()

    assert "标准1" in text(client, f"/zh-hans/items/rook-0/{page}/")
    assert f'href="/items/rook-0/{page}/"' in text(client, "/items/rook-0/")
    assert client.get(f"/items/nothing/{page}/").status_code == 404


@pytest.mark.parametrize(("page", "queries"), [("criteria", 21), ("brief", 27)])
@pytest.mark.parametrize("count", [1, 3])
def test_pages_cost_the_same_however_much_is_known(client, criteria, page, queries, count, django_assert_num_queries):
    rook = project()
    for number in range(count):
        judge(rook, author=f"Author {number}")
        other = item(f"Product {number}")
        ItemOrganization.objects.create(
            item=other, organization=Organization.objects.get(slug="maker-0"), role="vendor"
        )
    text(client, f"/items/rook-0/{page}/")

    with django_assert_num_queries(queries):
        assert "Product 0" in text(client, f"/items/rook-0/{page}/")


@pytest.mark.parametrize(
    ("spdx", "is_approved"),
    [("Apache-2.0", True), ("gpl-3.0-or-later", True), ("BUSL-1.1", False), ("My-Own", None), ("", None)],
)
def test_approved_licences_are_known(spdx, is_approved):
    assert is_osi_approved(spdx) is is_approved


def test_the_brief_says_that_a_declared_day_is_far_from_the_day_seen(client, criteria):
    rook = project()
    since = datetime(2018, 11, 22, 12, tzinfo=UTC)
    baker.make(
        "projects.StageDeclaration",
        item=rook,
        stage="graduated",
        declared_on=since.date(),
        during=TimestamptzRange(since, None),
    )
    assert "seen 266 days early" in text(client, "/items/rook-0/brief/")
