"""The knowledge base as programs read it."""

import pytest
from model_bakery import baker

from knowledge.models import (
    Comparison,
    ComparisonColumn,
    ComparisonRow,
    Concept,
    ConceptAlias,
    ConceptItem,
    ConceptRelation,
    Forecast,
    Question,
    Statement,
    TimelineEvent,
)
from knowledge.search_index import rebuild_search_texts
from projects.models import Source
from tests.web.catalogue import item

pytestmark = pytest.mark.django_db


def concept(slug, **columns):
    return baker.make(
        Concept, slug=slug, title=columns.pop("title", slug.title()), kind="technology", definition="D.", **columns
    )


def source():
    return Source.objects.get_or_create(
        url="https://example.org/a", title="A", publisher="B", retrieved_on="2026-11-22"
    )[0]


def test_a_concept_names_what_it_rests_on_and_leads_to(get):
    mesh = concept("service-mesh", title="Service mesh", title_zh="服务网格", essay_codes=["DEF-25"], body="Text.")
    sidecar = concept("sidecar")
    mesh.sources.add(source())
    ConceptAlias.objects.create(concept=mesh, name="servicemesh")
    ConceptItem.objects.create(concept=mesh, item=item("Istio"), position=1)
    ConceptRelation.objects.create(concept=mesh, other=sidecar, kind="needs")

    body = get("concepts/service-mesh/").json()

    assert body == {
        "slug": "service-mesh", "url": "http://testserver/api/v1/concepts/service-mesh/", "title": "Service mesh",
        "title_zh": "服务网格", "essay_codes": ["DEF-25"],
        "sources": [{"url": "https://example.org/a", "title": "A", "publisher": "B", "published_on": None,
                     "retrieved_on": "2026-11-22"}],
        "kind": "technology", "definition": "D.", "definition_zh": None, "replaces": None, "replaces_zh": None,
        "enables": None, "enables_zh": None, "body": "Text.", "body_zh": None, "aliases": ["servicemesh"],
        "items": ["istio"], "relations": [{"kind": "needs", "concept": "sidecar"}],
    }  # fmt: skip
    assert [row["slug"] for row in get("concepts/?item=istio").json()["results"]] == ["service-mesh"]
    assert get("concepts/nothing/", status=404).json() == {"detail": "There is no entry nothing."}


def test_a_comparison_is_a_whole_table(get):
    comparison = baker.make(Comparison, slug="a-and-b", title="A and B", summary="S.")
    ComparisonColumn.objects.create(comparison=comparison, name="A", position=1, concept=concept("a"))
    ComparisonColumn.objects.create(comparison=comparison, name="B", position=2)
    cells = [{"text": "a", "text_zh": "甲"}, {"text": "b", "text_zh": "乙"}]
    ComparisonRow.objects.create(comparison=comparison, aspect="Size", position=1, cells=cells)

    body = get("comparisons/a-and-b/").json()

    assert [(column["name"], column["concept"]) for column in body["columns"]] == [("A", "a"), ("B", None)]
    assert body["rows"] == [{"aspect": "Size", "aspect_zh": None, "cells": cells}]


def test_questions_come_in_their_order(get):
    for number, slug in ((2, "a"), (1, "b")):
        baker.make(Question, slug=slug, number=number, title=slug, short_answer="S", body="B")
    Question.objects.get(slug="a").concepts.add(concept("mesh"))

    rows = get("questions/").json()["results"]

    assert [(row["slug"], row["concepts"]) for row in rows] == [("b", []), ("a", ["mesh"])]


def test_the_timeline_is_filtered_by_kind_and_years_and_keeps_the_precision(get):
    for slug, day, precision, kind in (
        ("minis", "1970-01-01", "decade", "idea"),
        ("fig", "2014-07-22", "day", "deal"),
        ("cncf", "2015-07-01", "month", "foundation"),
    ):
        baker.make(TimelineEvent, slug=slug, title=slug, happened_on=day, precision=precision, kind=kind, text="T")

    rows = get("timeline/").json()["results"]
    assert [(row["slug"], row["precision"]) for row in rows] == [("minis", "decade"), ("fig", "day"), ("cncf", "month")]
    assert [row["slug"] for row in get("timeline/?kind=deal&kind=idea&year_min=2000").json()["results"]] == ["fig"]
    assert "kind" in get("timeline/?kind=party", status=400).json()
    for bound in ("year_min=0", "year_min=-1", "year_max=0", "year_max=10000"):
        assert list(get(f"timeline/?{bound}", status=400).json()) == [bound.partition("=")[0]]


