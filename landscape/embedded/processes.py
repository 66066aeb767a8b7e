"""Finding and ending processes of ours that nobody waits for."""

import contextlib
import os
from pathlib import Path

import psutil

# Every process below the supervisor carries this variable; its value is the home directory it belongs to.
MARK = "STRATA_SUPERVISED"
DELETED = " (deleted)"


def working_in(directory: Path, names: set[str], uid: int) -> list[psutil.Process]:
    """Return the living processes of ``uid`` with one of ``names`` that work in ``directory``.

    One whose directory cannot be read counts, zombies do not; so does one whose directory was deleted under it.
    """
    places = {str(directory), str(directory) + DELETED, None}
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
        place = process.cwd()
    except psutil.Error:
        return False
    return place.endswith(DELETED) or not Path(place).exists()


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
    _, alive = psutil.wait_procs(processes, timeout=patience_seconds)
    for process in alive:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
    psutil.wait_procs(alive, timeout=5)
