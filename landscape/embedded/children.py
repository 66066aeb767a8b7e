"""Running another program in our place: its terminal, its signals, its exit code."""

import signal
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from types import FrameType

from landscape.embedded.paths import PROJECT

# The shell's convention for a program that a signal ended.
SIGNAL_BASE = 128


def python(*arguments: str) -> list[str]:
    """Return the command that runs our own Python with ``arguments``."""
    return [sys.executable, *arguments]


def manage(*arguments: str) -> list[str]:
    """Return the command that runs manage.py with ``arguments``."""
    return python(str(PROJECT / "manage.py"), *arguments)


def tool(name: str) -> str:
    """Return the path of a program that the virtual environment holds."""
    return str(Path(sys.executable).parent / name)


def run_in_our_place(
    command: list[str],
    *,
    environment: dict[str, str],
    directory: Path | None = None,
    keep_open: Iterable[int] = (),
) -> int:
    """Run ``command`` to its end in the terminal's foreground and return its exit code; signals reach it.

    ``keep_open`` are descriptors it inherits: locks that it holds on to should we be killed.
    """
    child = subprocess.Popen(command, env=environment, cwd=directory, pass_fds=tuple(keep_open))

    def pass_on(number: int, _frame: FrameType | None) -> None:
        child.send_signal(number)

    # The terminal sends Ctrl-C to both of us; the child decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, pass_on)
    code = child.wait()
    return code if code >= 0 else SIGNAL_BASE - code
