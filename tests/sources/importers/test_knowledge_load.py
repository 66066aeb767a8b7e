import shutil
from pathlib import Path

import pytest
import yaml
from model_bakery import baker

from knowledge.models import Comparison, Concept, Forecast, Insight, Question, Statement, TimelineEvent
from projects.models import DataVersion, Item
from sources.clients.content_yaml import ContentError
from sources.importers.curated import Merge
from sources.importers.knowledge_load import load_knowledge

CONTENT = Path(__file__).resolve().parents[3] / "content"
SOURCE = {"url": "https://example.org/a", "title": "A", "publisher": "B", "retrieved_on": "2026-11-22"}

pytestmark = pytest.mark.django_db


@pytest.fixture
def root(tmp_path):
    shutil.copytree(CONTENT / "schema", tmp_path / "schema")
    (tmp_path / "items").mkdir()
    (tmp_path / "items" / "elsewhere.yaml").touch()
    (tmp_path / "taxonomy.yaml").write_text("categories: {}\nsubcategories: {}\n")
    (tmp_path / "organizations.yaml").write_text("{}\n")
    return tmp_path


def write(root, name, value, body=None):
    path = root / "knowledge" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    text = yaml.safe_dump(value, allow_unicode=True, sort_keys=False)
    path.write_text(f"---\n{text}---\n{body}\n" if body is not None else text)


def concept(**more):
    return {"title": "Sidecar", "kind": "technology", "definition": "A proxy beside.", "sources": [SOURCE], **more}


def load(root):
    merge = Merge.begin()
    load_knowledge(root, merge)
    merge.remember()
    return merge


def test_a_concept_comes_with_its_aliases_relations_items_and_sources(root):
    item = baker.make(Item, slug="istio", name="Istio")
    write(root, "concepts/sidecar.md", concept(aliases=["side car"], items=["istio", "elsewhere"]), "Body.")
    write(
        root,
        "concepts/sidecar.zh.md",
        {"title": "边车", "definition": "旁边的代理。", "aliases": ["边车代理"]},
        "正文。",
    )
    mesh = concept(title="Service mesh", relations=[{"kind": "needs", "concept": "sidecar"}])
    write(root, "concepts/service-mesh.md", mesh, "Body.")

    load(root)

    sidecar = Concept.objects.get(slug="sidecar")
    assert (sidecar.title_zh, sidecar.body, sidecar.body_zh) == ("边车", "Body.", "正文。")
    assert sorted(sidecar.aliases.values_list("name", "is_chinese")) == [("side car", False), ("边车代理", True)]
    assert list(sidecar.items.all()) == [item]
    assert [(one.kind, one.concept.slug) for one in sidecar.relations_to.all()] == [("needs", "service-mesh")]
    assert sidecar.sources.get().url == SOURCE["url"]


def test_what_an_analyst_deleted_stays_deleted_and_nothing_points_at_it(root):
    write(root, "concepts/sidecar.md", concept(), "Body.")
    mesh = concept(title="Service mesh", relations=[{"kind": "needs", "concept": "sidecar"}])
    write(root, "concepts/service-mesh.md", mesh, "Body.")
    load(root)
    Concept.objects.get(slug="sidecar").delete()

    write(root, "concepts/service-mesh.md", mesh | {"aliases": ["mesh"]}, "Body.")
    assert load(root).kept == 1

    left = Concept.objects.get()
    assert (left.slug, list(left.aliases.values_list("name", flat=True))) == ("service-mesh", ["mesh"])
    assert not left.relations.exists()


def test_an_item_that_is_imported_later_is_linked_by_the_next_load(root):
    write(root, "concepts/sidecar.md", concept(items=["elsewhere"]), "Body.")
    load(root)
    assert not Concept.objects.get().items.exists()

    baker.make(Item, slug="elsewhere", name="Elsewhere")
    load(root)

    assert Concept.objects.get().items.get().slug == "elsewhere"


def test_the_lists_are_stored_with_the_precision_of_their_dates(root):
    event = {"slug": "minis", "on": "1970s", "precision": "decade", "kind": "idea", "title": "Minis", "title_zh": "小型机",
             "text": "T.", "text_zh": "文。", "sources": [SOURCE]}  # fmt: skip
    forecast = {"slug": "use", "claim": "All use it", "claim_zh": "皆用", "who": "Gartner", "made_on": "2019",
                "due_on": "2022", "measure": "Share", "measure_zh": "占比", "verdict": "missed", "evidence": "E.",
                "evidence_zh": "据。", "sources": [SOURCE]}  # fmt: skip
    insight = {
        "slug": "lego",
        "title": "Lego",
        "title_zh": "乐高",
        "text": "T.",
        "text_zh": "文。",
        "sources": [SOURCE],
    }
    statement = {"id": "AN-02", "text": "T.", "text_zh": "文。", "home": "insight:analogies/lego", "status": "stands"}
    write(root, "timeline.yaml", [event])
    write(root, "forecasts.yaml", [forecast])
    write(root, "insights/analogies.yaml", [insight])
    write(root, "statements/analogies.yaml", [statement])

    load(root)

    stored = TimelineEvent.objects.get()
    assert (stored.happened_on.isoformat(), stored.precision) == ("1970-01-01", "decade")
    stored = Forecast.objects.get()
    assert (stored.made_on.isoformat(), stored.made_precision, stored.due_precision) == ("2019-01-01", "year", "year")
    assert Insight.objects.get().kind == "analogies"
    assert Statement.objects.get().home == "insight:analogies/lego"


