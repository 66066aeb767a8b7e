"""What an import makes of small landscapes: identity, slugs, organizations, repositories, and the built-in data."""

import datetime as dt

import pytest
from model_bakery import baker

from projects.models import (
    Category,
    Change,
    Item,
    ItemAlias,
    ItemOrganization,
    ItemPeriod,
    Landscape,
    LandscapeVersion,
    Organization,
    Repository,
)
from sources.importers.errors import UnfitValueError
from sources.importers.landscape_import import import_landscape
from sources.models import ImportNotice
from tests.landscape_repository import LandscapeRepository

NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def repository(tmp_path):
    return LandscapeRepository(tmp_path)


def load(repository, *versions):
    for version in versions:
        repository.commit(version)
    return import_landscape(str(repository.path), clock=lambda: NOW)


def platform(*items, **sections):
    return {"Platform": {"Runtime": list(items), **{name: list(cards) for name, cards in sections.items()}}}


def card(name, **keys):
    return {"name": name, "homepage_url": f"https://{name.lower()}.example", "logo": f"{name}.svg", **keys}


def crunchbase(permalink):
    return f"https://www.crunchbase.com/organization/{permalink}"


def kinds(name):
    return list(Change.objects.filter(item__name=name).order_by("at", "pk").values_list("kind", flat=True))


def test_a_full_import_names_slugs_after_the_newest_names(repository):
    load(repository, platform(card("Spire", logo="s.svg")), platform(card("SPIFFE Runtime", logo="s.svg")))
    item = Item.objects.get()
    assert item.slug == "spiffe-runtime"
    assert list(item.aliases.values_list("name", "slug")) == [("Spire", "spire")]


def test_a_later_rename_keeps_the_slug_and_both_names_lead_to_it(repository):
    load(repository, platform(card("Spire", logo="s.svg")))
    load(repository, platform(card("SPIFFE Runtime", logo="s.svg")))
    item = Item.objects.get()
    assert (item.slug, item.name) == ("spire", "SPIFFE Runtime")
    assert sorted(ItemAlias.objects.values_list("slug", flat=True)) == ["spiffe-runtime", "spire"]


def test_twins_are_two_items_and_the_older_has_the_plain_slug(repository):
    load(repository, platform("Argo", Storage=[]), platform("Argo", Storage=["Argo"]))
    slugs = Item.objects.order_by("listed_at").values_list("slug", flat=True)
    assert list(slugs) == ["argo", "argo-storage"]
    assert ImportNotice.objects.get(kind="duplicate").subject == "Argo"


def test_names_that_differ_by_case_are_two_items(repository):
    load(repository, platform("openGauss", "OpenGauss"))
    assert sorted(Item.objects.values_list("slug", flat=True)) == ["opengauss", "opengauss-runtime"]


def test_a_card_that_comes_back_is_the_same_item(repository):
    load(repository, platform("Argo", "Bento"), platform("Bento"), platform("Argo", "Bento"))
    assert kinds("Argo") == ["listed", "delisted", "relisted"]
    assert ItemPeriod.objects.filter(name="Argo").count() == 2


def test_a_known_rename_links_cards_that_share_nothing(repository):
    load(repository, platform(card("Densify")), platform(card("Kubex")))
    assert kinds("Kubex") == ["listed", "renamed"]


def test_a_position_alone_opens_no_period(repository):
    load(repository, platform("Argo", "Bento"), platform("Bento", "Argo"))
    assert ItemPeriod.objects.count() == 2
    assert list(Item.objects.order_by("position").values_list("name", flat=True)) == ["Bento", "Argo"]


def test_an_unreadable_version_keeps_what_was(repository):
    load(repository, platform("Argo"), "landscape: [", platform("Argo", "Bento"))
    assert list(LandscapeVersion.objects.order_by("position").values_list("status", flat=True)) == [
        "read",
        "unreadable",
        "read",
    ]
    assert kinds("Argo") == ["listed"]


def test_moves_with_a_renamed_section_belong_to_its_break(repository):
    load(
        repository,
        platform("Argo", "Bento", Storage=["Cortex"]),
        {"Platform": {"Runtimes": ["Argo", "Bento"], "Storage": ["Cortex"]}},
    )
    breaks = Change.objects.filter(kind="moved").values_list("item__name", "taxonomy_break__before")
    assert sorted(breaks) == [("Argo", "Platform / Runtime"), ("Bento", "Platform / Runtime")]


def test_organizations_are_named_after_member_cards(repository):
    hosted = [card(name, project="sandbox", crunchbase=crunchbase("cncf")) for name in ("A", "B")]
    vendor = card("C", crunchbase=crunchbase("acme-inc"))
    member = card("ACME (member)", crunchbase=crunchbase("acme-inc"))
    load(repository, {**platform(*hosted, vendor), "CNCF Members": {"Gold": [member]}})
    assert sorted(Organization.objects.values_list("permalink", "name", "slug")) == [
        ("acme-inc", "ACME", "acme-inc"),
        ("cncf", "Cncf", "cncf"),
    ]
    roles = ItemOrganization.objects.values_list("item__name", "organization__permalink", "role")
    assert sorted(roles) == [
        ("A", "cncf", "steward"),
        ("ACME (member)", "acme-inc", "vendor"),
        ("B", "cncf", "steward"),
        ("C", "acme-inc", "vendor"),
    ]


