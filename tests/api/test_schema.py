"""The description agrees with what the API does, and its page contacts nobody."""

import re

import pytest
from django.core.management import call_command

pytestmark = pytest.mark.django_db


@pytest.fixture
def schema(client):
    return client.get("/api/schema/?format=json").json()


def test_schema_is_valid_and_without_warnings(capsys):
    call_command("spectacular", "--validate", "--fail-on-warn")
    assert capsys.readouterr().err == ""


def test_schema_documents_every_answer(schema):
    for path, operations in schema["paths"].items():
        assert set(operations["get"]["responses"]) == {"200", "304", "400", "404", "429"}, path


def test_schema_knows_every_parameter_that_lists_take(schema, get):
    for name in ("items", "projects", "categories", "organizations", "repositories", "changes"):
        parameters = {each["name"] for each in schema["paths"][f"/api/v1/{name}/"]["get"]["parameters"]}
        told = get(f"{name}/?nothing=1", status=400).json()["nothing"][0]
        known = set(told.partition("Choose from: ")[2].rstrip(".").split(", "))
        assert parameters == known


def test_schema_describes_each_row(schema, get, small_landscape):
    components = schema["components"]["schemas"]
    for name, component in [("items", "Item"), ("projects", "Project"), ("categories", "Category")]:
        row = get(f"{name}/").json()["results"][0]
        assert list(components[component]["properties"]) == list(row)
    envelope = components["PaginatedItemList"]["properties"]
    assert list(envelope) == list(get("items/").json())


def test_schema_describes_the_details(schema, get, small_landscape):
    components = schema["components"]["schemas"]
    detail = get("items/cilium/").json()
    assert set(components["ItemAnswer"]["properties"]) == set(detail)
    assert set(components["Period"]["properties"]) == set(detail["periods"][0])
    assert set(components["Landscape"]["properties"]) == set(get("landscape/").json())


def test_documentation_page_runs_no_inline_script_and_contacts_nobody(client):
    page = client.get("/api/docs/")
    text = page.content.decode()
    assert page.status_code == 200
    assert re.findall(r"<script(?![^>]*\bsrc=)", text) == []
    assert [url for url in re.findall(r'(?:src|href)="([^"]+)"', text) if not url.startswith("/")] == []
    policy = page["Content-Security-Policy"]
    assert "style-src 'self' 'unsafe-inline'" in policy
    assert "script-src" not in policy
    assert "default-src 'self'" in policy


def test_documentation_script_is_an_answer_of_its_own(client):
    text = client.get("/api/docs/").content.decode()
    address = next(
        url for url in re.findall(r'<script src="([^"]+)"', text) if "script" in url and url.startswith("/api/")
    )
    script = client.get(address.replace("&amp;", "&"))
    assert script["Content-Type"].startswith("application/javascript")
    assert "/api/schema/" in script.content.decode()


def test_committed_description_is_the_present_one(tmp_path, settings):
    written = tmp_path / "openapi.yaml"
    call_command("spectacular", "--file", str(written))
    committed = settings.BASE_DIR / "docs" / "openapi.yaml"
    assert written.read_text() == committed.read_text(), "python3 run.py manage spectacular --file docs/openapi.yaml"


def test_no_call_asks_for_an_account(schema):
    assert [path for path, operations in schema["paths"].items() if "security" in operations["get"]] == []
    assert "securitySchemes" not in schema["components"]
    assert "Bearer" in schema["info"]["description"]


def test_documentation_page_leads_back_and_keeps_the_theme(client):
    client.cookies["theme"] = "dark"
    text = client.get("/api/docs/").content.decode()
    assert '<a href="/">' in text
    assert 'data-theme="dark"' in text


def test_language_before_the_address_leads_to_the_api(client):
    response = client.get("/zh-hans/api/v1/items/?page=2")
    assert (response.status_code, response["Location"]) == (302, "/api/v1/items/?page=2")
    assert client.get("/zh-hans/api/docs/")["Location"] == "/api/docs/"
