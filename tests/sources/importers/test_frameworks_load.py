"""Loading frameworks: again without writing, without undoing what analysts did, and back into the files."""

import pytest
import yaml
from django.conf import settings

from market.models import Framework, Layer, LayerAssignment
from projects.models import Source
from sources.clients.framework_files import read_frameworks
from sources.importers.curated import Merge
from sources.importers.frameworks_export import export_frameworks
from sources.importers.frameworks_load import load_frameworks
from tests.sources.clients.test_framework_files import GOOD, write  # noqa: F401  (a fixture)
from tests.web.catalogue import item, shelf

pytestmark = pytest.mark.django_db


@pytest.fixture
def root(write):  # noqa: F811
    shelf()
    item("etcd")
    return write(GOOD)


def load(root):
    merge = Merge.begin()
    load_frameworks(root, merge)
    merge.remember()
    return merge


def change(root, before, after):
    path = root / "frameworks" / "layers.yaml"
    path.write_text(path.read_text().replace(before, after))


def stored():
    rows = LayerAssignment.objects.order_by("pk")
    return [(row.layer.slug, row.subcategory_id is not None, row.reason, str(row.assigned_on)) for row in rows]


def test_load_writes_layers_and_assignments_and_again_nothing(root, django_assert_num_queries):
    load(root)
    assert stored() == [("inner", True, "Because.", "2026-11-22"), ("inner", False, "Because.", "2026-11-22")]
    assert Layer.objects.get(slug="inner").parent.slug == "outer"
    assert Framework.objects.get().source == Source.objects.get(url="https://example.org/a")
    keys = set(LayerAssignment.objects.values_list("pk", flat=True))
    assert load(root).kept == 0
    assert set(LayerAssignment.objects.values_list("pk", flat=True)) == keys


def test_things_of_another_catalogue_wait(root):
    change(root, "- etcd", "- etcd\n  - nobody")
    load(root)
    assert len(stored()) == 2
    item("nobody")
    load(root)
    assert len(stored()) == 3


def test_an_analysts_edit_addition_and_deletion_stay(root):
    load(root)
    first, second = LayerAssignment.objects.order_by("pk")
    first.layer = Layer.objects.get(slug="outer")
    first.reason = "I know better."
    first.save()
    second.delete()
    LayerAssignment.objects.create(
        framework=first.framework,
        layer=first.layer,
        item=item("Mine"),
        author="Me",
        reason="Mine.",
        assigned_on="2026-01-01",
    )
    change(root, "reason: Because.", "reason: Because of this.")
    assert load(root).kept
    assert [(layer, reason) for layer, _, reason, _ in stored()] == [("outer", "I know better."), ("outer", "Mine.")]
    load(root)
    assert len(stored()) == 2


def test_what_nobody_edited_follows_the_file(root):
    load(root)
    change(root, "reason: Because.", "reason: Because of this.")
    load(root)
    assert {reason for _, _, reason, _ in stored()} == {"Because of this."}
    change(root, "  items:\n  - etcd\n", "")
    load(root)
    assert len(stored()) == 1
    (root / "frameworks" / "layers.yaml").unlink()
    load(root)
    assert (stored(), Layer.objects.count(), Framework.objects.count()) == ([], 0, 0)


def test_export_gives_back_what_was_loaded_and_edited(root):
    load(root)
    before = read_frameworks(root)
    export_frameworks(root)
    assert read_frameworks(root) == before
    assert export_frameworks(root) == 0
    LayerAssignment.objects.filter(item__slug="etcd").update(reason="Edited.")
    assert export_frameworks(root) == 1
    groups = yaml.safe_load((root / "frameworks" / "layers.yaml").read_text())["assignments"]
    assert [(group["reason"], group.get("items")) for group in groups] == [("Because.", None), ("Edited.", ["etcd"])]


def test_export_keeps_what_this_catalogue_does_not_have(root):
    change(root, "- etcd", "- etcd\n  - nobody")
    load(root)
    export_frameworks(root)
    assert "nobody" in (root / "frameworks" / "layers.yaml").read_text()


def test_built_in_frameworks_judge_every_section_once():
    frameworks = {entry.slug: entry for entry in read_frameworks(settings.BASE_DIR / "content")}
    assert list(frameworks) == [
        "investment-layers", "landscape-categories", "security-4c", "simplified-modules", "trail-map"
    ]  # fmt: skip
    judged = {slug: _judged(entry) for slug, entry in frameworks.items() if not entry.mirrors_categories}
    everything = judged["investment-layers"]
    assert len(everything) > 125
    for slug, places in judged.items():
        assert sorted(places) == sorted(set(places)), slug
        assert set(places) == set(everything), slug
    assert (len(frameworks["simplified-modules"].layers), frameworks["simplified-modules"].claimed_layers) == (7, 8)
    assert [len(frameworks[slug].layers) for slug in ("trail-map", "security-4c", "investment-layers")] == [10, 4, 5]
    assert all(each.reason and each.reason_zh for entry in frameworks.values() for each in entry.assignments)


def _judged(entry):
    assigned = [each.key for each in entry.assignments if each.kind == "subcategory"]
    return assigned + [place for group in entry.unassigned for place in group["subcategories"]]
