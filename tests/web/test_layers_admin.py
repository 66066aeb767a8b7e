"""Layers in the admin: assignments of one thing, once in a framework."""

import pytest

from market.models import LayerAssignment
from tests.market.layers import framework, layer, put
from tests.web.catalogue import item, shelf

pytestmark = pytest.mark.django_db

ADD = "/admin/market/layerassignment/add/"


def form(into, **thing):
    return {"layer": into.pk, "author": "Me", "reason": "Because.", "assigned_on": "2026-11-22", **thing}


@pytest.fixture
def inner():
    return layer(framework("tech"), "inner")


def test_analyst_adds_and_moves_an_assignment(admin_client, inner):
    other = layer(inner.framework, "other")
    assert admin_client.post(ADD, form(inner, subcategory=shelf().pk)).status_code == 302
    row = LayerAssignment.objects.get()
    assert (row.layer, row.framework) == (inner, inner.framework)
    admin_client.post(f"/admin/market/layerassignment/{row.pk}/change/", form(other, subcategory=shelf().pk))
    assert LayerAssignment.objects.get().layer == other


def test_none_or_two_things_are_refused(admin_client, inner):
    for thing in ({}, {"subcategory": shelf().pk, "item": item("One").pk}):
        response = admin_client.post(ADD, form(inner, **thing))
        assert "Name one section, one item or one organization." in response.content.decode()
    assert not LayerAssignment.objects.exists()


def test_what_stands_in_the_framework_already_is_refused(admin_client, inner):
    one = item("One")
    put(inner, item=one)
    response = admin_client.post(ADD, form(layer(inner.framework, "other"), item=one.pk))
    assert "It stands in the layer Inner of this framework already." in response.content.decode()
    assert LayerAssignment.objects.count() == 1
    # Another framework may place it, too.
    assert admin_client.post(ADD, form(layer(framework("second"), "second"), item=one.pk)).status_code == 302


def test_pages_of_the_admin_open(admin_client, inner):
    put(inner, subcategory=shelf())
    for path in (
        "framework/", f"framework/{inner.framework.pk}/change/", "layer/?q=inner", f"layer/{inner.pk}/change/",
        "layerassignment/?kind=subcategory", "layerassignment/?q=storage",
    ):  # fmt: skip
        assert admin_client.get(f"/admin/market/{path}").status_code == 200, path
