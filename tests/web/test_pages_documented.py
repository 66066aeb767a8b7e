import re

from django.urls import URLResolver

from landscape.embedded.paths import PROJECT
from web import urls

# What is part of another page, or a form's answer.
NO_PAGES = {"theme", "map", "design"}


def routes(patterns, before=""):
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        else:
            yield route


def test_every_family_of_pages_is_documented():
    families = {route.split("/")[0] for route in routes(urls.urlpatterns) if "/" in route} - NO_PAGES
    documented = set(re.findall(r"`/([a-z-]+)/", (PROJECT / "docs" / "pages.md").read_text()))
    assert len(families) > 20
    assert families - documented == set()
