"""Keeps the site's processes running: passes on what they print, starts them again, stops them in order."""

import contextlib
import os
import signal
import subprocess
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import IO

from landscape.embedded import logs, privileges
from landscape.embedded.errors import EmbeddedError
from landscape.embedded.paths import PROJECT
from landscape.embedded.services import Services

LOOK_SECONDS = 0.5
# A program that lived this long ran well: its next death starts a new count.
STABLE_SECONDS = 60
MOST_DEATHS = 5
LONGEST_PAUSE_SECONDS = 15.0


@dataclass
class Program:
    """One process of the site with all its descendants (they share a session)."""

    name: str
    command: list[str]
    environment: dict[str, str]
    stop_seconds: float
    before_start: Callable[[], None] = lambda: None
    deaths: int = 0
    starts_at: float = 0.0
    lines: deque[str] = field(default_factory=lambda: deque(maxlen=12))
    _process: subprocess.Popen[bytes] | None = None
    _reader: threading.Thread | None = None

    def start(self) -> None:
        """Start the process; its end is ours too: the kernel tells it where it can."""
        self.before_start()
        self.lines.clear()
        self.starts_at = time.monotonic()
        self._process = subprocess.Popen(
            [*privileges.ends_with_parent(), *self.command],
            env=self.environment,
            cwd=PROJECT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        self._reader = threading.Thread(target=self._pass_on_lines, args=(self._process.stdout,), daemon=True)
        self._reader.start()

    @property
    def is_running(self) -> bool:
        """Tell whether the process lives."""
        return self._process is not None and self._process.poll() is None

    def bury(self) -> str:
        """End what the dead process left behind, and return how it died with its last words."""
        process = self._process
        if process is None:
            return f"{self.name} is not running."
        self._signal_all(signal.SIGKILL)
        process.wait()
        self._finish_reading()
        code = process.returncode
        how = f"was killed by {signal.Signals(-code).name}" if code < 0 else f"ended with code {code}"
        words = "".join(f"\n    {line}" for line in self.lines)
        return f"{self.name} {how}" + (f"; its last lines:{words}" if words else "; it said nothing.")

    def stop(self) -> None:
        """Ask the process to end, wait, and end what is left of it."""
        process = self._process
        if process is None:
            return
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(self.stop_seconds)
        self._signal_all(signal.SIGKILL)
        process.wait()
        self._finish_reading()

    def kill(self) -> None:
        """End the process at once, whoever waits for it."""
        self._signal_all(signal.SIGKILL)

    def _signal_all(self, number: signal.Signals) -> None:
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, number)

    def _finish_reading(self) -> None:
        self._process = None
        if self._reader is not None:
            self._reader.join(1)

    def _pass_on_lines(self, output: IO[bytes]) -> None:
        with output:
            for line in output:
                text = line.decode(errors="replace").rstrip()
                self.lines.append(text)
                logs.say(f"{self.name:6} | {text}")


class Supervisor:
    """Runs ``programs`` on ``services`` until told to stop."""

    def __init__(self, services: Services, programs: list[Program]) -> None:
        self.services = services
        self.programs = programs
        self._stop = threading.Event()
        self._restarts: dict[str, float] = {}

    def start(self, is_ready: Callable[[], bool], patience_seconds: float) -> bool:
        """Start all programs and wait until the site answers; return False if told to stop before.

        Raises EmbeddedError if one of them dies: at the start that is a mistake that trying again does not mend.
        """
        for program in self.programs:
            program.start()
        deadline = time.monotonic() + patience_seconds
        while not self._stop.wait(0.05):
            for program in self.programs:
                if not program.is_running:
                    raise EmbeddedError(program.bury())
            if is_ready():
                return True
            if time.monotonic() > deadline:
                message = f"The site does not answer after {patience_seconds:.0f} seconds."
                raise EmbeddedError(message)
        return False

    def watch(self) -> None:
        """Start again what dies, after a growing pause; raise EmbeddedError once that is hopeless."""
        while not self._stop.wait(LOOK_SECONDS):
            for name in self.services.ensure():
                logs.say(f"{name} had ended and was started again.")
            for program in self.programs:
                self._look_after(program)

    def stop(self) -> None:
        """Stop the programs in their order."""
        for program in self.programs:
            program.stop()

    def request_stop(self) -> None:
        """Have ``watch`` return; asked a second time, end the programs without waiting for them."""
        if self._stop.is_set():
            for program in self.programs:
                program.kill()
        self._stop.set()

    def _look_after(self, program: Program) -> None:
        if program.is_running:
            return
        if program.name in self._restarts:
            if time.monotonic() >= self._restarts[program.name]:
                del self._restarts[program.name]
                program.start()
            return
        lived = time.monotonic() - program.starts_at
        obituary = program.bury()
        program.deaths = 1 if lived > STABLE_SECONDS else program.deaths + 1
        if program.deaths > MOST_DEATHS:
            message = f"{obituary}\n{program.name} died {program.deaths} times in a row, so everything is stopped."
            raise EmbeddedError(message)
        pause = min(LONGEST_PAUSE_SECONDS, 2.0 ** (program.deaths - 1) - 1)
        logs.complain(f"{obituary}\n{program.name} is started again" + (f" in {pause:.0f} s." if pause else "."))
        self._restarts[program.name] = time.monotonic() + pause
