import pytest
from model_bakery import baker

from knowledge.models import Comparison, Concept, ConceptAlias, Question, SearchText, Statement, TimelineEvent
from knowledge.search import search_knowledge
from knowledge.search_index import rebuild_search_texts


@pytest.fixture
def entries(db):
    mesh = baker.make(
        Concept, slug="service-mesh", title="Service mesh", title_zh="服务网格", kind="technology",
        definition="A layer that steers traffic between services.", definition_zh="控制服务间流量的一层。",
    )  # fmt: skip
    ConceptAlias.objects.create(concept=mesh, name="east-west proxy")
    baker.make(
        Question, slug="why", number=1, title="Why containers?", title_zh="为什么用容器？", short_answer="They fit.",
        short_answer_zh="很合适。", body="Meshes come later.", body_zh="之后再引入服务网格与可观测性。",
    )  # fmt: skip
    baker.make(
        Comparison, slug="gateway-and-mesh", title="Gateway and mesh", title_zh="网关与网格", summary="Two doors.",
    )  # fmt: skip
    baker.make(
        TimelineEvent, slug="fig", title="Docker buys Fig", title_zh="Docker 收购 Fig", happened_on="2014-07-22",
        precision="day", kind="deal", text="Compose comes of it.", text_zh="Compose 由此而来。",
    )  # fmt: skip
    baker.make(Statement, code="COR-5", position=1, text="Kubernetes is the Linux of its time.", home="item:kubernetes",
               text_zh="Kubernetes 是云原生时代的 Linux。", status="stands")  # fmt: skip
    rebuild_search_texts()


def paths(query, limit=10):
    return [hit.path for hit in search_knowledge(query, limit=limit)]


@pytest.mark.parametrize(
    "query", ["service mesh", "Service Mesh", "servicemesh", "service-mesh", "服务网格", "eastwest proxy"]
)
def test_a_concept_is_found_by_every_way_to_write_its_name(entries, query):
    assert paths(query)[0] == "concept:service-mesh"


def test_chinese_words_are_found_within_a_sentence(entries):
    assert paths("服务网格") == ["concept:service-mesh", "question:why"]
    assert paths("可观测性") == ["question:why"]


def test_english_words_are_found_in_any_form(entries):
    assert paths("steering") == ["concept:service-mesh"]
    assert paths("containers fit") == ["question:why"]


def test_half_a_chinese_word_is_found_by_its_letters(entries):
    assert paths("代的 Linux") == ["statement:COR-5"]


def test_the_id_of_a_statement_finds_it(entries):
    assert paths("COR-5") == ["statement:COR-5"]


@pytest.mark.parametrize("query", ["", "   ", "%", "nothing like it", "'); drop table", "🙂"])
def test_nothing_fits_nothing(entries, query):
    assert paths(query) == []


def test_the_limit_holds(entries):
    assert len(paths("mesh", limit=1)) == 1


def test_what_is_gone_is_no_longer_found(entries):
    Question.objects.all().delete()
    rebuild_search_texts()

    assert paths("可观测性") == []
    assert SearchText.objects.count() == 4


def test_a_search_takes_two_queries_however_many_entries(entries, django_assert_num_queries):
    with django_assert_num_queries(2):
        search_knowledge("mesh", limit=10)
    baker.make(Concept, _quantity=5, title="Mesh", kind="idea", definition="D")
    rebuild_search_texts()
    with django_assert_num_queries(2):
        search_knowledge("mesh", limit=10)
