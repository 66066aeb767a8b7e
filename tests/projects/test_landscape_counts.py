import pytest
from model_bakery import baker
from psycopg.types.range import TimestamptzRange

from projects.hosted_projects import hosted_projects_at
from projects.landscape_counts import landscape_counts
from projects.models import Project, SubcategoryPeriod
from projects.provenance import provenance_at
from tests.web.catalogue import instant, item, landscape, period, shelf, version

pytestmark = pytest.mark.django_db

NONE_HOSTED = {"graduated": 0, "incubating": 0, "sandbox": 0, "archived": 0}
THEN = instant(2020, 1, 1)


def test_landscape_counts_of_nothing_are_zero(django_assert_num_queries):
    with django_assert_num_queries(3):
        counts = landscape_counts(THEN)
    assert (counts.items, counts.categories, counts.subcategories, counts.by_category) == (0, 0, 0, ())
    assert counts.hosted_cards == counts.hosted_projects == NONE_HOSTED
    assert counts.by_kind == {"project": 0, "open_source": 0, "product": 0, "member": 0, "partner": 0}


def test_landscape_counts_by_section_kind_and_maturity(django_assert_num_queries):
    network = shelf(name="Network")
    for name, kind in [("A", "product"), ("B", "open_source"), ("C", "open_source")]:
        period(item(name, kind=kind))
    period(item("D", kind="project", maturity="sandbox", subcategory=network))
    period(item("Gone"), until=instant(2019, 1, 1))
    period(item("Later"), instant(2021, 1, 1))

    with django_assert_num_queries(4):
        counts = landscape_counts(THEN)

    assert (counts.items, counts.categories, counts.subcategories) == (4, 1, 2)
    assert counts.by_kind == {"project": 1, "open_source": 2, "product": 1, "member": 0, "partner": 0}
    assert counts.hosted_cards == NONE_HOSTED | {"sandbox": 1}
    sections = [(each.name, each.items) for each in counts.by_category[0].subcategories]
    assert (counts.by_category[0].items, sections) == (4, [("Network", 1), ("Storage", 3)])


def test_landscape_counts_sections_without_cards_in_the_order_of_their_time():
    first, second, empty = (shelf(name=name) for name in ("Zebra", "Alpha", "Empty"))
    period(item("A", subcategory=first))
    period(item("B", subcategory=second))
    for position, section in enumerate([first, empty, second]):
        baker.make(
            SubcategoryPeriod,
            subcategory=section,
            during=TimestamptzRange(instant(2018, 3, 1), None),
            category_position=0,
            position=position,
        )

    counts = landscape_counts(THEN)

    sections = [(each.name, each.items) for each in counts.by_category[0].subcategories]
    assert (counts.subcategories, sections) == (3, [("Zebra", 1), ("Empty", 0), ("Alpha", 1)])


def test_landscape_counts_keep_another_foundations_words():
    period(item("A", maturity="labs"))
    assert landscape_counts(THEN).hosted_cards == NONE_HOSTED | {"labs": 1}


def test_hosted_projects_count_twins_once_at_their_commonest_stage():
    dapr = baker.make(Project, slug="dapr", name="Dapr")
    period(item("Dapr (Serverless)", maturity="incubating", project=dapr), project=dapr)
    period(item("Dapr", maturity="graduated", project=dapr), project=dapr)
    period(item("Dapr (Wasm)", maturity="graduated", project=dapr), project=dapr)
    period(item("Alone", maturity="sandbox"))

    counts = landscape_counts(THEN)

    assert counts.hosted_cards == NONE_HOSTED | {"graduated": 2, "incubating": 1, "sandbox": 1}
    assert counts.hosted_projects == NONE_HOSTED | {"graduated": 1, "sandbox": 1}


def test_hosted_projects_between_equal_stages_take_the_card_listed_longest():
    istio = baker.make(Project, slug="istio", name="Istio")
    period(item("Istio (Wasm)", maturity="sandbox", listed_at=instant(2019, 1, 1)), project=istio)
    old = period(item("Istio", maturity="graduated", listed_at=instant(2018, 1, 1)), project=istio)
    assert list(hosted_projects_at(THEN)) == [old]


def test_hosted_projects_that_left_are_shown_only_if_no_card_remains():
    here, gone = (baker.make(Project, slug=slug, name=slug) for slug in ("here", "gone"))
    kept = period(item("Here", maturity="sandbox"), project=here)
    period(item("Here (Wasm)", maturity="archived"), until=instant(2019, 1, 1), project=here)
    last = period(item("Gone", maturity="archived"), until=instant(2019, 1, 1), project=gone)

    assert list(hosted_projects_at(THEN)) == [kept]
    assert set(hosted_projects_at(THEN, include_delisted=True)) == {kept, last}


def test_provenance_names_the_version_and_the_source(django_assert_num_queries):
    landscape(public_url="https://github.com/cncf/landscape", attribution="By the CNCF")
    first = version()
    with django_assert_num_queries(2):
        found = provenance_at(THEN)
    assert (found.commit, found.committed_at) == (first.commit, first.committed_at)
    assert (found.source, found.licence) == ("https://github.com/cncf/landscape", "CC BY 4.0")


def test_provenance_before_the_first_version_has_no_commit():
    landscape()
    version()
    found = provenance_at(instant(2010, 1, 1))
    assert (found.commit, found.committed_at, found.source) == (None, None, "CNCF Landscape")
