import os
import signal
import sys
import threading
import time

import psutil
import pytest

from landscape.embedded import processes
from landscape.embedded.errors import EmbeddedError
from landscape.embedded.paths import Layout
from landscape.embedded.services import Services
from landscape.embedded.supervisor import MOST_DEATHS, Program, Supervisor


def program(name, code, **options):
    return Program(name, [sys.executable, "-c", code], dict(os.environ), stop_seconds=10, **options)


def supervisor(*programs):
    return Supervisor(Services(Layout("/nowhere"), None, None), list(programs))


def wait_until(condition):
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def read_pid(path):
    wait_until(lambda: path.exists() and path.read_text().strip())
    return int(path.read_text())


def test_program_that_dies_at_the_start_is_told_with_its_last_lines():
    dying = program("web", "print('no such module'); raise SystemExit(3)")

    with pytest.raises(EmbeddedError) as caught:
        supervisor(dying).start(lambda: False, patience_seconds=20)

    assert str(caught.value) == "web ended with code 3; its last lines:\n    no such module"


def test_site_that_does_not_answer_is_told():
    silent = program("web", "import time; time.sleep(60)")
    watcher = supervisor(silent)

    with pytest.raises(EmbeddedError, match="does not answer after 0 seconds"):
        watcher.start(lambda: False, patience_seconds=0)

    watcher.stop()


def test_killed_program_is_started_again(tmp_path, capsys):
    place = tmp_path / "pid"
    steady = program("worker", f"import os, time; open({str(place)!r}, 'w').write(str(os.getpid())); time.sleep(60)")
    watcher = supervisor(steady)
    watcher.start(place.exists, patience_seconds=20)
    first = read_pid(place)
    watching = threading.Thread(target=watcher.watch)
    watching.start()

    os.kill(first, signal.SIGKILL)
    wait_until(lambda: read_pid(place) != first)

    watcher.request_stop()
    watching.join()
    watcher.stop()
    assert not steady.is_running
    assert "worker was killed by SIGKILL; it said nothing.\nworker is started again." in capsys.readouterr().err


def test_program_that_keeps_dying_stops_everything(monkeypatch):
    monkeypatch.setattr("landscape.embedded.supervisor.LONGEST_PAUSE_SECONDS", 0.0)
    monkeypatch.setattr("landscape.embedded.supervisor.LOOK_SECONDS", 0.02)
    hopeless = program("beat", "raise SystemExit(1)")
    watcher = supervisor(hopeless)
    hopeless.start()

    with pytest.raises(EmbeddedError, match=f"beat died {MOST_DEATHS + 1} times in a row, so everything is stopped"):
        watcher.watch()


def test_descendants_end_with_their_program(tmp_path):
    place = tmp_path / "pid"
    code = (
        "import subprocess, sys, time\n"
        f"child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        f"open({str(place)!r}, 'w').write(str(child.pid)); time.sleep(60)"
    )
    parent = program("web", code)
    parent.start()
    child = psutil.Process(read_pid(place))

    parent.stop()

    wait_until(lambda: not processes.is_alive(child))


def test_program_that_does_not_stop_is_killed(tmp_path):
    place = tmp_path / "ready"
    code = (
        f"import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); open({str(place)!r}, 'w'); time.sleep(60)"
    )
    deaf = program("worker", code)
    deaf.stop_seconds = 0.1
    deaf.start()
    wait_until(place.exists)

    deaf.stop()

    assert not deaf.is_running


def test_work_before_each_start_is_done():
    done = []
    prepared = program("worker", "pass", before_start=lambda: done.append("requeued"))
    prepared.start()
    prepared.stop()
    prepared.start()
    prepared.stop()

    assert done == ["requeued", "requeued"]


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel tells the death of a parent on Linux only")
def test_programs_end_with_a_killed_supervisor(tmp_path):
    place = tmp_path / "pid"
    inner = f"import os, time; open({str(place)!r}, 'w').write(str(os.getpid())); time.sleep(60)"
    outer = (
        "import os, sys, time\n"
        "from landscape.embedded.supervisor import Program\n"
        f"Program('web', [sys.executable, '-c', {inner!r}], dict(os.environ), stop_seconds=1).start()\n"
        "time.sleep(60)"
    )
    parent = program("supervisor", outer)
    parent.start()
    child = psutil.Process(read_pid(place))

    parent.kill()

    wait_until(lambda: not processes.is_alive(child))
    parent.bury()
