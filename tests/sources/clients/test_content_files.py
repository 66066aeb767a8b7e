"""Content files: what is read, and how each mistake is named."""

import shutil
from datetime import UTC, date, datetime

import pytest
from django.conf import settings

from sources.clients.content_files import Statement, content_digest, read_catalogue_content
from sources.clients.content_yaml import ContentError

LANDSCAPE = """\
name: Example Landscape
foundation: Example
url: https://example.org/landscape
licence: CC BY 4.0
attribution: by Example
as_of: '2026-01-02T03:04:05Z'
"""
ITEM = """\
name: Envoy
summary: A network proxy for services in a mesh.
summary_zh: 面向服务的网络代理软件。
history:
- from: '2018-03-01T12:15:11Z'
  commit: {commit}
  category: Runtime
  subcategory: Proxy
  maturity: incubating
  stages:
    accepted: '2017-09-13'
- from: '2019-01-01T00:00:00Z'
  commit: {commit}
  delisted: true
""".format(commit="a" * 40)


@pytest.fixture
def content(tmp_path):
    shutil.copytree(settings.BASE_DIR / "content" / "schema", tmp_path / "schema")
    (tmp_path / "items").mkdir()
    (tmp_path / "landscape.yaml").write_text(LANDSCAPE)
    (tmp_path / "taxonomy.yaml").write_text("categories: {Runtime: 运行时}\nsubcategories: {Proxy: 代理}\n")
    (tmp_path / "organizations.yaml").write_text(
        "cncf: {name: CNCF, country: US}\nessay-only: {name: E, permalink: false}\n"
    )
    (tmp_path / "items" / "envoy.yaml").write_text(ITEM)
    return tmp_path


def test_item_is_read_with_its_history(content):
    (item,) = read_catalogue_content(content).items
    assert item.slug == "envoy"
    assert item.history == (
        Statement(
            at=datetime(2018, 3, 1, 12, 15, 11, tzinfo=UTC),
            commit="a" * 40,
            name="Envoy",
            category="Runtime",
            subcategory="Proxy",
            maturity="incubating",
            stages=(("accepted", date(2017, 9, 13)),),
        ),
        Statement(at=datetime(2019, 1, 1, tzinfo=UTC), commit="a" * 40, name="Envoy"),
    )


def test_organization_without_permalink_keeps_its_own_key(content):
    assert [(o.slug, o.permalink) for o in read_catalogue_content(content).organizations] == [
        ("cncf", "cncf"),
        ("essay-only", ""),
    ]


def test_subcategory_of_one_place_goes_before_its_name_alone(content):
    (content / "taxonomy.yaml").write_text("categories: {}\nsubcategories: {Proxy: 代理, Wasm / Proxy: 网关}\n")
    taxonomy = read_catalogue_content(content).taxonomy
    assert [taxonomy.subcategory_name_zh(c, "Proxy") for c in ("Runtime", "Wasm")] == ["代理", "网关"]


def test_digest_changes_with_any_file(content):
    before = content_digest(content)
    (content / "items" / "envoy.yaml").write_text(ITEM.replace("mesh", "MESH"))
    assert content_digest(content) != before


@pytest.mark.parametrize(
    ("file", "text", "sentence"),
    [
        ("items/envoy.yaml", "name: [", "items/envoy.yaml, line 2: did not find expected node content."),
        (
            "items/envoy.yaml",
            "name: A\nkind: robot\n",
            "items/envoy.yaml, line 2: kind: 'robot' is not one of ['open_source', 'product'].",
        ),
        ("items/envoy.yaml", "kind: product\n", "items/envoy.yaml, line 1: 'name' is a required property."),
        ("items/envoy.yaml", "name: A\nname: B\n", "items/envoy.yaml, line 2: 'name' stands twice."),
        (
            "items/envoy.yaml",
            "name: A\nkind: product\ncolour: red\n",
            "items/envoy.yaml, line 1: Additional properties are not allowed ('colour' was unexpected).",
        ),
        (
            "items/envoy.yaml",
            ITEM.replace("2017-09-13", "2017-02-30"),
            "items/envoy.yaml, line 11: history.0.stages.accepted: '2017-02-30' is not a 'date'.",
        ),
        (
            "items/envoy.yaml",
            ITEM.replace("'2019-01-01T00:00:00Z'", "yesterday"),
            "items/envoy.yaml, line 12: history.1.from: 'yesterday' is not a 'date-time'.",
        ),
        (
            "items/envoy.yaml",
            ITEM.replace("2019-01-01", "2016-01-01"),
            "items/envoy.yaml: its history goes back from 2018-03-01 to 2016-01-01.",
        ),
        ("items/envoy.yaml", "", "items/envoy.yaml, line 1: None is not of type 'object'."),
        (
            "organizations.yaml",
            "cncf: {name: CNCF, country: Usa}\n",
            "organizations.yaml, line 1: cncf.country: 'Usa' does not match '^[A-Z]{2}$'.",
        ),
        (
            "organizations.yaml",
            "cncf: {name: CNCF}\nlf:\n  same_as: linux\n",
            "organizations.yaml, line 3: 'linux' is no organization that the landscape names.",
        ),
        (
            "organizations.yaml",
            "cncf: {name: CNCF}\na: {same_as: cncf}\nb: {same_as: a}\n",
            "organizations.yaml, line 3: 'a' is no organization that the landscape names.",
        ),
        (
            "organizations.yaml",
            "own: {name: Own, permalink: false}\na: {same_as: own}\n",
            "organizations.yaml, line 2: 'own' is no organization that the landscape names.",
        ),
        (
            "organizations.yaml",
            "cncf: {name: CNCF}\na: {same_as: cncf, country: US}\n",
            "organizations.yaml, line 2: a: 'same_as' was expected.",
        ),
        (
            "landscape.yaml",
            LANDSCAPE.replace("https:", "ftp:"),
            "landscape.yaml, line 3: url: 'ftp://example.org/landscape' does not match '^https://'.",
        ),
    ],
)
def test_mistake_is_named_with_file_and_line(content, file, text, sentence):
    (content / file).write_text(text)
    with pytest.raises(ContentError) as error:
        read_catalogue_content(content)
    assert str(error.value) == sentence


def test_file_that_is_not_utf8_is_named(content):
    (content / "items" / "envoy.yaml").write_bytes(b"name: \xff\n")
    with pytest.raises(ContentError, match=r"items/envoy\.yaml: the file is not UTF-8 \(byte 6\)\."):
        read_catalogue_content(content)


def test_missing_folder_is_named(tmp_path):
    with pytest.raises(ContentError, match=r"landscape\.yaml is missing in"):
        read_catalogue_content(tmp_path)
