"""A fake GitHub, a catalogue that names its repositories, and nights in which they are measured."""

import pytest

from tests.fakes.github import FakeGithub, VirtualClock, World
from tests.sources.importers.github.nights import Nights, list_world

pytestmark = pytest.mark.enable_socket


@pytest.fixture
def clock():
    return VirtualClock()


@pytest.fixture(autouse=True)
def _shared_cache(settings, request):
    """A cache of the test's own in Valkey's place."""
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": request.node.nodeid},
        "process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    }


@pytest.fixture
def fake(clock):
    world = World(60)
    for one in world:
        # The fake's own rise and fall by chance, as if they were shrunken answers.
        one.fixed = {"open_issues": 5, "open_pull_requests": 3, "commits_30d": 7}
    with FakeGithub(world, clock=clock) as fake:
        yield fake


@pytest.fixture
def nights(db, fake, clock):
    """Nights over all repositories of the fake, each of which one card names."""
    list_world(fake.world)
    return Nights(fake, clock)
