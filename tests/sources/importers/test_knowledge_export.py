"""Edits of the knowledge base go back into its files, and nothing else in them changes."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from knowledge.models import Comparison, Concept, Forecast, Insight, Question, Statement, TimelineEvent
from sources.clients.knowledge_files import read_knowledge
from sources.importers.curated import Merge
from sources.importers.knowledge_export import export_knowledge
from sources.importers.knowledge_load import load_knowledge
from sources.importers.yaml_patches import as_element, elements, patched
from tests.knowledge.entries import alias, event, relation, statement

CONTENT = Path(__file__).resolve().parents[3] / "content"
SOURCES = "sources:\n- url: https://example.org/a\n  title: A\n  publisher: B\n"
FILES = {
    "concepts/mesh.md": f"---\ntitle: Mesh\nkind: technology\n# Others say more.\ndefinition:   Proxies.\nitems: [elsewhere]\n{SOURCES}---\n\nBody.\n",
    "concepts/mesh.zh.md": "---\ntitle: 网格\ndefinition: 代理。\n---\n\n正文。\n",
    "concepts/sidecar.md": f"---\ntitle: Sidecar\nkind: technology\ndefinition: Beside.\n{SOURCES}---\n\nBody.\n",
    "comparisons/table.yaml": "title: T\ntitle_zh: 表\nsummary: S\nsummary_zh: 摘要\ncolumns:\n  - {name: One, name_zh: 一, concept: null}\n  - {name: Two, name_zh: 二}\nrows:\n"
    f"  - aspect: Place\n    aspect_zh: 地方\n    cells: [{{text: a, text_zh: 甲}}, {{text: b, text_zh: 乙}}]\n{SOURCES}",
    "questions/why.md": f"---\nnumber: 1\ntitle: Why?\nshort_answer: So.\ndata:\n- kind: items_of_concept\n  of: mesh\n  caption: Items\n{SOURCES}---\n\nBody.\n",
    "questions/why.zh.md": "---\ntitle: 为什么？\nshort_answer: 因此。\ncaptions: [条目]\n---\n\n正文。\n",
    "timeline.yaml": "# Events.\n\n"
    + "\n".join(
        f"- slug: {slug}\n  'on': '{on}'\n  precision: {precision}\n  kind: idea\n  title: {slug}\n  title_zh: 事\n  text: A\n"
        f"    longer text.\n  text_zh: 文\n  concepts: []\n  {SOURCES.replace(chr(10), chr(10) + '  ').rstrip()}\n"
        for slug, on, precision in (("first", "1970s", "decade"), ("second", "2014-06", "month"))
    ),
    "forecasts.yaml": "- slug: f\n  claim: C\n  claim_zh: 说\n  who: W\n  made_on: '2018'\n  measure: M\n  measure_zh: 量\n  verdict: open\n"
    "  sources: [{url: https://example.org/a, title: A, publisher: B}]\n",
    "insights/criteria.yaml": "- slug: i\n  title: I\n  title_zh: 点\n  text: T\n  text_zh: 文\n  sources: [{url: https://example.org/a, title: A, publisher: B}]\n",
    "statements/03-definitions.yaml": "- id: DEF-01\n  text: T\n  text_zh: 文\n  home: concept:mesh\n  status: stands\n",
}  # fmt: skip

pytestmark = pytest.mark.django_db


@pytest.fixture
def root(tmp_path):
    shutil.copytree(CONTENT / "schema", tmp_path / "schema")
    (tmp_path / "items").mkdir()
    (tmp_path / "items" / "elsewhere.yaml").touch()
    (tmp_path / "taxonomy.yaml").write_text("categories: {}\nsubcategories: {}\n")
    (tmp_path / "organizations.yaml").write_text("{}\n")
    for name, text in FILES.items():
        path = tmp_path / "knowledge" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    load(tmp_path)
    return tmp_path


def load(root):
    merge = Merge.begin()
    load_knowledge(root, merge)
    merge.remember()
    return merge


def text(root, name):
    return (root / "knowledge" / name).read_text()


def test_what_was_not_edited_is_not_touched(root):
    assert export_knowledge(root) == 0
    assert {name: text(root, name) for name in FILES} == FILES


def test_an_edited_text_changes_its_own_lines_alone(root):
    Concept.objects.filter(slug="mesh").update(definition="Many proxies.")
    assert export_knowledge(root) == 1
    name = "concepts/mesh.md"
    assert text(root, name) == FILES[name].replace("definition:   Proxies.", "definition: Many proxies.")
    TimelineEvent.objects.filter(slug="second").update(title="Later", doubt="Is it?", happened_on=date(2014, 7, 1))
    assert export_knowledge(root) == 1
    expected = (
        FILES["timeline.yaml"]
        .replace("'on': 2014-06", "'on': 2014-07")
        .replace("  title: second\n", "  title: Later\n")
    )
    given = text(root, "timeline.yaml")
    assert [line for line in given.splitlines() if line not in expected.splitlines()] == [
        "  'on': 2014-07", "  doubt: Is it?",
    ]  # fmt: skip


def test_every_kind_of_edit_comes_back_by_a_load(root):
    mesh, sidecar = Concept.objects.get(slug="mesh"), Concept.objects.get(slug="sidecar")
    mesh.body_zh = "新正文。"
    mesh.save()
    alias(mesh, "meshes")
    alias(mesh, "网", is_chinese=True)
    relation(mesh, "needs", sidecar)
    Comparison.objects.get().rows.update(cells=[{"text": "x", "text_zh": "某"}, {"text": "y", "text_zh": "它"}])
    question = Question.objects.get()
    question.evidence = [{"kind": "stars_of_items", "of": ["mesh"], "caption": "Stars", "caption_zh": "星标"}]
    question.save()
    question.concepts.add(sidecar)
    Forecast.objects.update(verdict="met", evidence="It came.", due_on=date(2022, 1, 1), due_precision="year")
    Insight.objects.update(today="It held.")
    Statement.objects.update(status="differs", today="No.")
    event("third", "2019-03-18", title_zh="三", text_zh="文").sources.add(mesh.sources.get())
    statement("DEF-02", 2, text_zh="文")

    export_knowledge(root)
    entries = {(entry.kind, entry.slug): entry for entry in read_knowledge(root)}

    assert entries["concepts", "mesh"].columns["body_zh"] == "新正文。"
    assert entries["concepts", "mesh"].links["items"] == ("elsewhere",)
    assert entries["concepts", "mesh"].parts == {
        "aliases": [["meshes", False], ["网", True]], "relations": [["needs", "sidecar"]],
    }  # fmt: skip
    assert entries["comparisons", "table"].parts["rows"][0]["cells"][1] == {"text": "y", "text_zh": "它"}
    assert entries["questions", "why"].columns["evidence"] == question.evidence
    assert entries["questions", "why"].links["concepts"] == ("sidecar",)
    assert entries["forecasts", "f"].columns["due_on"] == date(2022, 1, 1)
    assert entries["insights", "i"].columns["today"] == "It held."
    assert entries["statements", "DEF-01"].columns["status"] == "differs"
    assert entries["timeline", "third"].columns["happened_on"] == date(2019, 3, 18)
    assert entries["statements", "DEF-02"].columns["text_zh"] == "文"
    assert load(root).kept == 0
    assert export_knowledge(root) == 0


def test_a_database_without_knowledge_removes_nothing(root):
    Concept.objects.all().delete()
    Statement.objects.all().delete()
    export_knowledge(root)
    assert text(root, "statements/03-definitions.yaml") == FILES["statements/03-definitions.yaml"]
    assert text(root, "concepts/mesh.md") == FILES["concepts/mesh.md"]


def test_patches_keep_what_they_do_not_name():
    before = "# Head.\na: 1\nb:\n- x\nsources: []\n"
    assert patched(before, {"a": 2}) == "# Head.\na: 2\nb:\n- x\nsources: []\n"
    assert patched(before, {"b": None, "c": "new"}) == "# Head.\na: 1\nc: new\nsources: []\n"
    assert patched("", {"a": "x"}) == "a: x\n"


def test_a_list_is_cut_and_joined_without_a_change():
    for name in ("timeline.yaml", "forecasts.yaml", "statements/03-definitions.yaml"):
        head, parts = elements(FILES[name])
        assert head + "".join(as_element(part) for part in parts) == FILES[name]
