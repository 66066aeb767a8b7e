import re

import pytest
from model_bakery import baker

from projects.models import Organization
from tests.knowledge.entries import concept
from tests.web.catalogue import item

pytestmark = pytest.mark.django_db


def locations(client, path):
    return re.findall(r"<loc>http://testserver([^<]+)</loc>", client.get(path).content.decode())


@pytest.fixture
def rows():
    item("Rook")
    baker.make(Organization, slug="upbound")
    concept("pod")


def test_sitemap_lists_its_files(client, rows):
    assert locations(client, "/sitemap.xml") == [
        "/sitemap-pages.xml",
        "/sitemap-categories.xml",
        "/sitemap-items.xml",
        "/sitemap-organizations.xml",
        "/sitemap-concepts.xml",
        "/sitemap-questions.xml",
        "/sitemap-comparisons.xml",
    ]


@pytest.mark.parametrize(
    ("section", "paths"),
    [
        ("items", ["/items/rook/", "/zh-hans/items/rook/"]),
        ("categories", ["/categories/runtime/", "/zh-hans/categories/runtime/"]),
        ("organizations", ["/organizations/upbound/", "/zh-hans/organizations/upbound/"]),
        ("concepts", ["/concepts/pod/", "/zh-hans/concepts/pod/"]),
    ],
)
def test_sitemap_names_every_page_in_both_languages(client, rows, section, paths):
    assert locations(client, f"/sitemap-{section}.xml") == paths
    content = client.get(f"/sitemap-{section}.xml").content.decode()
    assert f'hreflang="zh-hans" href="http://testserver{paths[1]}"' in content


def test_sitemap_has_pages(client, monkeypatch):
    monkeypatch.setattr("web.views.sitemaps.RowSitemap.limit", 2)
    for name in ("One", "Two"):
        item(name)
    assert "/sitemap-items.xml?p=2" in locations(client, "/sitemap.xml")
    assert locations(client, "/sitemap-items.xml?p=2") == ["/items/two/", "/zh-hans/items/two/"]


@pytest.mark.parametrize("path", ["/sitemap-nothing.xml", "/sitemap-items.xml?p=99", "/sitemap-items.xml?p=x"])
def test_sitemap_beyond_its_files_is_404(client, rows, path):
    assert client.get(path).status_code == 404


def test_robots_names_the_sitemap(client):
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert lines[0] == "User-agent: *"
    assert lines[-1] == "Sitemap: http://127.0.0.1:8000/sitemap.xml"
    assert "Disallow: /accounts/" in lines
