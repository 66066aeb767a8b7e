"""A client on a clock that stands still, and the GraphQL end point it speaks to."""

import pytest
import respx

from sources.clients.github import GithubClient
from tests.sources.clients.github.answers import NOW, TOKEN


@pytest.fixture
def waits():
    """The waits that the client would have slept."""
    return []


@pytest.fixture
def client(waits):
    with GithubClient(token=TOKEN, clock=lambda: NOW, sleep=waits.append) as client:
        yield client


@pytest.fixture
def github():
    with respx.mock(base_url="https://api.github.com", assert_all_called=False) as router:
        yield router


@pytest.fixture
def graphql(github):
    return github.post("/graphql")
