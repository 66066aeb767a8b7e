"""File locks: who may change the embedded services, and who uses them. The kernel gives them back after kill -9."""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def mutex(path: Path) -> Iterator[None]:
    """Hold ``path`` exclusively, waiting for whoever has it."""
    descriptor = _open(path)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


class Users:
    """The users of one server, counted by shared locks, so that the last one out can tell."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.descriptor: int | None = None

    def join(self) -> None:
        """Count this process as a user; again does nothing."""
        if self.descriptor is None:
            self.descriptor = _open(self.path)
            fcntl.flock(self.descriptor, fcntl.LOCK_SH)

    def is_last(self) -> bool:
        """Tell whether no other process uses the server."""
        if self.descriptor is None:
            return False
        try:
            fcntl.flock(self.descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def leave(self) -> None:
        """Count this process as a user no more."""
        if self.descriptor is not None:
            os.close(self.descriptor)
            self.descriptor = None


class Claim:
    """An exclusive lock with a note of who holds it, such as the address of the running site."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._descriptor: int | None = None

    def take(self) -> bool:
        """Take the lock, or return False if another process has it."""
        descriptor = _open(self.path)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return False
        self._descriptor = descriptor
        return True

    def note(self, text: str) -> None:
        """Leave ``text`` for those who find the lock taken."""
        self.path.write_text(text)

    def read_note(self) -> str:
        """Return what the holder noted; empty if nothing yet."""
        return self.path.read_text() if self.path.exists() else ""

    def release(self) -> None:
        """Give the lock back."""
        if self._descriptor is not None:
            self.path.write_text("")
            os.close(self._descriptor)
            self._descriptor = None


def _open(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