def test_organizations_without_a_permalink_go_by_name(repository):
    load(
        repository,
        platform(card("A", organization={"name": "FINOS Bank"}), card("B", organization={"name": "FINOS Bank"})),
    )
    organization = Organization.objects.get()
    assert (organization.name, organization.items.count()) == ("FINOS Bank", 2)


def test_crunchbase_data_is_not_kept(repository):
    load(repository, platform(card("A", crunchbase_data={"funding": 1000})))
    assert "funding" not in str(ItemPeriod.objects.values()) + str(Item.objects.values())


def test_repositories_are_one_for_all_spellings(repository):
    load(
        repository,
        platform(card("A", repo_url="http://github.com/o/r.git"), card("B", repo_url="https://github.com/O/R/")),
        platform(
            card("A", repo_url="https://github.com/o/new", additional_repos=[{"repo_url": "https://github.com/o/r"}]),
            card("B", repo_url="https://github.com/o"),
        ),
    )
    assert sorted(Repository.objects.values_list("url", "full_name")) == [
        ("https://github.com/o/new", "o/new"),
        ("https://github.com/o/r", "o/r"),
    ]
    links = Item.objects.get(name="A").item_repositories.values_list(
        "repository__full_name", "is_primary", "is_current"
    )
    assert sorted(links) == [("o/new", True, True), ("o/r", False, True)]
    assert list(Item.objects.get(name="B").item_repositories.values_list("is_current", flat=True)) == [False]
    assert ImportNotice.objects.get(kind="repository").subject == "https://github.com/o"


def test_odd_keys_and_places_are_reported_once_with_their_count(repository):
    odd = {"twotter": "x", "second_path": ["Nowhere / At All"]}
    load(repository, platform(card("A", **odd)), platform(card("A", **odd, description="d"), card("B", twotter="y")))
    notices = ImportNotice.objects.order_by("kind").values_list("kind", "subject", "count")
    assert list(notices) == [("placement", "A: Nowhere / At All", 1), ("unknown_key", "twotter", 2)]


def test_a_corrected_date_makes_two_declarations(repository):
    def version(day):
        return platform(card("A", project="sandbox", extra={"accepted": day}))

    load(repository, version("2020-01-01"), version("2020-01-02"))
    said = Item.objects.get().stage_declarations.order_by("declared_on").values_list("declared_on", flat=True)
    assert list(said) == [dt.date(2020, 1, 1), dt.date(2020, 1, 2)]


def test_sections_that_left_keep_their_rows_without_position(repository):
    load(repository, {"Old": {"S": ["A"]}, "New": {"S": []}}, {"New": {"S": ["A"]}})
    assert dict(Category.objects.values_list("name", "position")) == {"New": 0, "Old": None}


def test_a_value_that_is_too_long_is_one_sentence(repository):
    with pytest.raises(UnfitValueError, match="does not fit"):
        load(repository, platform("x" * 400))


class TestBuiltIn:
    @pytest.fixture(autouse=True)
    def built_in(self):
        baker.make(Landscape, pk=1, origin="built-in", is_built_in=True, name="Built in")
        version = baker.make(
            LandscapeVersion, position=0, commit="b", committed_at=NOW, effective_at=NOW, status="read"
        )
        for slug, name, maturity in (
            ("argo", "Argo", "graduated"),
            ("falco", "Sysdig Falco", "sandbox"),
            ("essay", "Essay", ""),
        ):
            item = baker.make(Item, slug=slug, name=name, maturity=maturity, kind="product", summary=f"About {name}.")
            if maturity:
                baker.make(ItemPeriod, item=item, name=name, during=(NOW, None), version=version, kind="project")

    def test_the_same_landscape_keeps_slugs_and_texts(self, repository):
        load(
            repository,
            platform(card("Argo", project="sandbox"), card("Sysdig Falco", project="sandbox", logo="f.svg")),
            platform(card("Argo", project="graduated"), card("Falco", project="sandbox", logo="f.svg")),
        )
        rows = Item.objects.order_by("slug").values_list("slug", "name", "summary", "maturity")
        assert list(rows) == [
            ("argo", "Argo", "About Argo.", "graduated"),
            ("essay", "Essay", "About Essay.", ""),
            ("falco", "Falco", "About Sysdig Falco.", "sandbox"),
        ]
        assert not Landscape.objects.get().is_built_in
        assert not Item.objects.get(slug="essay").periods.exists()
        assert LandscapeVersion.objects.count() == 2

    def test_another_landscape_puts_the_built_in_items_out(self, repository):
        load(repository, platform("Bento", "Cortex"))
        assert sorted(Item.objects.values_list("slug", flat=True)) == ["bento", "cortex"]

    def test_a_failed_import_leaves_the_built_in_data(self, repository):
        with pytest.raises(UnfitValueError):
            load(repository, platform("x" * 400))
        assert Landscape.objects.get().is_built_in
        assert Item.objects.count() == 3
