import pytest

from knowledge.glossary import glossary, initial
from tests.knowledge.entries import alias, concept


@pytest.mark.parametrize(
    ("name", "letter"),
    [("service mesh", "S"), ("API", "A"), ("服务网格", "F"), ("云原生", "Y"), ("中台", "Z"), ("容器", "R"), ("阿里", "A"), ("4C", "#"), ("", "#"), ("龘", "#")],
)  # fmt: skip
def test_a_name_stands_under_its_letter(name, letter):
    assert initial(name) == letter


@pytest.mark.django_db
def test_english_readers_get_titles_and_latin_names():
    mesh = concept("service-mesh", title_zh="服务网格")
    alias(mesh, "mesh")
    alias(mesh, "东西向流量", is_chinese=True)
    groups = glossary("en")
    assert [(letter, [(one.name, one.see) for one in entries]) for letter, entries in groups] == [
        ("M", [("mesh", "Service mesh")]),
        ("S", [("Service mesh", "")]),
    ]
    assert groups[1][1][0].other_names == ("mesh", "服务网格")


@pytest.mark.django_db
def test_chinese_readers_get_all_names_by_pinyin():
    mesh = concept("service-mesh", title_zh="服务网格")
    alias(mesh, "东西向流量", is_chinese=True)
    names = [(letter, [one.name for one in entries]) for letter, entries in glossary("zh-hans")]
    assert names == [("D", ["东西向流量"]), ("F", ["服务网格"]), ("S", ["Service mesh"])]


@pytest.mark.django_db
@pytest.mark.parametrize("concepts", [1, 3])
def test_a_glossary_takes_two_queries(concepts, django_assert_num_queries):
    for number in range(concepts):
        alias(concept(f"concept-{number}"), f"name {number}")
    with django_assert_num_queries(2):
        glossary("en")


@pytest.mark.django_db
def test_without_concepts_there_are_no_letters():
    assert glossary("en") == []
