"""Small knowledge bases for tests."""

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
    Insight,
    Question,
    Statement,
    TimelineEvent,
)


def concept(slug, **values):
    title = slug.replace("-", " ").capitalize()
    values = {"title": title, "kind": "technology", "definition": f"What {slug} is."} | values
    return baker.make(Concept, slug=slug, **values)


def alias(of, name, **values):
    return ConceptAlias.objects.create(concept=of, name=name, **values)


def relation(one, kind, other):
    return ConceptRelation.objects.create(concept=one, other=other, kind=kind)


def implements(item, of, position=1):
    return ConceptItem.objects.create(concept=of, item=item, position=position)


def comparison(slug, columns=("One", "Other"), rows=(), **values):
    values = {"title": slug.replace("-", " ").capitalize(), "summary": "Two things."} | values
    made = baker.make(Comparison, slug=slug, **values)
    for position, column in enumerate(columns, start=1):
        name, of = (column.title, column) if isinstance(column, Concept) else (column, None)
        ComparisonColumn.objects.create(comparison=made, name=name, concept=of, position=position)
    for position, (aspect, cells) in enumerate(rows, start=1):
        texts = [{"text": text, "text_zh": ""} for text in cells]
        ComparisonRow.objects.create(comparison=made, aspect=aspect, cells=texts, position=position)
    return made


def question(number, **values):
    values = {
        "slug": f"question-{number}",
        "title": f"Why {number}?",
        "short_answer": "So.",
        "body": "Because.",
    } | values
    return baker.make(Question, number=number, **values)


def event(slug, happened_on, precision="day", **values):
    values = {"title": slug.capitalize(), "kind": "idea", "text": "It happened."} | values
    return baker.make(TimelineEvent, slug=slug, happened_on=happened_on, precision=precision, **values)


def forecast(slug, verdict="met", **values):
    defaults = {"title": slug.capitalize(), "who": "IDC", "made_on": "2018-11-01", "made_precision": "month"}
    texts = {"due_on": "2022-01-01", "due_precision": "year", "measure": "A census.", "evidence": "It came."}
    return baker.make(Forecast, slug=slug, verdict=verdict, **(defaults | texts | values))


def insight(slug, kind="criteria", **values):
    values = {"title": slug.capitalize(), "text": "A thought.", "position": 1} | values
    return baker.make(Insight, slug=slug, kind=kind, **values)


def statement(code, position=1, **values):
    values = {"text": f"Said in {code}.", "home": "catalogue", "status": "stands"} | values
    return Statement.objects.create(code=code, position=position, **values)


def mesh_and_neighbours():
    """A mesh that needs microservices, has a sidecar, succeeds the bus; these have relations of their own."""
    rows = {slug: concept(slug) for slug in ("mesh", "microservices", "sidecar", "bus", "monolith", "pod", "far")}
    relation(rows["mesh"], "needs", rows["microservices"])
    relation(rows["sidecar"], "part_of", rows["mesh"])
    relation(rows["mesh"], "succeeds", rows["bus"])
    relation(rows["monolith"], "contrasts_with", rows["microservices"])
    relation(rows["sidecar"], "needs", rows["pod"])
    relation(rows["pod"], "needs", rows["far"])
    return rows
