"""Loading the built-in catalogue: complete, again without writing, and without undoing an analyst's edit."""

from datetime import UTC, datetime

import pytest
import yaml
from django.conf import settings

from projects.data_version import current_data_version
from projects.models import Item, ItemAlias, ItemKind, ItemPeriod, ItemRole, Landscape, Organization, StageDeclaration
from sources.clients.content_files import read_catalogue_content
from sources.clients.content_yaml import ContentError
from sources.clients.landscape_cards import Card
from sources.importers.content_export import export_content
from sources.importers.content_load import load_content
from sources.importers.curated import DIGEST_KEY
from sources.importers.organization_rows import OrganizationRows
from sources.models import ContentEntry

NOW = datetime(2026, 8, 8, tzinfo=UTC)
FIRST = "a" * 40
SECOND = "b" * 40


def statement(at, commit, **keys):
    return {"from": at, "commit": commit, "category": "Runtime", "subcategory": "Proxy", **keys}


ENVOY = {
    "name": "Envoy",
    "summary": "Balances and measures traffic between services.",
    "summary_zh": "负责服务之间流量的均衡与度量。",
    "aliases": ["Envoy Proxy"],
    "essay": ["P-003"],
    "homepage_url": "https://www.envoyproxy.io",
    "repository_url": "https://github.com/envoyproxy/envoy",
    "organization": "cncf",
    "history": [
        statement("2018-03-01T12:00:00Z", FIRST, name="Lyft Envoy", maturity="incubating", organization="cncf"),
        statement(
            "2018-11-28T16:00:00Z",
            SECOND,
            maturity="graduated",
            organization="cncf",
            repository_url="https://github.com/envoyproxy/envoy",
            stages={"accepted": "2017-09-13", "graduated": "2018-11-28"},
        ),
    ],
}
# The same name in another place: a card of its own.
TWIN = {
    "name": "Envoy",
    "summary": "The same proxy, listed a second time.",
    "summary_zh": "同一个代理软件的另一张卡片。",
    "history": [
        {"from": "2018-11-28T16:00:00Z", "commit": SECOND, "category": "Runtime", "subcategory": "Twin"},
        {"from": "2019-01-01T00:00:00Z", "commit": "c" * 40, "delisted": True},
    ],
}
ROBLOX = {
    "name": "Roblox",
    "summary": "Platform for games that players make themselves.",
    "summary_zh": "由玩家自己创作游戏的平台。",
    "kind": "product",
    "organization": "roblox",
}


@pytest.fixture
def content(tmp_path):
    (tmp_path / "schema").symlink_to(settings.BASE_DIR / "content" / "schema")
    (tmp_path / "items").mkdir()
    files = {
        "landscape": {
            "name": "Example Landscape",
            "foundation": "Example",
            "url": "https://example.org/landscape",
            "licence": "CC BY 4.0",
            "attribution": "by Example",
            "as_of": "2026-01-02T03:04:05Z",
        },
        "taxonomy": {"categories": {"Runtime": "运行时"}, "subcategories": {"Proxy": "代理", "Twin": "孪生"}},
        "organizations": {
            "cncf": {"name": "Cloud Native Computing Foundation", "country": "US"},
            "roblox": {"name": "Roblox Corporation", "permalink": False, "parent": "cncf"},
        },
        "items/envoy": ENVOY,
        "items/envoy-twin": TWIN,
        "items/roblox": ROBLOX,
    }
    for name, value in files.items():
        write(tmp_path, name, value)
    return tmp_path


def write(content, name, value):
    (content / f"{name}.yaml").write_text(yaml.safe_dump(value, allow_unicode=True))


