"""Where REST and GraphQL are, for the public GitHub and for Enterprise."""

import httpx
import pytest

from sources.clients.github import ApiAddressError
from sources.clients.github.addresses import api_address


@pytest.mark.parametrize(
    ("url", "rest", "graphql"),
    [
        ("https://api.github.com", "https://api.github.com/repos/a/b", "https://api.github.com/graphql"),
        ("https://api.github.com/ ", "https://api.github.com/repos/a/b", "https://api.github.com/graphql"),
        ("http://127.0.0.1:8765", "http://127.0.0.1:8765/repos/a/b", "http://127.0.0.1:8765/graphql"),
        (
            "https://git.example.org/api/v3/",
            "https://git.example.org/api/v3/repos/a/b",
            "https://git.example.org/api/graphql",
        ),
        (
            "http://proxy.example.org/github",
            "http://proxy.example.org/github/repos/a/b",
            "http://proxy.example.org/github/graphql",
        ),
    ],
)
def test_both_end_points_follow_from_one_address(url, rest, graphql):
    address = api_address(url)

    assert (str(address.rest_url("/repos/a/b")), str(address.graphql)) == (rest, graphql)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "api.github.com",
        "ftp://api.github.com",
        "https://user:secret@api.github.com",
        "https://a/?b=c",
        "http://[::",
    ],
)
def test_what_is_no_address_of_an_api_is_refused(url):
    with pytest.raises(ApiAddressError) as refused:
        api_address(url)

    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://git.example.org/api/v3/repositories/1", True),
        ("https://git.example.org/repositories/1", False),
        ("https://git.example.org/api/v3/../admin", False),
        ("http://git.example.org/api/v3/repositories/1", False),
        ("https://git.example.org:8443/api/v3/repositories/1", False),
        ("https://evil.example.org/api/v3/repositories/1", False),
    ],
)
def test_only_the_api_itself_is_followed(url, expected):
    assert api_address("https://git.example.org/api/v3").holds(httpx.URL(url)) is expected
