import pytest
from model_bakery import baker

from projects.models import Logo, LogoSheet

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _logos():
    baker.make(Logo, digest="a" * 64, webp=b"raster", svg=b"<svg/>")
    baker.make(Logo, digest="b" * 64, webp=b"raster", svg=b"")
    baker.make(LogoSheet, digest="c" * 64, webp=b"sheet")


@pytest.mark.parametrize(
    ("address", "content", "media_type"),
    [
        (f"/logos/{'a' * 64}.webp", b"raster", "image/webp"),
        (f"/logos/{'a' * 64}.svg", b"<svg/>", "image/svg+xml"),
        (f"/logos/sheets/{'c' * 64}.webp", b"sheet", "image/webp"),
    ],
)
def test_logos_are_served_for_ever_and_may_do_nothing(client, address, content, media_type):
    response = client.get(address)
    assert (response.content, response["Content-Type"]) == (content, media_type)
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@pytest.mark.parametrize(
    "address", [f"/logos/{'b' * 64}.svg", f"/logos/{'d' * 64}.webp", f"/logos/sheets/{'a' * 64}.webp"]
)
def test_logos_that_are_not_there_are_404(client, address):
    assert client.get(address).status_code == 404


def test_logos_cost_one_query_and_no_session(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert "Cookie" not in client.get(f"/logos/{'a' * 64}.webp").get("Vary", "")
