import pytest
from model_bakery import baker

from projects.models import ItemAlias, ItemOrganization, ItemRepository, Organization, Project, Repository
from tests.web.catalogue import FIRST, change, instant, item, landscape, period, shelf, version

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _landscape():
    landscape(public_url="https://github.com/cncf/landscape", attribution="CNCF Landscape")
    version()


@pytest.fixture
def rook():
    rook = item("Rook", maturity="graduated", summary="Stores data.", summary_zh="存储数据。")
    period(rook, FIRST, instant(2020, 10, 7), maturity="incubating", name="Rook IO")
    period(rook, instant(2020, 10, 7), maturity="graduated")
    change(rook, "listed", FIRST, after="Runtime / Storage")
    change(rook, "promoted", instant(2020, 10, 7), before="incubating", after="graduated")
    return rook


def page(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_item_shows_its_facts_with_dates_and_commits(client, rook):
    content = page(client, "/items/rook/")
    commit = rook.periods.get(maturity="graduated").version.commit
    assert "<h1>Rook</h1>" in content
    assert "Stores data." in content
    assert f'href="https://github.com/cncf/landscape/commit/{commit}"' in content
    assert '<a href="/categories/runtime/#storage">Runtime › Storage</a>' in content


def test_item_names_commits_without_links_where_they_cannot_be_looked_up(client, rook):
    landscape(public_url="")
    assert "/commit/" not in page(client, "/items/rook/")


def test_item_has_a_ladder_with_what_was_seen(client, rook):
    ladder = client.get("/items/rook/").context["ladder"]
    assert [(rung.stage, rung.is_current) for rung in ladder] == [("incubating", False), ("graduated", True)]


def test_item_tells_its_history_newest_first(client, rook):
    assert [each.kind for each in client.get("/items/rook/").context["changes"]] == ["promoted", "listed"]


def test_item_as_of_a_day_knows_nothing_later(client, rook):
    response = client.get("/items/rook/?as_of=2019-01-01")
    context = response.context
    assert (context["state"].name, context["state"].maturity) == ("Rook IO", "incubating")
    assert [each.kind for each in context["changes"]] == ["listed"]
    assert [rung.stage for rung in context["ladder"] if rung.is_reached] == ["incubating"]


def test_item_says_that_a_day_did_not_list_it(client, rook):
    assert "The landscape did not list it on" in page(client, "/items/rook/?as_of=2017-01-01")


@pytest.mark.parametrize("as_of", ["yesterday", "2999-01-01", "2020-02-30", "%00", "x" * 500])
def test_item_reports_a_day_it_cannot_read_and_shows_the_present(client, rook, as_of):
    response = client.get(f"/items/rook/?as_of={as_of}")
    assert response.status_code == 200
    assert response.context["as_of"].is_now
    assert 'role="alert"' in response.content.decode()


def test_item_that_left_says_so_with_the_day(client):
    gone = item("Gone", delisted_at=instant(2022, 5, 6))
    period(gone, FIRST, instant(2022, 5, 6))
    content = page(client, "/items/gone/")
    assert "Left the landscape on <time" in content
    assert "6 May 2022" in content


def test_item_that_was_never_listed_is_shown_without_a_history(client):
    item("Essay", listed_at=None)
    content = page(client, "/items/essay/")
    assert "No version of the landscape lists this item." in content
    assert "The history knows nothing of it." in content


def test_item_shows_the_landscapes_own_words_with_their_source(client):
    period(item("Plain", description="What the file says."))
    content = page(client, "/items/plain/")
    assert 'lang="en">What the file says.' in content
    assert "The landscape&#x27;s own words — CNCF Landscape" in content.replace(
        "The landscape's", "The landscape&#x27;s"
    )


def test_item_in_chinese_speaks_chinese_or_says_that_it_cannot(client, rook):
    content = page(client, "/zh-hans/items/rook/")
    assert "存储数据。" in content
    assert "在全景图中的历史" in content
    rook.summary_zh = ""
    rook.save()
    content = page(client, "/zh-hans/items/rook/")
    assert 'lang="en">Stores data.' in content
    assert "尚无中文，暂以英文显示。" in content


@pytest.mark.parametrize(("prefix", "query"), [("", ""), ("/zh-hans", ""), ("", "?as_of=2020-01-01")])
def test_former_slug_leads_to_the_present_one_in_the_same_language(client, rook, prefix, query):
    ItemAlias.objects.create(item=rook, name="Rook IO", slug="rook-io")
    response = client.get(f"{prefix}/items/rook-io/{query}")
    assert (response.status_code, response["Location"]) == (301, f"{prefix}/items/rook/{query}")


def test_unknown_slug_is_404_with_suggestions(client, rook):
    response = client.get("/items/rok/")
    assert response.status_code == 404
    assert '<a href="/items/rook/"><strong>Rook</strong></a>' in response.content.decode()


def test_item_names_stewards_and_vendors_apart(client, rook):
    for name, role in (("CNCF", "steward"), ("Upbound", "vendor")):
        organization = baker.make(Organization, name=name, slug=name.lower())
        ItemOrganization.objects.create(item=rook, organization=organization, role=role)
    content = page(client, "/items/rook/")
    assert "<dt>Steward</dt>" in content
    assert "<dt>Vendor</dt>" in content


def test_item_never_links_an_address_that_is_none(client, rook):
    rook.homepage_url = "javascript:alert(1)"
    rook.links = {"blog_url": "https://blog.rook.io", "slack_url": "javascript:alert(2)"}
    rook.save()
    content = page(client, "/items/rook/")
    assert 'href="https://blog.rook.io"' in content
    assert "javascript:" not in content


def test_item_shows_twins_and_hosted_neighbours_first(client, rook):
    rook.project = baker.make(Project, slug="rook", name="Rook")
    rook.save()
    item("Rook Wasm", project=rook.project, subcategory=shelf("Wasm", "Tools"))
    item("Alpha")
    item("Zeta", maturity="sandbox")
    item("Left", delisted_at=instant(2022, 1, 1))
    context = client.get("/items/rook/").context
    assert [twin.name for twin in context["twins"]] == ["Rook Wasm"]
    assert [neighbour.name for neighbour in context["neighbours"]] == ["Zeta", "Alpha"]


def test_twin_that_left_says_since_when(client, rook):
    rook.project = baker.make(Project, slug="rook", name="Rook")
    rook.save()
    item("Rook Wasm", project=rook.project, delisted_at=instant(2022, 1, 1))
    assert ">1 January 2022</time>" in page(client, "/items/rook/").split("Other cards")[1]


def test_neighbours_of_a_day_are_those_of_that_day(client, rook):
    period(item("Left", delisted_at=instant(2022, 1, 1)), FIRST, instant(2022, 1, 1))
    neighbours = client.get("/items/rook/?as_of=2019-01-01").context["neighbours"]
    assert [neighbour.name for neighbour in neighbours] == ["Left"]


def test_item_as_of_a_day_shows_the_facts_of_that_day(client):
    cncf = baker.make(Organization, name="CNCF", slug="cncf")
    acme = baker.make(Organization, name="Acme", slug="acme")
    tool = item("Tool", maturity="sandbox", organization=cncf, homepage_url="https://tool.io", license="MIT")
    ItemOrganization.objects.create(item=tool, organization=cncf, role="steward")
    said = {"homepage_url": "https://tool.acme.com", "links": {"twitter": "https://twitter.com/acmetool"}}
    moved = instant(2021, 1, 1)
    period(tool, FIRST, moved, maturity="", organization=acme, license="", extra=said, name="Acme Tool")
    period(tool, moved)
    context = client.get("/items/tool/?as_of=2019-01-01").context
    assert [(part.role, part.organization) for part in context["parts"]] == [("vendor", acme)]
    assert [link.url for link in context["links"]] == ["https://tool.acme.com", "https://twitter.com/acmetool"]
    assert context["state"].license == ""
    assert context["committed_at"] == FIRST
    context = client.get("/items/tool/?as_of=2022-01-01").context
    assert [(part.role, part.organization) for part in context["parts"]] == [("steward", cncf)]
    assert context["former_names"] == ["Acme Tool"]


def test_neighbours_and_twins_of_a_day_have_that_days_name_and_maturity(client, rook):
    project = baker.make(Project, slug="rook", name="Rook")
    rook.periods.update(project=project)
    twin = item("Rook Wasm", maturity="graduated", project=project, subcategory=shelf("Wasm", "Tools"))
    period(twin, maturity="incubating", project=project, name="Little Rook")
    period(item("Zeta", maturity="graduated"), maturity="sandbox", name="Alpha")
    context = client.get("/items/rook/?as_of=2019-01-01").context
    assert [(each.name, each.maturity) for each in context["neighbours"]] == [("Alpha", "sandbox")]
    assert [(each.name, each.maturity) for each in context["twins"]] == [("Little Rook", "incubating")]


def test_item_that_left_later_shows_no_leaving_on_an_earlier_day(client):
    gone = item("Gone", delisted_at=instant(2022, 5, 6))
    period(gone, FIRST, instant(2022, 5, 6))
    assert "6 May 2022" not in page(client, "/items/gone/?as_of=2019-01-01")


def test_item_without_any_words_is_described_by_its_place(client):
    period(item("Bare"))
    assert '<meta name="description" content="Bare: Runtime › Storage">' in page(client, "/items/bare/")


def test_item_without_a_known_licence_has_no_line_for_it(client, rook):
    assert "Licence" not in page(client, "/items/rook/")


@pytest.mark.parametrize("rows", [1, 3])
def test_item_queries_of_a_day_do_not_grow(client, django_assert_num_queries, rook, rows):
    for number in range(rows):
        period(item(f"Neighbour {number}"))
    with django_assert_num_queries(11):
        client.get("/items/rook/?as_of=2021-01-01")


@pytest.mark.parametrize("rows", [1, 3])
def test_item_queries_do_not_grow(client, django_assert_num_queries, rook, rows):
    for number in range(rows):
        item(f"Neighbour {number}")
        change(rook, "moved", instant(2021, 1, 1 + number), before="A", after="B")
        organization = baker.make(Organization, slug=f"o{number}")
        ItemOrganization.objects.create(item=rook, organization=organization, role="vendor")
        repository = baker.make(Repository, url=f"https://github.com/rook/r{number}")
        ItemRepository.objects.create(item=rook, repository=repository)
    with django_assert_num_queries(15):
        client.get("/items/rook/")


def test_unchanged_item_costs_a_304(client, rook):
    etag = client.get("/items/rook/")["ETag"]
    assert client.get("/items/rook/", headers={"If-None-Match": etag}).status_code == 304
