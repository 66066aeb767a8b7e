"""Cleans and draws many logos at once, on several cores, with a bound of time and memory for each."""

import json
import os
import queue
import select
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from sources.logos.errors import BadLogoError, UnsafeLogoError
from sources.logos.raster import Thumbnail
from sources.logos.sanitise import CleanLogo
from sources.logos.worker import LENGTH

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 20.0  # the slowest of the CNCF landscape's takes one on a quiet machine
_CHUNK = 1 << 16
_WAITING_PER_WORKER = 4


@dataclass(frozen=True)
class Result:
    """One logo, cleaned and drawn."""

    name: str
    clean: CleanLogo
    thumbnail: Thumbnail


@dataclass(frozen=True)
class Failure:
    """One logo that is left out, with the sentence that says why."""

    name: str
    reason: str


def raster_many(
    files: Iterable[tuple[str, bytes]], *, workers: int = 2, seconds: float = SECONDS
) -> Iterator[Result | Failure]:
    """Yield a result or a failure for each (name, content), in the order of ``files``, which is read as needed.

    The renderer holds Python's lock and cannot be interrupted, so each worker is a process that is killed and
    replaced when a file takes more than ``seconds``.
    """
    crew = _Crew(workers, seconds)
    waiting: deque[Future[Result | Failure]] = deque()
    try:
        with ThreadPoolExecutor(workers) as threads:
            for name, data in files:
                waiting.append(threads.submit(crew.work, name, data))
                if len(waiting) >= workers * _WAITING_PER_WORKER:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
    finally:
        crew.dismiss()


class _Crew:
    """The workers that are free, started when first needed."""

    def __init__(self, size: int, seconds: float) -> None:
        self._seconds = seconds
        self._free: queue.SimpleQueue[_Worker] = queue.SimpleQueue()
        for _ in range(size):
            self._free.put(_Worker())

    def work(self, name: str, data: bytes) -> Result | Failure:
        worker = self._free.get()
        try:
            return _read_answer(name, worker.ask(data, self._seconds))
        except BadLogoError as error:
            return Failure(name, str(error))
        finally:
            self._free.put(worker)

    def dismiss(self) -> None:
        while not self._free.empty():
            self._free.get().stop()


class _Worker:
    """One process of ``sources.logos.worker``, replaced after it was stopped."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, data: bytes, seconds: float) -> bytes:
        """Give the worker's answer; raises `UnsafeLogoError` if it dies or takes too long."""
        process = self._process = self._process or self._started()
        deadline = time.monotonic() + seconds
        assert process.stdin is not None  # noqa: S101 - both are pipes
        assert process.stdout is not None  # noqa: S101
        try:
            process.stdin.write(LENGTH.pack(len(data)) + data)
            process.stdin.flush()
            length = LENGTH.unpack(_read(process.stdout.fileno(), LENGTH.size, deadline))[0]
            return _read(process.stdout.fileno(), length, deadline)
        except TimeoutError as error:
            self.stop()
            raise UnsafeLogoError(f"Cleaning and drawing the file takes more than {seconds:g} seconds.") from error
        except (BrokenPipeError, EOFError) as error:
            self.stop()
            raise UnsafeLogoError("Cleaning or drawing the file takes too much memory.") from error

    def stop(self) -> None:
        """End the process at once."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def _started(self) -> subprocess.Popen[bytes]:
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        return subprocess.Popen(
            [sys.executable, "-m", "sources.logos.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            cwd=ROOT,
        )


def _read(descriptor: int, length: int, deadline: float) -> bytes:
    """Give exactly ``length`` bytes; raises `TimeoutError` after the deadline, `EOFError` if the pipe ends."""
    parts = bytearray()
    while len(parts) < length:
        if not select.select([descriptor], [], [], max(0.0, deadline - time.monotonic()))[0]:
            raise TimeoutError
        part = os.read(descriptor, min(_CHUNK, length - len(parts)))
        if not part:
            raise EOFError
        parts += part
    return bytes(parts)


def _read_answer(name: str, answer: bytes) -> Result | Failure:
    header, _, content = answer.partition(b"\n")
    facts = json.loads(header)
    if "error" in facts:
        return Failure(name, facts["error"])
    clean = CleanLogo(content[: facts["clean_bytes"]], facts["media_type"])
    thumbnail = Thumbnail(
        content[facts["clean_bytes"] :], facts["width"], facts["height"], facts["tone"], facts["has_text"]
    )
    return Result(name, clean, thumbnail)
