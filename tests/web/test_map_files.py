"""The map as a file."""

import io

import pytest
from PIL import Image

from tests.web.catalogue import instant, item, landscape, period
from web.views import map_files

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _rook():
    landscape(attribution="CNCF Landscape contributors")
    rook = item("Rook", maturity="graduated", kind="project")
    period(rook, until=instant(2020, 1, 1), maturity="sandbox")
    period(rook, instant(2020, 1, 1))


def test_svg_shows_the_day_with_its_source_and_terms(client):
    response = client.get("/data/map.svg?as_of=2019-01-01")
    text = response.content.decode()

    assert response["Content-Type"] == "image/svg+xml"
    assert response["Content-Disposition"] == 'inline; filename="strata-map-2019-01-01.svg"'
    assert "As of 1 March 2018 · 1 items, 1 of them hosted" in text
    assert "CNCF Landscape contributors" in text
    assert "CC BY 4.0" in text
    assert "<title>Rook</title>" in text


def test_svg_in_chinese(client):
    assert "2020年1月1日" in client.get("/data/map.svg?language=zh-hans").content.decode()


def test_png_is_a_picture(client):
    response = client.get("/data/map.png")

    assert Image.open(io.BytesIO(response.content)).format == "PNG"


def test_png_is_in_english_where_there_is_no_chinese_font(client, monkeypatch):
    drawn = []
    monkeypatch.setattr(map_files, "chinese_font", lambda: None)
    monkeypatch.setitem(map_files.WRITERS, "png", (lambda scene: drawn.append(scene) or b"", "image/png"))

    client.get("/data/map.png?language=zh-hans")

    assert any("As of 1 January 2020" in getattr(element, "text", "") for element in drawn[0].elements)


@pytest.mark.parametrize("path", ["map.svg", "map.png"])
@pytest.mark.parametrize(("field", "value"), [("as_of", "x"), ("group", "x"), ("language", "fr"), ("group", "%00")])
def test_nonsense_is_refused_with_the_field(client, path, field, value):
    response = client.get(f"/data/{path}?{field}={value}")

    assert response.status_code == 400
    assert response.content.decode().startswith(f"{field}: ")


@pytest.mark.parametrize("query", ["group=members", "group=all", "as_of=2010-01-01"])
def test_any_group_and_day_is_a_picture(client, query):
    assert client.get(f"/data/map.svg?{query}").status_code == 200


def test_picture_is_drawn_once_until_the_data_change(client):
    first = client.get("/data/map.svg")

    assert first["Strata-Shared-Answer"] == "1"
    assert client.get("/data/map.svg", headers={"If-None-Match": first["ETag"]}).status_code == 304


def test_only_one_picture_is_drawn_at_a_time(client, monkeypatch):
    monkeypatch.setattr(map_files, "PATIENCE_SECONDS", 0)

    with map_files.DRAWING:
        busy = client.get("/data/map.svg")

    assert (busy.status_code, busy["Retry-After"]) == (503, "0")
    assert "ETag" not in busy
    assert client.get("/data/map.svg").status_code == 200


def test_a_picture_too_tall_is_refused(client, monkeypatch):
    monkeypatch.setattr(map_files, "TALLEST", 10)

    assert client.get("/data/map.svg").status_code == 400
