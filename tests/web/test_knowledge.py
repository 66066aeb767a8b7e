"""The pages of the knowledge base."""

import re
from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest
from model_bakery import baker

from knowledge.models import SearchText
from market.models import Framework, Layer
from metrics.models import Indicator, RepositorySnapshot, StarWeek
from projects.models import ItemOrganization, ItemRepository, Repository
from tests.knowledge.entries import (
    alias,
    comparison,
    concept,
    event,
    forecast,
    implements,
    insight,
    mesh_and_neighbours,
    question,
    statement,
)
from tests.market.layers import put
from tests.market.ledger import company, funding_round
from tests.web.catalogue import change, instant, item, landscape, period, version

pytestmark = pytest.mark.django_db

PAGES = [
    "knowledge", "questions", "concepts", "comparisons", "timeline", "forecasts", "insights/criteria", "essay", "glossary",
]  # fmt: skip


@pytest.fixture(autouse=True)
def _landscape(time_machine):
    time_machine.move_to(datetime(2026, 11, 22, 6, tzinfo=UTC), tick=False)
    landscape()
    version()


def page(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("prefix", ["", "/zh-hans"])
@pytest.mark.parametrize("path", PAGES)
def test_pages_without_entries_say_so_in_both_languages(client, prefix, path):
    assert "<h1" in page(client, f"{prefix}/{path}/")


@pytest.mark.parametrize("path", ["concepts/x", "questions/x", "comparisons/x", "insights/x", "knowledge/trail-map/x"])
def test_what_is_not_written_is_missing(client, path):
    assert client.get(f"/{path}/").status_code == 404


def test_a_concept_is_explained_in_both_languages(client):
    mesh = concept(
        "service-mesh", title="Service mesh", title_zh="服务网格", definition="Proxies.", definition_zh="一层代理。",
        body="## How\n\nBy proxies.", replaces="libraries",
    )  # fmt: skip
    alias(mesh, "servicemesh")
    alias(mesh, "Service Mesh", is_chinese=True)
    english = page(client, "/concepts/service-mesh/")
    assert "<h2>How</h2>" in english
    assert "libraries" in english
    assert "<span>servicemesh</span></p>" in english
    chinese = page(client, "/zh-hans/concepts/service-mesh/")
    assert "<h1>服务网格</h1>" in chinese
    assert "一层代理。" in chinese
    assert '<p class="untranslated">尚未翻译</p><div lang="en"><h2>How</h2>' in chinese


def test_a_term_is_linked_once_on_a_page(client):
    concept("container", definition="A box.")
    concept("pod", definition="Holds a container.", body="One container or more containers, and a pod.")
    content = page(client, "/concepts/pod/")
    assert content.count('class="term"') == 1
    assert '<a href="/concepts/container/" class="term" title="A box.">container</a>.' in content


def test_an_authors_link_is_the_mention_of_its_term(client):
    concept("container", definition="A box.")
    concept("pod", body="A [box](concept:container), that is a container.")
    assert 'class="term"' not in page(client, "/concepts/pod/")


def test_relations_stand_in_the_page_with_and_without_the_drawing(client):
    mesh_and_neighbours()
    content = page(client, "/concepts/mesh/")
    assert '<dt>has as its parts</dt>\n        <dd><a href="/concepts/sidecar/">Sidecar</a></dd>' in content
    assert '<svg class="concept-graph"' in content
    assert "<script>" not in content
    listed = content[content.index('<details class="small further">') :]
    assert '<a href="/concepts/pod/">Pod</a>' in listed[: listed.index("</details>")]
    assert "concept-graph" not in page(client, "/concepts/far/").replace("concept-graph", "", 1)


def test_items_of_a_concept_show_what_is_measured_and_what_is_not(client):
    mesh = concept("mesh")
    istio, consul = item("Istio", maturity="graduated"), item("Consul")
    implements(istio, mesh, 1)
    implements(consul, mesh, 2)
    repository = baker.make(Repository, url="https://github.com/istio/istio")
    ItemRepository.objects.create(item=istio, repository=repository, is_primary=True, is_current=True)
    day = date(2026, 11, 21)
    RepositorySnapshot.objects.create(
        repository=repository, day=day, observed_at=instant(2026, 11, 21), method="graphql", stars=35123
    )
    for metric, window_days, value in (("star_growth", 90, 0.05), ("confidence", 30, 0.9)):
        Indicator.objects.create(
            item=istio, metric=metric, window_days=window_days, value=value, day=day, n=31, version="test/1"
        )
    for ago, stars in ((14, 30), (21, 12)):
        week_on = date(2026, 11, 22) - timedelta(days=ago)
        StarWeek.objects.create(
            repository=repository, week_on=week_on, total=stars, days=[0] * 7, observed_at=instant(2026, 11, 21)
        )
    response = client.get("/concepts/mesh/")
    assert response.context["stages"] == [("graduated", 1), ("", 1)]
    content = response.content.decode()
    assert '<data value="35123">35,123</data>' in content
    assert '<time datetime="2026-11-21">21 November 2026</time> <small class="muted">GitHub GraphQL' in content
    assert "+5.0 %" in content
    assert "<title>42 stars gained in the weeks of the year to 14 November 2026</title>" in content
    assert '<span class="unknown" title="no weeks of this year are known">–' in content
    assert '<span class="unknown" title="never measured">–' in content


def test_what_speaks_of_a_concept_is_linked(client):
    mesh = concept("mesh")
    question(1, title="Why a mesh?").concepts.add(mesh)
    comparison("gateway-and-mesh", columns=("Gateway", mesh))
    event("kuma", "2019-09-01", "month", title="Kuma appears").concepts.add(mesh)
    insight("one-way", title="One way").concepts.add(mesh)
    content = page(client, "/concepts/mesh/")
    for link in (
        "/questions/question-1/",
        "/comparisons/gateway-and-mesh/",
        "/timeline/#kuma",
        "/insights/criteria/#one-way",
    ):
        assert f'href="{link}"' in content


def test_the_items_page_names_its_concepts(client):
    istio = item("Istio")
    period(istio)
    implements(istio, concept("service-mesh"))
    assert '<a href="/concepts/service-mesh/"' in page(client, "/items/istio/")


def test_a_comparison_is_a_table_that_stacks(client):
    comparison("gateway-and-mesh", columns=("Gateway", "Mesh"), rows=[("Place", ["at the door", ""])], verdict="Both.")
    content = page(client, "/comparisons/gateway-and-mesh/")
    assert '<th scope="row">Place</th><td class="wide" data-label="Gateway">at the door</td>' in content
    assert (
        '<td class="wide" data-label="Mesh"><span class="unknown" title="nothing is written">–</span></td>' in content
    )
    assert "<p>Both.</p>" in content


def test_a_question_leads_to_the_ones_beside_it(client):
    for number in (1, 2, 3):
        question(number)
    content = page(client, "/questions/question-2/")
    assert 'rel="prev" href="/questions/question-1/"' in content
    assert 'rel="next" href="/questions/question-3/"' in content
    assert "2 of 3" in content
    assert 'rel="prev"' not in page(client, "/questions/question-1/")


def test_a_question_shows_the_evidence_that_is_known(client):
    framework = baker.make(Framework, slug="trail-map", name="Trail Map")
    baker.make(Layer, framework=framework, slug="ci-cd", name="CI/CD", parent=None)
    implements(item("Istio", maturity="graduated"), concept("mesh"))
    kinds = [
        ("items_of_concept", ["mesh"]), ("stage_of_items", ["istio", "gone"]), ("stars_of_items", ["istio"]),
        ("adoption_of_items", ["istio"]), ("funding_of_layer", ["trail-map/ci-cd"]),
    ]  # fmt: skip
    evidence = [{"kind": kind, "of": of, "caption": f"About {kind}", "caption_zh": ""} for kind, of in kinds]
    question(1, evidence=evidence)
    response = client.get("/questions/question-1/")
    shown = response.context["evidence"]
    assert [figure.kind for figure in shown] == [kind for kind, _of in kinds]
    assert [figure.is_empty for figure in shown] == [False, False, False, True, False]
    assert shown[1].stages == [("graduated", 1)]
    content = response.content.decode()
    assert "Nothing of this is known in this database." in content
    assert '<span class="unknown" title="no disclosed round is known">–</span>' in content


def test_money_of_a_layer_leads_to_the_page_that_shows_the_same_sum(client):
    framework = baker.make(Framework, slug="trail-map", name="Trail Map")
    layer = baker.make(Layer, framework=framework, slug="ci-cd", name="CI/CD", parent=None)
    left = item("Left the landscape", delisted_at=instant(2020, 1, 1))
    put(layer, item=left)
    baker.make(ItemOrganization, item=left, organization=company("Acme"), role="vendor")
    funding_round("Acme", "2019-03-01", 10)
    funding_round("Other", "2019-03-01", 90)
    question(
        1, evidence=[{"kind": "funding_of_layer", "of": ["trail-map/ci-cd"], "caption": "Money", "caption_zh": ""}]
    )

    content = page(client, "/questions/question-1/")
    ((address, shown),) = re.findall(r'<a href="(/funding/\?[^"]+)">(.+?)</a>', content)

    assert "US$10M" in shown
    assert f"<dd>{shown}</dd>" in page(client, unescape(address))
    assert "also what has left the landscape" in content


def test_dates_of_the_timeline_keep_their_precision(client):
    event("mainframe", "1970-01-01", "decade", until="1980-01-01")
    event("docker", "2013-01-01", "year")
    event("kubernetes", "2014-06-01", "month")
    event("fig", "2014-07-22", doubt="Some say June.")
    content = page(client, "/timeline/")
    assert '<span class="when">1970s</span> – <span class="when">1980s</span>' in content
    assert '<time datetime="2013">2013</time>' in content
    assert '<time datetime="2014-06">June 2014</time>' in content
    assert '<time datetime="2014-07-22">22 July 2014</time>' in content
    assert "<strong>Doubt:</strong> Some say June." in content
    assert 'id="fig"' in content
    assert "1970 年代" in page(client, "/zh-hans/timeline/")


def events(client, query=""):
    decades = client.get(f"/timeline/{query}").context["decades"]
    lines = [line for decade in decades for _year, lines in decade.years for line in lines]
    return [line.event.slug if line.event else line.change.item.slug for line in lines]


def test_the_timeline_is_filtered_by_kind_and_years(client):
    event("conway", "1967-01-01", "year")
    event("fig", "2014-07-22", kind="deal")
    event("kong", "2019-03-18", kind="deal")
    assert events(client) == ["conway", "fig", "kong"]
    assert events(client, "?kind=deal") == ["fig", "kong"]
    assert events(client, "?kind=deal&kind=idea&last=2014") == ["conway", "fig"]
    assert events(client, "?first=2010&last=2014") == ["fig"]


def test_promotions_come_from_the_catalogue_when_asked_for(client):
    istio = item("Istio")
    change(istio, "promoted", instant(2023, 7, 12), before="incubating", after="graduated")
    change(istio, "promoted", instant(2021, 7, 12), before="", after="sandbox")
    event("fig", "2014-07-22", kind="deal")
    assert events(client) == ["fig"]
    assert events(client, "?promotions=on") == ["fig", "istio"]
    assert events(client, "?promotions=on&kind=deal") == ["fig"]
    assert events(client, "?promotions=on&kind=landscape") == ["istio"]
    assert events(client, "?promotions=on&last=2022") == ["fig"]


def test_the_strip_leads_from_decades_to_years(client):
    event("conway", "1967-01-01", "year")
    event("fig", "2014-07-22")
    bars = client.get("/timeline/").context["strip"].bars
    assert [(bar.label, bar.events) for bar in bars] == [
        ("1960s", 1), ("1970s", 0), ("1980s", 0), ("1990s", 0), ("2000s", 0), ("2010s", 1),
    ]  # fmt: skip
    assert bars[-1].url == "/timeline/?first=2010&last=2019"
    strip = client.get(bars[-1].url).context["strip"]
    assert [bar.label for bar in strip.bars] == [str(year) for year in range(2010, 2020)]
    assert strip.out_url == "/timeline/"


@pytest.mark.parametrize("query", ["first=x", "kind=x", "first=2020&last=2010", "first=-5", "first=99999999999"])
def test_the_timeline_takes_no_nonsense(client, query):
    event("fig", "2014-07-22")
    response = client.get(f"/timeline/?{query}")
    assert response.status_code == 200
    assert 'role="alert"' in response.content.decode()


def test_forecasts_are_scored_and_filtered(client):
    forecast("one")
    forecast("two", "missed")
    forecast("three", "open", evidence="", due_on=None, due_precision="")
    response = client.get("/forecasts/")
    scores = {str(score.verdict): score.forecasts for score in response.context["scores"]}
    assert scores == {"met": 1, "partly": 0, "missed": 1, "not_measurable": 0, "open": 1}
    assert "no due date" in response.content.decode()
    missed = client.get("/forecasts/?verdict=missed")
    assert [row.slug for row in missed.context["forecasts"]] == ["two"]
    assert 'role="alert"' in page(client, "/forecasts/?verdict=x")


def test_the_essay_lists_each_statement_with_its_home(client):
    concept("sidecar")
    SearchText.objects.create(kind="concept", path="concept:sidecar", title="Sidecar", title_zh="边车", words="")
    statement("DEF-24", home="concept:sidecar", text_zh="边车是代理。")
    statement("INC-01", 2, status="doubtful", today="Eight were said, seven named.")
    content = page(client, "/essay/")
    assert 'id="DEF-24"' in content
    assert '<a href="/concepts/sidecar/">Sidecar</a>' in content
    assert "Eight were said, seven named." in content
    assert 'id="INC-01"' not in page(client, "/essay/?group=DEF")
    assert 'id="DEF-24"' not in page(client, "/essay/?status=doubtful")
    assert '<a href="/zh-hans/concepts/sidecar/">边车</a>' in page(client, "/zh-hans/essay/")
    assert 'role="alert"' in page(client, "/essay/?group=XXX&status=x")


def test_the_essay_says_what_the_landscape_counted(client):
    period(item("Rook", maturity="graduated"), instant(2020, 1, 1))
    statement("N-03", text="Nine projects have graduated.")
    content = page(client, "/essay/")
    assert (
        '<strong>1</strong> <a href="/?as_of=2020-04-25T12:00Z">counted in the landscape of 25 April 2020</a>'
        in content
    )


def test_essay_and_timeline_answer_htmx_with_their_results_alone(client):
    for name in ("essay", "timeline"):
        content = client.get(f"/{name}/", headers={"HX-Request": "true"}).content.decode()
        assert content.strip().startswith(f'<div id="{name}-results">')


def test_insights_tell_what_became_of_them(client):
    insight("core", today="It held.")
    content = page(client, "/insights/criteria/")
    assert 'id="core"' in content
    assert "It held." in content


def test_the_trail_map_is_a_route(client):
    framework = baker.make(Framework, slug="trail-map", name="Trail Map")
    steps = [
        baker.make(Layer, framework=framework, slug=f"step-{n}", name=f"Step {n}", position=n, parent=None)
        for n in (1, 2, 3)
    ]
    concept("container").layers.add(steps[1])
    content = page(client, "/knowledge/trail-map/step-2/")
    assert 'href="/concepts/container/"' in content
    assert 'rel="prev" href="/knowledge/trail-map/step-1/"' in content
    assert 'rel="next" href="/knowledge/trail-map/step-3/"' in content
    assert 'href="/layers/trail-map/step-2/"' in content
    assert 'href="/knowledge/trail-map/step-3/"' in page(client, "/knowledge/")


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("path", "queries"),
    [
        ("knowledge", 11), ("questions", 3), ("questions/question-0", 14), ("concepts", 3), ("concepts/center", 22),
        ("comparisons", 4), ("comparisons/table-0", 9), ("timeline", 9), ("timeline/?promotions=on", 11),
        ("forecasts", 7), ("insights/criteria", 10), ("essay", 13), ("glossary", 4), ("knowledge/trail-map/step-0", 6),
    ],
)  # fmt: skip
def test_pages_ask_as_often_for_three_entries(client, rows, path, queries, django_assert_num_queries):
    fill(rows)
    address = f"/{path}" if "?" in path else f"/{path}/"
    client.get(address)
    with django_assert_num_queries(queries):
        client.get(address)


def fill(rows):
    """Give so many entries of everything, each tied to so many others."""
    center = concept("center")
    framework = baker.make(Framework, slug="trail-map", name="Trail Map")
    evidence = [{"kind": "items_of_concept", "of": ["center"], "caption": "Items", "caption_zh": ""}]
    for number in range(rows):
        other = concept(f"other-{number}")
        other.relations.create(other=center, kind="part_of")
        alias(other, f"name {number}")
        made = item(f"Item {number}", maturity="incubating")
        implements(made, center, number)
        change(made, "promoted", instant(2023, 7, 12 + number), before="incubating", after="graduated")
        layer = baker.make(Layer, framework=framework, slug=f"step-{number}", name="Step", position=number, parent=None)
        center.layers.add(layer)
        comparison(f"table-{number}", columns=(center, other), rows=[("Place", ["here", "there"])] * rows)
        entries = [
            question(number, slug=f"question-{number}", evidence=evidence),
            event(f"event-{number}", "2014-07-22"),
        ]
        entries.append(insight(f"insight-{number}"))
        for entry in entries:
            entry.concepts.add(center)
            entry.items.add(made)
        forecast(f"forecast-{number}")
        statement(f"N-0{number}", number, home=f"item:item-{number}")