def test_what_names_several_things_asked_for_stands_once(get):
    mesh, chain = concept("mesh"), concept("chain")
    of_both = baker.make(TimelineEvent, slug="t", title="T", happened_on="2014-01-01", precision="year", kind="idea")
    of_both.concepts.add(mesh, chain)
    for place, name in enumerate(("a", "b")):
        one = item(name)
        of_both.items.add(one)
        baker.make(ConceptItem, concept=mesh, item=one, position=place)
    assert [row["slug"] for row in get("concepts/?item=a&item=b").json()["results"]] == ["mesh"]
    assert [row["slug"] for row in get("timeline/?item=a&item=b").json()["results"]] == ["t"]
    assert [row["slug"] for row in get("timeline/?concept=mesh&concept=chain").json()["results"]] == ["t"]


def test_forecasts_are_filtered_by_verdict(get):
    for slug, verdict in (("a", "met"), ("b", "missed")):
        baker.make(
            Forecast, slug=slug, title=slug, who="W", made_on="2019-01-01", made_precision="year", measure="M",
            verdict=verdict, evidence="E",
        )  # fmt: skip
    assert [row["slug"] for row in get("forecasts/?verdict=missed").json()["results"]] == ["b"]


def test_statements_are_found_by_group_and_id(get):
    for position, code in enumerate(["COR-1", "C-2", "Q3", "DEF-25"], start=1):
        baker.make(Statement, code=code, position=position, text="T", home="catalogue", status="stands")
    for group, code in (("DEF", "DEF-25"), ("C", "C-2"), ("Q", "Q3")):
        assert [row["code"] for row in get(f"statements/?group={group}").json()["results"]] == [code]
    assert get("statements/COR-1/").json()["home"] == "catalogue"
    get("statements/COR-9/", status=404)


def test_search_finds_across_catalogue_and_knowledge(get):
    item("Mesh thing")
    concept("service-mesh", title="Service mesh", title_zh="服务网格")
    rebuild_search_texts()

    body = get("search/?q=mesh").json()

    assert {(row["kind"], row["title"]) for row in body["results"]} == {
        ("item", "Mesh thing"), ("concept", "Service mesh")
    }  # fmt: skip
    assert [row["kind"] for row in get("search/?q=mesh&kind=concept").json()["results"]] == ["concept"]
    assert get("search/?q=servicemesh").json()["results"][0]["title_zh"] == "服务网格"


@pytest.mark.parametrize("query", ["q=a&kind=party", "q=a&limit=0", "q=a&limit=1000", "q=a&colour=red"])
def test_a_bad_search_is_refused_and_names_the_field(get, query):
    assert query.rpartition("&")[2].partition("=")[0] in get(f"search/?{query}", status=400).json()


@pytest.mark.parametrize("rows", [0, 1, 3])
@pytest.mark.parametrize(
    ("path", "queries"), [("concepts", 6), ("comparisons", 5), ("questions", 5), ("timeline", 6), ("forecasts", 3)]
)
def test_queries_do_not_grow_with_the_rows(get, django_assert_num_queries, rows, path, queries):
    for number in range(rows):
        mesh = concept(f"c{number}")
        ConceptAlias.objects.create(concept=mesh, name="x")
        ComparisonRow.objects.create(
            comparison=baker.make(Comparison, slug=f"c{number}", title="C", summary="S"), aspect="A", position=1
        )
        question = baker.make(Question, slug=f"q{number}", number=number, title="Q", short_answer="S", body="B")
        question.concepts.add(mesh)
        baker.make(TimelineEvent, slug=f"t{number}", title="T", happened_on="2014-01-01", precision="year", kind="idea")
        baker.make(
            Forecast, slug=f"f{number}", title="F", who="W", made_on="2019-01-01", made_precision="year", measure="M",
            verdict="open",
        )  # fmt: skip
    expected = queries if rows else 2
    with django_assert_num_queries(expected):
        get(f"{path}/")
