import pytest
from django.http import QueryDict
from model_bakery import baker

from projects.as_of import periods_at
from projects.filters import ItemFilterSet
from projects.models import ItemPeriod, Organization
from tests.web.catalogue import instant, item, period, shelf

pytestmark = pytest.mark.django_db

NOW = instant(2024, 1, 1)


@pytest.fixture
def landscape():
    acme = baker.make(Organization, slug="acme", name="Acme", country="DE")
    mesh = shelf("Orchestration", "Service Mesh")
    period(
        item("Istio", subcategory=mesh, maturity="graduated", kind="project", repository_url="https://github.com/i/i")
    )
    period(item("Consul", subcategory=mesh, organization=acme, license="MPL-2.0", kind="product"))
    period(item("Rook", maturity="sandbox", kind="project", listed_at=instant(2020, 5, 1)), instant(2020, 5, 1))


def found(query):
    filterset = ItemFilterSet(QueryDict(query), queryset=periods_at(NOW))
    assert filterset.is_valid(), filterset.errors
    return sorted(filterset.qs.values_list("item__slug", flat=True))


def errors(query):
    filterset = ItemFilterSet(QueryDict(query), queryset=periods_at(NOW))
    assert not filterset.is_valid()
    return set(filterset.errors)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["consul", "istio", "rook"]),
        ("maturity=&kind=&q=", ["consul", "istio", "rook"]),
        ("maturity=graduated", ["istio"]),
        ("maturity=graduated&maturity=sandbox", ["istio", "rook"]),
        ("kind=product", ["consul"]),
        ("category=orchestration", ["consul", "istio"]),
        ("category=orchestration&category=runtime", ["consul", "istio", "rook"]),
        ("category=orchestration&maturity=sandbox", []),
        ("subcategory=service-mesh", ["consul", "istio"]),
        ("organization=acme", ["consul"]),
        ("license=MPL-2.0", ["consul"]),
        ("country=de", ["consul"]),
        ("has_repository=true", ["istio"]),
        ("has_repository=false", ["consul", "rook"]),
        ("hosted=true", ["istio", "rook"]),
        ("hosted=false", ["consul"]),
        ("listed_after=2020-05-01", ["rook"]),
        ("listed_after=2020-05-02", []),
        ("listed_before=2020-04-30", ["consul", "istio"]),
        ("listed_before=2020-05-01", ["consul", "istio", "rook"]),
        ("q=mesh", ["consul", "istio"]),
        ("q=acme", ["consul"]),
    ],
)
def test_item_filters_choose(landscape, query, expected):
    assert found(query) == expected


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("maturity=gradated", "maturity"),
        ("maturity=graduated&maturity=%00", "maturity"),
        ("kind=robot", "kind"),
        ("category=nowhere", "category"),
        ("category=%00", "category"),
        ("subcategory=nowhere", "subcategory"),
        ("organization=nobody", "organization"),
        ("license=Unheard-1.0", "license"),
        ("country=DEU", "country"),
        ("has_repository=maybe", "has_repository"),
        ("hosted=1", "hosted"),
        ("listed_after=05/01/2020", "listed_after"),
        ("listed_before=2020-02-30", "listed_before"),
        ("q=%00", "q"),
        ("q=" + "x" * 101, "q"),
    ],
)
def test_item_filters_refuse_what_they_do_not_know(landscape, query, name):
    assert errors(query) == {name}


def test_item_filters_know_another_foundations_words():
    period(item("A", maturity="labs"))
    assert found("maturity=labs") == ["a"]


def test_item_filters_look_at_the_items_of_that_time():
    renamed = item("New", maturity="graduated")
    period(renamed, until=instant(2020, 1, 1), maturity="sandbox")
    period(renamed, instant(2020, 1, 1))
    query = QueryDict("maturity=sandbox")
    then, now = (ItemFilterSet(query, queryset=periods_at(instant(year, 6, 1))).qs for year in (2019, 2021))
    assert ([each.item for each in then], list(now)) == ([renamed], list(ItemPeriod.objects.none()))
