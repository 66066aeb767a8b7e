"""The Model Context Protocol as an assistant meets it: over HTTP, and on standard input and output."""

import json

import anyio
import pytest
from asgiref.sync import async_to_sync
from mcp import Client
from model_bakery import baker

from api.mcp.server import server
from knowledge.models import Concept
from knowledge.search_index import rebuild_search_texts
from projects.models import Item, ItemAlias, Source
from tests.web.catalogue import item, landscape, version

pytestmark = pytest.mark.django_db

HEADERS = {"HTTP_ACCEPT": "application/json, text/event-stream"}
HELLO = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": {"name": "test", "version": "1"},
    },
}


def post(client, message, **headers):
    return client.post("/mcp", json.dumps(message), content_type="application/json", **{**HEADERS, **headers})


def call(client, tool, **arguments):
    message = {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": {"name": tool, "arguments": arguments}}
    result = post(client, message, HTTP_MCP_PROTOCOL_VERSION="2025-06-18").json()["result"]
    text = result["content"][0]["text"]
    return text if result.get("isError") else json.loads(text)


@pytest.fixture
def mesh():
    landscape()
    item("Istio", maturity="graduated")
    concept = baker.make(
        Concept,
        slug="service-mesh",
        title="Service mesh",
        title_zh="服务网格",
        kind="technology",
        definition="A layer.",
    )
    concept.sources.add(Source.objects.create(url="https://example.org/mesh", title="Mesh", publisher="Example"))
    rebuild_search_texts()


def test_the_server_says_who_it_is_and_offers_its_tools(client, db):
    answer = post(client, HELLO)
    assert answer.status_code == 200
    assert answer.json()["result"]["serverInfo"]["name"] == "strata"

    listed = post(client, {"jsonrpc": "2.0", "id": 3, "method": "tools/list"}, HTTP_MCP_PROTOCOL_VERSION="2025-06-18")
    tools = listed.json()["result"]["tools"]
    assert {tool["name"] for tool in tools} == {"search", "item", "compare", "screen", "layer", "concept"}
    assert all(tool["annotations"]["readOnlyHint"] for tool in tools)


def test_a_search_finds_items_and_concepts(client, mesh):
    assert call(client, "search", query="servicemesh")["results"][0]["title_zh"] == "服务网格"
    assert [hit["title"] for hit in call(client, "search", query="Istio", kinds=["item"])["results"]] == ["Istio"]


def test_an_item_comes_with_its_source_and_its_figures(client, mesh):
    answer = call(client, "item", slug="istio")
    assert answer["item"]["maturity"] == "graduated"
    assert answer["item"]["source"]
    assert answer["figures"]["results"] == []


def test_a_former_slug_of_an_item_leads_on(client, mesh):
    baker.make(ItemAlias, item=Item.objects.get(slug="istio"), name="Old Istio", slug="old-istio")
    answer = call(client, "item", slug="old-istio")
    assert (answer["item"]["slug"], answer["figures"]["results"]) == ("istio", [])


def test_a_concept_comes_with_its_sources(client, mesh):
    assert call(client, "concept", slug="service-mesh")["sources"][0]["url"] == "https://example.org/mesh"


def test_what_the_api_refuses_the_tool_refuses_in_its_words(client, mesh):
    assert "There is no entry nothing." in call(client, "concept", slug="nothing")
    assert "as_of" in call(client, "item", slug="istio", as_of="yesterday")


@pytest.mark.parametrize(
    ("tool", "arguments", "sentence"),
    [
        ("search", {}, "query: Give a text."),
        ("search", {"query": " "}, "query: Give a text."),
        ("search", {"query": "a", "limit": 51}, "limit: Give a whole number from 1 to 50."),
        ("search", {"query": 1, "limit": "x"}, "query: Give a text.; limit: Give a whole number from 1 to 50."),
        ("search", {"query": "a", "kinds": ["party"]}, "kinds: Give a list, each one of item, concept, "),
        ("search", {"q": "a"}, "q: Unknown argument. Choose from: query, kinds, limit."),
        ("item", {"slug": "a/b"}, "slug: Give a text of letters, digits, - and _."),
        ("item", {"slug": "istio", "as_of": 2020}, "as_of: Give a text."),
        ("item", {"slug": "istio", "as_of": "2010-01-01"}, "as_of: 2010-01-01 lies before the landscape's first version"),
        ("compare", {"items": ["istio"]}, "items: Give a list of 2 to 6, each a text."),
        ("screen", {"filters": {"stars_min": {}}},
         "filters: Give an object, each value a text or a whole number or a number or a list, each a text."),
        ("screen", {"filters": {"format": "csv"}}, "filters: format is no filter of the screener."),
        ("screen", {"filters": {"page": 2}}, "filters: page is no filter of the screener."),
        ("screen", {"filters": {"stars_min": "x"}}, "stars_min: Give a number."),
        ("screen", {"filters": {}, "page": 0}, "page: Give a whole number from 1."),
        ("screen", {"filters": {"colour": "red"}}, "colour: Unknown parameter. Choose from: "),
        ("layer", {"framework": "nothing"}, "framework: There is no nothing here."),
        ("layer", {"as_of": "never"}, "as_of: Write a day (2020-04-25)"),
        ("sing", {}, "Unknown tool: sing"),
    ],
)  # fmt: skip
def test_a_bad_argument_is_named_with_what_may_be_given(client, mesh, tool, arguments, sentence):
    version()
    answer = call(client, tool, **arguments)
    assert sentence in answer
    assert "pydantic" not in answer


def test_pages_of_other_sites_may_not_ask(client, db):
    assert post(client, HELLO, HTTP_ORIGIN="https://evil.example").status_code == 403
    assert post(client, HELLO, HTTP_ORIGIN="http://testserver").status_code == 200


def test_what_is_no_message_is_refused(client, db):
    assert client.post("/mcp", "{", content_type="application/json", **HEADERS).status_code == 400
    assert client.post("/mcp", "x" * 300_000, content_type="application/json", **HEADERS).status_code == 413


@pytest.mark.parametrize("method", ["get", "delete", "put"])
def test_there_is_no_stream_to_wait_on(client, method):
    assert getattr(client, method)("/mcp", **HEADERS).status_code == 405


def test_the_sdks_own_client_can_use_it(mesh):
    async def ask():
        with anyio.fail_after(30):
            async with Client(server) as assistant:
                return await assistant.call_tool("concept", {"slug": "service-mesh"})

    answer = async_to_sync(ask)()
    assert json.loads(answer.content[0].text)["title"] == "Service mesh"
