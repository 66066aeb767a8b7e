"""``python3 run.py`` as its user meets it: started, killed, started again, stopped."""

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import time

import pytest

from landscape.embedded import processes
from landscape.embedded.paths import PROJECT

pytestmark = [pytest.mark.e2e, pytest.mark.enable_socket]
PATIENCE_SECONDS = 180


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def is_up(port):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    with contextlib.closing(connection), contextlib.suppress(OSError):
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    return False


def start(port):
    command = [sys.executable, str(PROJECT / "run.py"), "--port", str(port)]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
    )


def wait_for_welcome(site):
    said = []
    for line in site.stdout:
        said.append(line)
        if "Strata is ready" in line:
            return
    pytest.fail("".join(said))


def test_site_starts_again_after_kills_and_stops_cleanly(own_home):
    port = free_port()
    with start(port) as site:
        wait_for_welcome(site)
        assert is_up(port)
        second = subprocess.run(
            [sys.executable, str(PROJECT / "run.py"), "--port", str(free_port())],
            capture_output=True,
            text=True,
            check=False,
        )
        assert second.returncode == 1
        assert second.stderr == f"Strata is already running here: http://127.0.0.1:{port}/ (process {site.pid}).\n"
        os.kill(site.pid, signal.SIGKILL)

    with start(port) as site:
        wait_for_welcome(site)
        assert is_up(port)
        site.send_signal(signal.SIGHUP)
        rest = site.stdout.read()
        assert site.wait(PATIENCE_SECONDS) == 0

    assert rest.endswith("Stopped.\n")
    assert processes.supervised_by(own_home.base) == []
    assert not is_up(port)
    deadline = time.monotonic() + PATIENCE_SECONDS
    while any(own_home.run.glob("*.sock")) or any(own_home.run.glob(".s.PGSQL*")):
        assert time.monotonic() < deadline
        time.sleep(0.05)
