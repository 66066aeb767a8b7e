"""Loading criteria, counterparts and origins: idempotent, edits kept, mistakes told with file and line."""

import shutil
from datetime import date

import pytest
import yaml
from django.conf import settings
from django.db import transaction
from model_bakery import baker

from market.models import Assessment, Counterpart, Criterion
from projects.models import ItemOrganization, Organization
from sources.clients.content_yaml import ContentError
from sources.importers.curated import Merge
from sources.importers.judgements_export import export_judgements
from sources.importers.judgements_load import load_judgements
from tests.web.catalogue import item

pytestmark = pytest.mark.django_db

CONTENT = settings.BASE_DIR / "content"


@pytest.fixture
def content(tmp_path):
    shutil.copytree(CONTENT / "schema", tmp_path / "schema")
    for name in ("criteria", "counterparts", "origins"):
        shutil.copy(CONTENT / f"{name}.yaml", tmp_path)
    return tmp_path


def load(root):
    with transaction.atomic():
        merge = Merge.begin()
        load_judgements(root, merge)
        merge.remember()
    return merge


def change(root, name, old, new):
    path = root / name
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def known():
    """A foreign item with its counterpart, and a hosted project with its maker."""
    item("Kong"), item("APISIX"), item("TiKV")
    baker.make(Organization, name="PingCAP", slug="pingcap", permalink="pingcap")


def test_built_in_files_go_in_and_what_the_catalogue_lacks_waits(content):
    load(content)
    assert [one.code for one in Criterion.objects.order_by("position")] == [f"CRI-{n}" for n in range(1, 6)]
    assert not Counterpart.objects.exists()
    assert not ItemOrganization.objects.exists()

    known()
    load(content)

    pair = Counterpart.objects.select_related("item", "counterpart", "source").get()
    assert (pair.item.slug, pair.counterpart.slug) == ("kong", "apisix")
    assert pair.source.url == "https://github.com/apache/apisix"
    origin = ItemOrganization.objects.select_related("item", "organization", "source").get()
    assert (origin.item.slug, origin.organization.slug, origin.role) == ("tikv", "pingcap", "origin")
    assert origin.source.url == "https://github.com/tikv/tikv"


@pytest.mark.parametrize("names", [["TiKV"], ["TiKV", "Chaos Mesh", "TiDB"]])
def test_queries_do_not_grow_with_the_rows(content, django_assert_num_queries, names):
    (content / "criteria.yaml").unlink()
    (content / "counterparts.yaml").unlink()
    baker.make(Organization, name="PingCAP", slug="pingcap", permalink="pingcap")
    origins = [
        {
            "item": item(name).slug,
            "organization": "pingcap",
            "source": {"url": f"https://example.org/{place}", "title": name, "publisher": "PingCAP"},
        }
        for place, name in enumerate(names)
    ]
    (content / "origins.yaml").write_text(yaml.safe_dump({"origins": origins}))
    merge = Merge.begin()

    with django_assert_num_queries(7):
        load_judgements(content, merge)

    assert ItemOrganization.objects.count() == len(names)


def test_twice_is_the_same_as_once(content):
    known()
    load(content)
    before = list(Counterpart.objects.values()) + list(Criterion.objects.values())

    assert load(content).kept == 0

    assert list(Counterpart.objects.values()) + list(Criterion.objects.values()) == before


def test_what_analysts_edit_or_remove_stays(content):
    known()
    load(content)
    Counterpart.objects.all().delete()
    ItemOrganization.objects.all().delete()
    Criterion.objects.filter(code="CRI-1").update(question="Own words?")
    change(content, "criteria.yaml", "Does it own core technology", "Has it core technology")

    merge = load(content)

    assert merge.kept == 3
    assert not Counterpart.objects.exists()
    assert not ItemOrganization.objects.exists()
    assert Criterion.objects.get(code="CRI-1").question == "Own words?"


def test_what_files_drop_goes_unless_somebody_judged_by_it(content):
    known()
    load(content)
    judged = Criterion.objects.get(code="CRI-5")
    of = baker.make("projects.Item", slug="judged", name="Judged", kind="product")
    Assessment.objects.create(criterion=judged, item=of, verdict="met", author="A", assessed_on=date(2026, 1, 1))
    text = (content / "criteria.yaml").read_text()
    (content / "criteria.yaml").write_text(text[: text.index("- code: CRI-4")])
    (content / "counterparts.yaml").write_text("counterparts: []\n")
    (content / "origins.yaml").write_text("origins: []\n")

    load(content)

    assert sorted(Criterion.objects.values_list("code", flat=True)) == ["CRI-1", "CRI-2", "CRI-3", "CRI-5"]
    assert not Counterpart.objects.exists()
    assert not ItemOrganization.objects.exists()


@pytest.mark.parametrize(
    ("name", "old", "new", "mistake"),
    [
        ("criteria.yaml", "code: CRI-2", "code: CRI-1", r"criteria\.yaml, line \d+: 'CRI-1' stands there twice"),
        ("criteria.yaml", "code: CRI-2", "code: two", r"criteria\.yaml, line \d+: criteria\.1\.code"),
        (
            "counterparts.yaml",
            "counterpart: apisix",
            "counterpart: kong",
            r"counterparts\.yaml, line \d+: 'kong' cannot",
        ),
        ("counterparts.yaml", "url: https://github.com/apache/apisix", "url: apisix", r"counterparts\.yaml, line \d+"),
        ("origins.yaml", "origins:", "origins: [", r"origins\.yaml, line \d+"),
    ],
)
def test_mistakes_are_told_with_file_and_line(content, name, old, new, mistake):
    change(content, name, old, new)

    with pytest.raises(ContentError, match=mistake):
        load(content)

    assert not Criterion.objects.exists()


def test_files_come_out_as_they_went_in(content):
    known()
    load(content)

    assert export_judgements(content) == 0


def test_edits_come_out_and_what_the_catalogue_lacks_stays(content):
    known()
    load(content)
    Counterpart.objects.update(reason="Edited.")
    ItemOrganization.objects.all().delete()

    assert export_judgements(content) == 2

    assert "reason: Edited." in (content / "counterparts.yaml").read_text()
    assert "counterpart: tidb" in (content / "counterparts.yaml").read_text()
    assert "item: tikv" not in (content / "origins.yaml").read_text()
    assert "item: dragonfly" in (content / "origins.yaml").read_text()


def test_folder_without_the_files_loads_nothing(tmp_path):
    assert load(tmp_path).given_now == {}
