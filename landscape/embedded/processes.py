"""Finding and ending processes of ours that nobody waits for."""

import contextlib
import os
import time
from pathlib import Path

import psutil

# Every process below the supervisor carries this variable; its value is the home directory it belongs to.
MARK = "STRATA_SUPERVISED"
KILL_SECONDS = 5


def working_in(directory: Path, names: set[str], uid: int) -> list[psutil.Process]:
    """Return the living processes of ``uid`` with one of ``names`` that work in ``directory``.

    One whose directory cannot be read counts, zombies do not; so does one whose directory was deleted under it.
    """
    places = {str(directory), f"{directory} (deleted)", None}
    found = []
    for process in psutil.process_iter(["name", "status", "uids", "cwd"]):
        about = process.info
        is_ours = about["uids"] is not None and about["uids"].effective == uid
        if about["name"] in names and is_ours and about["status"] != psutil.STATUS_ZOMBIE and about["cwd"] in places:
            found.append(process)
    return found


def works_in_deleted_directory(process: psutil.Process) -> bool:
    """Tell whether the working directory of ``process`` is gone, and so its data."""
    try:
        # The link leads to the directory itself, even if another one has its name now.
        return Path(f"/proc/{process.pid}/cwd").stat().st_nlink == 0
    except OSError:
        return False


def supervised_by(home: Path) -> list[psutil.Process]:
    """Return the processes that a supervisor of ``home`` started, whoever is their parent now."""
    found = []
    for process in psutil.process_iter(["environ", "uids"]):
        environment = process.info["environ"] or {}
        if environment.get(MARK) == str(home) and process.pid != os.getpid():
            found.append(process)
    return found


def end(processes: list[psutil.Process], *, patience_seconds: float) -> None:
    """Ask ``processes`` to end, then make them."""
    for process in processes:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.terminate()
    kill(_wait(processes, patience_seconds))


def kill(processes: list[psutil.Process]) -> None:
    """End ``processes`` at once, and wait until they are gone."""
    for process in processes:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
    _wait(processes, KILL_SECONDS)


def is_alive(process: psutil.Process) -> bool:
    """Tell whether the process still runs; one that only waits to be reaped does not."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _wait(processes: list[psutil.Process], seconds: float) -> list[psutil.Process]:
    """Wait until all have ended, or ``seconds``; return those alive."""
    # Not psutil.wait_procs: it waits for zombies too, which are none of ours to reap and may stay for ever.
    deadline = time.monotonic() + seconds
    while (alive := [process for process in processes if is_alive(process)]) and time.monotonic() < deadline:
        time.sleep(0.02)
    return alive
