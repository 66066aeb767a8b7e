import pytest
from model_bakery import baker

from projects.models import Category, Subcategory
from projects.place_names import in_places, in_places_apart, translated_places

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _sections():
    runtime = baker.make(Category, name="Runtime", name_zh="运行时")
    baker.make(Subcategory, category=runtime, name="PaaS/Container Service", name_zh="容器服务")
    baker.make(Subcategory, category=runtime, name="Network", name_zh="")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Runtime", "运行时"),
        ("Runtime / PaaS/Container Service", "运行时 / 容器服务"),
        ("Runtime / Network + Runtime / PaaS/Container Service", "运行时 / Network + 运行时 / 容器服务"),
        ("Elsewhere / Network", "Elsewhere / Network"),
        ("", ""),
    ],
)
def test_written_places_are_named_in_chinese(written, shown):
    assert in_places(written, translated_places("zh-hans")) == shown


def test_two_names_with_one_translation_are_told_apart():
    runtime = Category.objects.get(name="Runtime")
    baker.make(Subcategory, category=runtime, name="Container Service", name_zh="容器服务")
    places = translated_places("zh-hans")
    assert in_places_apart("Runtime / Container Service", "Runtime / PaaS/Container Service", places) == (
        "运行时 / 容器服务（Runtime / Container Service）",
        "运行时 / 容器服务（Runtime / PaaS/Container Service）",
    )
    assert in_places_apart("Runtime / Container Service", "Runtime / Network", places) == (
        "运行时 / 容器服务",
        "运行时 / Network",
    )
    assert in_places_apart("Runtime", "Runtime", places) == ("运行时", "运行时")
    assert in_places_apart("", "Runtime", places) == ("", "运行时")


def test_english_needs_no_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert in_places("Runtime", translated_places("en")) == "Runtime"


def test_chinese_takes_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        translated_places("zh-hans")
