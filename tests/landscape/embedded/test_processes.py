import os
import subprocess
import sys
from pathlib import Path

from landscape.embedded import processes

SLEEP = [sys.executable, "-c", "print('up', flush=True); import time; time.sleep(60)"]


def sleeper(**options):
    process = subprocess.Popen(SLEEP, stdout=subprocess.PIPE, text=True, **options)
    assert process.stdout.readline() == "up\n"
    return process


def test_marked_processes_are_found_and_ended(tmp_path):
    marked = {**os.environ, processes.MARK: str(tmp_path)}
    with sleeper(env=marked) as ours, sleeper() as other:
        found = processes.supervised_by(tmp_path)
        assert [process.pid for process in found] == [ours.pid]

        processes.end(found, patience_seconds=5)

        assert processes.supervised_by(tmp_path) == []
        assert other.poll() is None
        other.kill()


def test_processes_of_a_directory_are_found_by_name_and_user(tmp_path):
    with sleeper(cwd=tmp_path) as ours:
        name = processes.psutil.Process(ours.pid).name()
        here, uid = Path(tmp_path), os.geteuid()

        assert [process.pid for process in processes.working_in(here, {name}, uid)] == [ours.pid]
        assert processes.working_in(here, {"postgres"}, uid) == []
        assert processes.working_in(here, {name}, uid + 1) == []
        ours.kill()


def test_dead_process_that_nobody_waited_for_is_not_living(tmp_path):
    with sleeper(cwd=tmp_path) as ours:
        name = processes.psutil.Process(ours.pid).name()
        ours.kill()
        os.waitid(os.P_PID, ours.pid, os.WEXITED | os.WNOWAIT)

        assert processes.working_in(tmp_path, {name}, os.geteuid()) == []
