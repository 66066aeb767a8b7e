"""Folders that repositories are brought into: for a moment, or kept for the next time. Killed owners leave none behind."""

import contextlib
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

_PREFIX = "landscape-"
_LOCK = "lock"


@contextlib.contextmanager
def temporary_folder(parent: Path | None) -> Iterator[Path]:
    """Give a new folder below ``parent`` (the system's own place if None) that is removed when the block ends.

    Those below ``parent`` whose owner was killed are removed first: the kernel gave their locks back.
    """
    if parent is None:
        with tempfile.TemporaryDirectory(prefix=_PREFIX) as name:
            yield Path(name)
        return
    parent.mkdir(parents=True, exist_ok=True)
    with _locked(parent / _LOCK):
        _remove_abandoned(parent)
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=parent))
        descriptor = _open(folder / _LOCK)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(descriptor)


@contextlib.contextmanager
def kept_folder(cache: Path, name: str) -> Iterator[Path]:
    """Give the folder ``name`` below ``cache``, which stays; whoever else wants it waits for the end of the block."""
    cache.mkdir(parents=True, exist_ok=True)
    with _locked(cache / f"{name}.lock"):
        folder = cache / name
        # A git that was killed leaves its own locks, which would stop every later one.
        for left in folder.rglob("*.lock"):
            left.unlink(missing_ok=True)
        yield folder


def _remove_abandoned(parent: Path) -> None:
    for folder in parent.glob(f"{_PREFIX}*"):
        descriptor = _open(folder / _LOCK)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder, ignore_errors=True)
        except BlockingIOError:
            pass
        finally:
            os.close(descriptor)


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    descriptor = _open(path)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _open(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
