import pytest
from model_bakery import baker

from knowledge import markdown
from knowledge.models import Concept, ConceptAlias
from knowledge.terms import Vocabulary

NO_TERMS = Vocabulary(())


def render(text, *, vocabulary=NO_TERMS, linked=()):
    return markdown.render(text, vocabulary=vocabulary, linked=set(linked))


@pytest.fixture
def vocabulary(db):
    mesh = baker.make(
        Concept, slug="service-mesh", title="Service mesh", title_zh="服务网格", kind="technology",
        definition="A layer for traffic.", definition_zh="一个流量层。",
    )  # fmt: skip
    gateway = baker.make(
        Concept, slug="api-gateway", title="API gateway", title_zh="API 网关", kind="technology", definition="A door."
    )
    baker.make(Concept, slug="api", title="API", kind="technology", definition="An interface.")
    ConceptAlias.objects.create(concept=mesh, name="servicemesh")
    ConceptAlias.objects.create(concept=gateway, name="go")  # too short to mean anything in a sentence
    return Vocabulary.read("en")


def test_links_lead_to_the_pages_of_what_they_name():
    html = render("See [Istio](item:istio), [CNCF](organization:cncf) and [the definition](https://example.org/a).")
    assert '<a href="/items/istio/">Istio</a>' in html
    assert '<a href="/organizations/cncf/">CNCF</a>' in html
    assert '<a href="https://example.org/a">the definition</a>' in html


def test_a_layer_is_named_with_its_framework_and_a_framework_alone():
    html = render("[4C](layer:security-4c), [code](layer:security-4c/code)")
    assert '<a href="/layers/security-4c/">4C</a>' in html
    assert '<a href="/layers/security-4c/code/">code</a>' in html


@pytest.mark.parametrize("target", ["nothing:x", "javascript:alert(1)", "layer:", "data:text/html,x"])
def test_a_link_that_leads_nowhere_is_its_text(target):
    assert render(f"A [word]({target}) here.") in ("<p>A word here.</p>\n", f"<p>A [word]({target}) here.</p>\n")


def test_raw_html_is_shown_and_not_obeyed():
    html = render("<script>alert(1)</script> <b onclick=x>bold</b>\n\n<iframe src=x></iframe>")
    assert "<script" not in html
    assert "<b" not in html
    assert "<iframe" not in html
    assert "&lt;script&gt;" in html


def test_tables_and_headings_come_through():
    html = render("## Part\n\n| a | b |\n|---|---|\n| 1 | 2 |\n")
    assert "<h2>Part</h2>" in html
    assert "<td>1</td>" in html


def test_a_term_leads_to_its_concept_once(vocabulary):
    html = render("A service mesh. Another Service mesh, and a servicemesh.", vocabulary=vocabulary)
    assert html.count("<a ") == 1
    assert 'class="term"' in html
    assert 'title="A layer for traffic."' in html
    assert ">service mesh</a>. Another Service mesh" in html


def test_the_longest_term_wins_and_words_end_where_they_end(vocabulary):
    html = render("An API gateway, an API, rapids and APIs; go.", vocabulary=vocabulary)
    assert [part.split("<")[0] for part in html.split('">')[1:]] == ["API gateway", "API"]


def test_chinese_terms_are_found_within_a_sentence(vocabulary):
    html = render("我们用服务网格管理流量。", vocabulary=Vocabulary.read("zh-hans"))
    assert ">服务网格</a>管理" in html
    assert 'title="一个流量层。"' in html


def test_links_and_code_are_no_place_for_terms(vocabulary):
    html = render("[service mesh](https://example.org/) and `API gateway`", vocabulary=vocabulary)
    assert html.count("<a ") == 1
    assert "<code>API gateway</code>" in html


def test_the_pages_own_concept_is_not_linked(vocabulary):
    assert "<a " not in render("A service mesh.", vocabulary=vocabulary, linked=["service-mesh"])


def test_without_concepts_nothing_is_linked(db):
    assert render("A service mesh.", vocabulary=Vocabulary.read("en")) == "<p>A service mesh.</p>\n"


def test_vocabulary_takes_two_queries(vocabulary, django_assert_num_queries):
    with django_assert_num_queries(2):
        Vocabulary.read("en")
