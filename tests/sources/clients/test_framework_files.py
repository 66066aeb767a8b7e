"""Files of frameworks: what is read, and each mistake with its file and line."""

import shutil

import pytest
from django.conf import settings

from sources.clients.content_yaml import ContentError
from sources.clients.framework_files import read_frameworks

GOOD = """\
name: Layers
author: Strata
source: https://example.org/a
sources:
- url: https://example.org/a
  title: A
layers:
- slug: outer
  name: Outer
- slug: inner
  name: Inner
  part_of: outer
assignments:
- layer: inner
  author: Strata
  assigned_on: '2026-11-22'
  reason: Because.
  subcategories:
  - Runtime / Storage
  items:
  - etcd
unassigned:
- reason: Not technology.
  subcategories:
  - CNCF Members / Gold
"""


@pytest.fixture
def write(tmp_path):
    shutil.copytree(settings.BASE_DIR / "content" / "schema", tmp_path / "schema")
    (tmp_path / "frameworks").mkdir()

    def put(text):
        (tmp_path / "frameworks" / "layers.yaml").write_text(text)
        return tmp_path

    return put


def test_framework_is_read_with_an_assignment_for_each_thing(write):
    (entry,) = read_frameworks(write(GOOD))
    assert (entry.slug, entry.name, [layer.part_of for layer in entry.layers]) == ("layers", "Layers", ["", "outer"])
    assert [(each.kind, each.key, each.layer) for each in entry.assignments] == [
        ("subcategory", "Runtime / Storage", "inner"),
        ("item", "etcd", "inner"),
    ]
    assert entry.unassigned[0]["subcategories"] == ["CNCF Members / Gold"]


def test_no_directory_is_no_framework(tmp_path):
    assert read_frameworks(tmp_path) == []


@pytest.mark.parametrize(
    ("before", "after", "mistake"),
    [
        ("layer: inner", "layer: iner", "line 14: there is no layer 'iner'"),
        ("part_of: outer", "part_of: nowhere", "line 12: no layer 'nowhere' stands before 'inner'"),
        ("- slug: inner", "- slug: outer", "line 10: the slug 'outer' is taken"),
        ("- slug: inner", "- slug: unassigned", "line 10: the slug 'unassigned' is taken"),
        ("source: https://example.org/a", "source: https://example.org/b", "line 3: 'https://example.org/b' is not"),
        ("  - etcd\n", "  - etcd\n  - etcd\n", "line 22: 'etcd' is assigned twice"),
        ("'2026-11-22'", "'2026-02-30'", "line 16: assignments.0.assigned_on: '2026-02-30' is not a 'date'"),
        ("  reason: Because.\n  subcat", "  subcat", "line 14: assignments.0: 'reason' is a required property"),
        ("- Runtime / Storage", "- Storage", "line 19: assignments.0.subcategories.0: 'Storage' does not match"),
        ("name: Layers", "name: Layers\nmirrors_categories: true", "line 2: a framework that mirrors"),
        ("name: Layers", "name: [", "layers.yaml, line"),
    ],
)
def test_mistakes_name_file_and_line(write, before, after, mistake):
    assert before in GOOD
    with pytest.raises(ContentError) as raised:
        read_frameworks(write(GOOD.replace(before, after, 1)))
    assert str(raised.value).startswith("frameworks/layers.yaml")
    assert mistake in str(raised.value)
