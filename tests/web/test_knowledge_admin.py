"""The knowledge base in the admin."""

import pytest
from django.contrib.auth.models import Group

from accounts.models import User
from knowledge.models import ComparisonRow, Concept
from knowledge.search import search_knowledge
from tests.knowledge.entries import (
    alias,
    comparison,
    concept,
    event,
    forecast,
    implements,
    insight,
    question,
    relation,
    statement,
)
from tests.web.catalogue import item

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna(client):
    anna = User.objects.create_user("anna", "anna@example.org", is_staff=True)
    anna.groups.add(Group.objects.get(name="Analysts"))
    client.force_login(anna)
    return anna


def inlines(**sizes):
    """Return the hidden fields that tell how many rows each inline has."""
    return {
        f"{prefix}-{name}": str(rows) for prefix, rows in sizes.items() for name in ("TOTAL_FORMS", "INITIAL_FORMS")
    }


def test_a_changed_concept_is_found_by_its_new_words(client, anna, django_capture_on_commit_callbacks):
    mesh = concept("mesh")
    values = {
        "title": "Service mesh", "title_zh": "", "slug": "mesh", "kind": "technology", "definition": "Carries parcels.",
        **inlines(aliases=0, relations=0, concept_items=0),
    }  # fmt: skip
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(f"/admin/knowledge/concept/{mesh.pk}/change/", values)
    assert response.status_code == 302
    assert Concept.objects.get().definition == "Carries parcels."
    assert [hit.path for hit in search_knowledge("parcels", limit=5)] == ["concept:mesh"]


def test_cells_of_a_comparison_are_edited_as_lines(client, anna):
    made = comparison("table", columns=("One", "Other"), rows=[("Place", ["here", "there"])])
    row = ComparisonRow.objects.get()
    columns = list(made.columns.order_by("position"))
    values = {"title": "Table", "slug": "table", "summary": "Two.", **inlines(columns=2, rows=1)}
    for number, column in enumerate(columns):
        given = {"id": column.pk, "comparison": made.pk, "name": column.name, "position": column.position}
        values |= {f"columns-{number}-{name}": value for name, value in given.items()}
    given = {"id": row.pk, "comparison": made.pk, "position": 1, "aspect": "Place"}
    values |= {f"rows-0-{name}": value for name, value in given.items()}
    values |= {"rows-0-texts": "inside\r\noutside", "rows-0-texts_zh": "里面\r\n"}
    response = client.post(f"/admin/knowledge/comparison/{made.pk}/change/", values)
    assert response.status_code == 302
    row.refresh_from_db()
    assert row.cells == [{"text": "inside", "text_zh": "里面"}, {"text": "outside", "text_zh": ""}]


def test_every_form_opens(client, anna):
    one, other = concept("one"), concept("other")
    alias(one, "first")
    relation(one, "needs", other)
    implements(item("Istio"), one)
    entries = [
        one, comparison("table", rows=[("Place", ["a", "b"])]), question(1), event("fig", "2014-07-22"), forecast("f"),
        insight("i"), statement("DEF-01"),
    ]  # fmt: skip
    for entry in entries:
        response = client.get(f"/admin/knowledge/{entry._meta.model_name}/{entry.pk}/change/")
        assert response.status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("model", "make", "queries"),
    [
        ("concept", concept, 5),
        ("comparison", comparison, 5),
        ("insight", insight, 5),
        ("statement", statement, 5),
    ],
)
def test_lists_ask_as_often_for_three_rows(admin_client, rows, model, make, queries, django_assert_num_queries):
    for number in range(rows):
        make(f"row-{number}")
    with django_assert_num_queries(queries):
        admin_client.get(f"/admin/knowledge/{model}/")
