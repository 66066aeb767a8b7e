"""Directories for embedded services, and the servers in them, gone after the test."""

import shutil
import tempfile
from pathlib import Path

import pytest

from landscape.embedded.paths import Layout
from landscape.embedded.postgres import Postgres
from landscape.embedded.valkey import Valkey

MEMORY = Path("/dev/shm")  # noqa: S108  (a directory of its own is made in it)
ROOM_BYTES = 1_000_000_000


def roomy_memory():
    """Return the directory in memory, where servers that sync to disk are fast, or None for the usual one."""
    return MEMORY if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM_BYTES else None


@pytest.fixture
def layout():
    # Not tmp_path: its length would move the sockets elsewhere.
    base = Path(tempfile.mkdtemp(prefix="strata-", dir=roomy_memory()))
    made = Layout(base)
    yield made
    shutil.rmtree(base)
    shutil.rmtree(made.sockets, ignore_errors=True)


@pytest.fixture
def cluster(layout):
    """Make PostgreSQL servers on one directory, each as another process would see it."""
    made = []

    def make(**options):
        made.append(Postgres(layout, **options))
        return made[-1]

    yield make
    for server in made:
        server.leave()


@pytest.fixture
def broker(layout):
    """Make Valkey servers on one directory."""
    made = []

    def make():
        made.append(Valkey(layout))
        return made[-1]

    yield make
    for server in made:
        server.leave()


@pytest.fixture
def own_home(layout, monkeypatch):
    """Have the commands of run.py work on a fresh home directory, with no server configured."""
    monkeypatch.setenv("STRATA_HOME", str(layout.base))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("CELERY_BROKER_URL", raising=False)
    return layout
