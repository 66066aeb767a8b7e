"""A real Celery worker, broker and database: opened by a task, killed on the way, finished by the next worker."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from landscape.embedded.paths import Layout
from landscape.embedded.valkey import Valkey
from metrics.models import RepositorySnapshot
from sources.models import MetricsRun, RepositoryFetch, RunKind, RunStatus
from tests.fakes.github import FakeGithub, World
from tests.sources.importers.github.nights import database_url, list_world

pytestmark = [pytest.mark.e2e, pytest.mark.enable_socket, pytest.mark.django_db(transaction=True)]
PATIENCE_SECONDS = 150


@pytest.fixture
def layout():
    # Not tmp_path: sockets need a short name.
    made = Layout(Path(tempfile.mkdtemp(prefix="strata-")))
    server = Valkey(made)
    server.ensure()
    yield made
    server.leave()
    shutil.rmtree(made.base)
    shutil.rmtree(made.sockets, ignore_errors=True)


@contextmanager
def running_worker(fake, layout):
    """A worker with beat inside, which looks every minute for what the one before it left; it ends with the block."""
    environment = os.environ | {
        "DATABASE_URL": database_url(),
        "CELERY_BROKER_URL": layout.broker_url(),
        "STRATA_HOME": str(layout.base),
        "GITHUB_API_URL": fake.url,
        "GITHUB_TOKEN": fake.token,
        "PYTHONWARNINGS": "ignore",
    }
    command = [sys.executable, "-m", "celery", "--quiet", "-A", "landscape", "worker", "-P", "threads", "-c", "2"]
    command += ["-B", "-s", str(layout.base / "beat"), "-l", "info"]
    with (layout.base / "worker.log").open("ab") as log:
        worker = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        yield worker
    finally:
        worker.terminate()
        try:
            worker.wait(30)
        except subprocess.TimeoutExpired:
            worker.kill()
            worker.wait()


def wait_until(is_true, layout):
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not is_true():
        assert time.monotonic() < deadline, (layout.base / "worker.log").read_text()[-4000:]
        time.sleep(0.05)


def measured():
    return RepositoryFetch.objects.filter(state="measured").count()


def is_nightly_done():
    return MetricsRun.objects.filter(kind=RunKind.NIGHTLY, status=RunStatus.DONE).exists()


def test_a_killed_worker_is_replaced_and_the_night_is_whole(layout):
    with FakeGithub(World(300)) as fake:
        list_world(fake.world)
        # Slow enough to be killed in the middle.
        fake.faults.add("timeout", times=2)
        fake.faults.timeout_seconds = 1.0
        with running_worker(fake, layout) as worker:
            wait_until(lambda: measured() > 0, layout)
            worker.send_signal(signal.SIGKILL)
            worker.wait()
        assert not is_nightly_done()
        with running_worker(fake, layout):
            wait_until(is_nightly_done, layout)

        run = MetricsRun.objects.get(kind=RunKind.NIGHTLY)
        assert run.counts == {"repositories": 300, "measured": 300}
        assert RepositorySnapshot.objects.count() == 300
        assert fake.ledger.violations == []
        assert fake.token not in (layout.base / "worker.log").read_text()