def test_items_stand_with_their_slugs_and_history(content, db):
    load_content(content, now=NOW)
    assert [
        (item.slug, item.name, item.kind, item.maturity, item.listed_at is not None, item.delisted_at is not None)
        for item in Item.objects.order_by("slug")
    ] == [
        ("envoy", "Envoy", "project", "graduated", True, False),
        ("envoy-twin", "Envoy", "product", "", True, True),
        ("roblox", "Roblox", "product", "", False, False),
    ]
    assert [
        (period.name, period.maturity, period.subcategory.name_zh)
        for period in ItemPeriod.objects.filter(item__slug="envoy").order_by("during")
    ] == [("Lyft Envoy", "incubating", "代理"), ("Envoy", "graduated", "代理")]
    assert set(StageDeclaration.objects.values_list("item__slug", "stage")) == {
        ("envoy", "accepted"),
        ("envoy", "graduated"),
    }
    assert set(ItemAlias.objects.values_list("item__slug", "slug")) == {
        ("envoy", "envoy-proxy"),
        ("envoy", "lyft-envoy"),
    }


def test_landscape_is_marked_built_in(content, db):
    load_content(content, now=NOW)
    landscape = Landscape.objects.get()
    assert (landscape.is_built_in, landscape.name, landscape.imported_at) == (True, "Example Landscape", NOW)


def test_organizations_get_name_country_and_parent(content, db):
    load_content(content, now=NOW)
    foundation, roblox = Organization.objects.order_by("slug")
    assert (foundation.slug, foundation.name, foundation.country) == ("cncf", "Cloud Native Computing Foundation", "US")
    assert (roblox.slug, roblox.permalink, roblox.parent) == ("roblox", "", foundation)


def test_a_member_card_does_not_rename_what_content_names(content, db):
    load_content(content, now=NOW)
    cards = [
        Card(name="Foundation Cloud (member)", crunchbase_permalink="cncf"),
        Card(name="Acme Labs (contributor)", crunchbase_permalink="acme"),
    ]

    OrganizationRows().store((card, ItemKind.MEMBER) for card in cards)

    names = dict(Organization.objects.exclude(permalink="").values_list("permalink", "name"))
    assert names == {"cncf": "Cloud Native Computing Foundation", "acme": "Acme Labs"}


def test_a_file_that_names_an_organization_for_the_first_time_wins_and_an_analyst_after_it(content, db):
    Organization.objects.create(slug="cncf", permalink="cncf", name="Cncf Cloud")
    load_content(content, now=NOW)
    assert Organization.objects.get(slug="cncf").name == "Cloud Native Computing Foundation"

    Organization.objects.filter(slug="cncf").update(name="The Foundation")
    ContentEntry.objects.filter(key=DIGEST_KEY).delete()
    load_content(content, now=NOW)

    assert Organization.objects.get(slug="cncf").name == "The Foundation"


def say_that_two_are_one(content):
    path = content / "organizations.yaml"
    path.write_text(path.read_text() + "linux-foundation-cncf: {same_as: cncf}\n")


def cards_of_two_permalinks():
    return [(Card("CNCF (member)", crunchbase_permalink=name), "member") for name in ("cncf", "linux-foundation-cncf")]


def test_organization_that_is_another_gives_its_cards_to_it(content, db):
    load_content(content, now=NOW)
    envoy = Item.objects.get(slug="envoy")
    second = Organization.objects.create(slug="second", name="CNCF 2", permalink="linux-foundation-cncf")
    Item.objects.filter(pk=envoy.pk).update(organization=second)
    ItemPeriod.objects.filter(item=envoy).update(organization=second)
    envoy.item_organizations.create(organization=second, role=ItemRole.VENDOR)
    part = Organization.objects.create(slug="part", name="Part", parent=second)
    say_that_two_are_one(content)

    load_content(content, now=NOW)

    first = Organization.objects.get(permalink="cncf")
    envoy.refresh_from_db()
    part.refresh_from_db()
    assert (envoy.organization, part.parent) == (first, first)
    assert {period.organization for period in envoy.periods.all()} == {first}
    assert [one.organization for one in envoy.item_organizations.all()] == [first]
    assert not Organization.objects.filter(slug="second").exists()
    assert not load_content(content, now=NOW).is_new


def test_imported_cards_of_an_organization_that_is_another_are_the_others(content, db):
    say_that_two_are_one(content)
    load_content(content, now=NOW)

    rows = OrganizationRows()
    rows.store(cards_of_two_permalinks())

    assert [rows.of(card).permalink for card, _ in cards_of_two_permalinks()] == ["cncf", "cncf"]
    assert not Organization.objects.filter(permalink="linux-foundation-cncf").exists()


