"""Log files of the embedded servers, and lines for the operator."""

import contextlib
import sys
from pathlib import Path

LARGEST_LOG_BYTES = 10 * 1024 * 1024


def say(text: str) -> None:
    """Print one line for the operator; a closed terminal is no reason to stop stopping."""
    with contextlib.suppress(OSError):
        print(text, flush=True)


def complain(text: str) -> None:
    """Print one line on standard error."""
    with contextlib.suppress(OSError):
        print(text, file=sys.stderr, flush=True)


def rotate(path: Path) -> None:
    """Put ``path`` aside as ``<path>.1`` once it has grown large."""
    if path.exists() and path.stat().st_size > LARGEST_LOG_BYTES:
        path.replace(path.with_name(path.name + ".1"))


def last_lines(path: Path, count: int = 15) -> str:
    """Return the last ``count`` lines of the file; empty if it is not there."""
    if not path.exists():
        return ""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 20_000))
        return "\n".join(file.read().decode(errors="replace").splitlines()[-count:])
