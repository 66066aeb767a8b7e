import os
import signal
import socket
import subprocess
import sys
import time

import pytest

from landscape.embedded import processes, site
from landscape.embedded.errors import EmbeddedError


@pytest.mark.enable_socket
def test_taken_port_is_one_sentence():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        with pytest.raises(EmbeddedError) as caught:
            site.require_free_port("127.0.0.1", port)

    said = f"Strata cannot listen on 127.0.0.1 port {port} (another program has it): choose another with --port."
    assert str(caught.value) == said


@pytest.mark.enable_socket
def test_free_port_is_accepted():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]

    site.require_free_port("127.0.0.1", port)


def test_second_site_is_told_where_the_first_one_is(own_home):
    with site.claimed("http://127.0.0.1:8000/"):
        assert site.is_running()
        with pytest.raises(EmbeddedError) as caught, site.claimed("http://127.0.0.1:9000/"):
            pass

    said = f"Strata is already running here: http://127.0.0.1:8000/ (process {os.getpid()})."
    assert str(caught.value) == said
    assert not site.is_running()


def test_orphans_of_a_killed_supervisor_are_ended(own_home, capsys):
    command = [sys.executable, "-c", "print('up', flush=True); import time; time.sleep(60)"]
    marked = {**os.environ, processes.MARK: str(own_home.base)}
    with subprocess.Popen(command, env=marked, stdout=subprocess.PIPE) as orphan:
        orphan.stdout.readline()

        site.end_orphans()

        assert orphan.wait(5) == -signal.SIGTERM
    assert capsys.readouterr().out == "Ending 1 processes that an earlier start left behind ...\n"


def test_no_answer_is_no_answer():
    started_at = time.monotonic()

    assert not site.is_answering("127.0.0.1", 1)
    assert time.monotonic() - started_at < 60


def test_programs_stop_in_their_order_and_operators_settings_win(own_home):
    services = site.Services(own_home, None, None)

    found = site.programs(services, {"GRANIAN_WORKERS": "1"}, host="::1", port=8001)

    assert [program.name for program in found] == ["beat", "web", "worker"]
    assert " --host ::1 --port 8001 " in " ".join(found[1].command)
    assert found[1].environment["GRANIAN_WORKERS"] == "1"