def test_comparisons_and_questions_keep_their_tables_and_evidence(root):
    cells = [{"text": "a", "text_zh": "甲"}, {"text": "b", "text_zh": "乙"}]
    comparison = {"title": "C", "title_zh": "比", "summary": "S", "summary_zh": "述", "sources": [SOURCE],
                  "columns": [{"concept": None, "name": "A", "name_zh": "甲"}, {"name": "B", "name_zh": "乙"}],
                  "rows": [{"aspect": "Size", "aspect_zh": "大小", "cells": cells}]}  # fmt: skip
    write(root, "comparisons/a-and-b.yaml", comparison)
    data = [{"kind": "stars_of_items", "of": "istio", "caption": "Stars"}]
    question = {"number": 1, "title": "Why?", "short_answer": "Because.", "comparisons": ["a-and-b"], "data": data,
                "sources": [SOURCE]}  # fmt: skip
    write(root, "questions/why.md", question, "Body.")
    write(root, "questions/why.zh.md", {"title": "为何？", "short_answer": "因为。", "captions": ["星标"]}, "正文。")

    load(root)

    stored = Comparison.objects.get()
    assert [column.name for column in stored.columns.order_by("position")] == ["A", "B"]
    assert stored.rows.get().cells == cells
    question = Question.objects.get()
    assert question.evidence == [{"kind": "stars_of_items", "of": ["istio"], "caption": "Stars", "caption_zh": "星标"}]
    assert question.comparisons.get() == stored


def test_loading_again_writes_nothing(root):
    write(root, "concepts/sidecar.md", concept(), "Body.")
    write(root, "concepts/mesh.md", concept(relations=[{"kind": "needs", "concept": "sidecar"}]), "Body.")
    load(root)
    before = list(Concept.objects.values()) + list(DataVersion.objects.values())

    load(root)

    assert list(Concept.objects.values()) + list(DataVersion.objects.values()) == before


def test_an_edit_of_an_analyst_stays_until_somebody_empties_it(root):
    write(root, "concepts/sidecar.md", concept(), "Body.")
    load(root)
    Concept.objects.update(body="Edited.")

    write(root, "concepts/sidecar.md", concept(definition="A better one."), "New body.")
    merge = load(root)

    stored = Concept.objects.get()
    assert (stored.body, stored.definition, merge.kept) == ("Edited.", "A better one.", 1)


def test_what_a_file_no_longer_says_goes_and_what_an_analyst_added_stays(root):
    write(root, "concepts/sidecar.md", concept(), "Body.")
    load(root)
    Concept.objects.create(slug="own", title="Own", kind="idea", definition="Ours.")
    (root / "knowledge" / "concepts" / "sidecar.md").unlink()

    load(root)

    assert list(Concept.objects.values_list("slug", flat=True)) == ["own"]


@pytest.mark.parametrize(
    ("name", "value", "body", "sentence"),
    [
        ("concepts/a.md", concept(items=["nothing"]), "B", "knowledge/concepts/a.md: there is no item 'nothing'."),
        ("concepts/a.md", concept(layers=["x/y"]), "B", "knowledge/concepts/a.md: there is no layer 'x/y'."),
        (
            "concepts/a.md",
            concept(relations=[{"kind": "needs", "concept": "b"}]),
            "B",
            "knowledge/concepts/a.md: there is no concept 'b'.",
        ),
        ("concepts/a.md", concept(kind="thing"), "B", "knowledge/concepts/a.md, line 3: kind: 'thing' is not one of"),
        ("concepts/a.md", concept(sources=[]), "B", "knowledge/concepts/a.md, line 5: sources: "),
        ("timeline.yaml", [{"slug": "x"}], None, "knowledge/timeline.yaml, line 1: 0: "),
    ],
)
def test_a_mistake_names_its_place(root, name, value, body, sentence):
    write(root, name, value, body)

    with pytest.raises(ContentError) as error:
        load(root)

    assert str(error.value).startswith(sentence)


def test_a_page_without_front_matter_is_refused(root):
    path = root / "knowledge" / "concepts" / "a.md"
    path.parent.mkdir(parents=True)
    path.write_text("No front matter.\n")

    with pytest.raises(ContentError, match=r"^knowledge/concepts/a\.md, line 1: the file must begin with YAML"):
        load(root)


def test_an_impossible_day_is_refused(root):
    event = {"slug": "x", "on": "2014-02-30", "precision": "day", "kind": "idea", "title": "T", "title_zh": "题",
             "text": "T.", "text_zh": "文。", "sources": [SOURCE]}  # fmt: skip
    write(root, "timeline.yaml", [event])

    with pytest.raises(ContentError, match=r"^knowledge/timeline\.yaml, x: there is no day 2014-02-30\.$"):
        load(root)


def test_a_row_with_too_few_cells_is_refused(root):
    cell = {"text": "a", "text_zh": "甲"}
    column = {"name": "A", "name_zh": "甲"}
    value = {"title": "C", "title_zh": "比", "summary": "S", "summary_zh": "述", "sources": [SOURCE],
             "columns": [column] * 3, "rows": [{"aspect": "Size", "aspect_zh": "大小", "cells": [cell] * 2}]}  # fmt: skip
    write(root, "comparisons/c.yaml", value)

    with pytest.raises(ContentError, match=r"^knowledge/comparisons/c\.yaml: 'Size' has 2 cells for 3 columns\.$"):
        load(root)


def test_two_entries_of_one_slug_are_refused(root):
    insight = {"slug": "lego", "title": "L", "title_zh": "乐", "text": "T.", "text_zh": "文。", "sources": [SOURCE]}
    write(root, "insights/analogies.yaml", [insight])
    write(root, "insights/lessons.yaml", [insight])

    with pytest.raises(ContentError, match=r"'lego' stands in knowledge/insights/analogies\.yaml, lego too"):
        load(root)