def test_organization_that_is_another_becomes_it_where_the_other_is_missing(content, db):
    load_content(content, now=NOW)
    second = Organization.objects.create(slug="second", name="Acme 2", permalink="acme-2")
    path = content / "organizations.yaml"
    path.write_text(path.read_text() + "acme: {name: Acme}\nacme-2: {same_as: acme}\n")

    load_content(content, now=NOW)

    second.refresh_from_db()
    assert (second.permalink, second.slug, second.name) == ("acme", "acme", "Acme")


def test_second_load_writes_nothing(content, transactional_db):
    load_content(content, now=NOW)
    before = current_data_version()
    assert not load_content(content, now=NOW).is_new
    assert current_data_version() == before


def test_files_are_read_again_only_for_what_they_may_name(content, db):
    load_content(content, now=NOW)
    Item.objects.filter(slug="envoy").update(homepage_url="https://new.example.org", license="MIT")
    assert not load_content(content, now=NOW).is_new

    Organization.objects.create(slug="newcomer", name="Newcomer")
    assert load_content(content, now=NOW).is_new
    assert not load_content(content, now=NOW).is_new
    Item.objects.filter(slug="envoy").update(name="Envoy Proxy")
    assert load_content(content, now=NOW).is_new


def test_analysts_edit_stays_until_the_file_speaks_of_an_unedited_text(content, db):
    load_content(content, now=NOW)
    Item.objects.filter(slug="envoy").update(summary="What the analyst wrote instead of it.")
    write(
        content,
        "items/envoy",
        {**ENVOY, "summary": "A new sentence from the file.", "summary_zh": "文件里的一句新话在这里。"},
    )
    assert load_content(content, now=NOW).kept_edits == 1
    envoy = Item.objects.get(slug="envoy")
    assert (envoy.summary, envoy.summary_zh) == ("What the analyst wrote instead of it.", "文件里的一句新话在这里。")


def test_changed_history_replaces_the_built_in_one_and_keeps_the_rows(content, db):
    load_content(content, now=NOW)
    before = dict(Item.objects.values_list("slug", "pk"))
    write(content, "items/envoy", {**ENVOY, "history": ENVOY["history"][:1]})
    load_content(content, now=NOW)
    assert dict(Item.objects.values_list("slug", "pk")) == before
    assert ItemPeriod.objects.filter(item__slug="envoy").count() == 1


def test_imported_landscape_keeps_its_history(content, db):
    load_content(content, now=NOW)
    Landscape.objects.update(is_built_in=False)
    write(content, "items/envoy", {**ENVOY, "history": ENVOY["history"][:1], "summary": "A new sentence of the file."})
    load_content(content, now=NOW)
    assert ItemPeriod.objects.filter(item__slug="envoy").count() == 2
    assert Item.objects.get(slug="envoy").summary == "A new sentence of the file."


def test_mistake_in_one_file_leaves_everything_as_it_was(content, db):
    load_content(content, now=NOW)
    write(content, "items/roblox", {**ROBLOX, "name": "Renamed", "kind": "robot"})
    with pytest.raises(ContentError, match=r"items/roblox\.yaml, line \d"):
        load_content(content, now=NOW)
    assert Item.objects.get(slug="roblox").name == "Roblox"


def test_export_gives_back_what_was_loaded(content, db):
    load_content(content, now=NOW)
    before = read_catalogue_content(content)
    exported = export_content(content)
    after = read_catalogue_content(content)
    assert exported.without_summary == ()
    strip = [(i.slug, i.name, i.summary, i.summary_zh, i.aliases, i.essay, i.history) for i in before.items]
    assert [(i.slug, i.name, i.summary, i.summary_zh, i.aliases, i.essay, i.history) for i in after.items] == strip
    assert export_content(content).changed == 0


def test_export_carries_an_analysts_edit_back(content, db):
    load_content(content, now=NOW)
    Item.objects.filter(slug="envoy").update(summary="What the analyst wrote instead of it.")
    export_content(content)
    assert (
        yaml.safe_load((content / "items" / "envoy.yaml").read_text())["summary"]
        == "What the analyst wrote instead of it."
    )
