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
from projects.models import Source
from tests.web.catalogue import item, landscape

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


def test_a_concept_comes_with_its_sources(client, mesh):
    assert call(client, "concept", slug="service-mesh")["sources"][0]["url"] == "https://example.org/mesh"


def test_what_the_api_refuses_the_tool_refuses_in_its_words(client, mesh):
    assert "There is no entry nothing." in call(client, "concept", slug="nothing")
    assert "as_of" in call(client, "item", slug="istio", as_of="yesterday")


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
