"""Making the directories of the embedded services, closed to other users."""

import os
from pathlib import Path

from landscape.embedded.errors import EmbeddedError
from landscape.embedded.paths import Layout
from landscape.embedded.privileges import require_owner


def prepare(layout: Layout) -> None:
    """Make the directories of ``layout``; raise EmbeddedError where they belong to somebody else."""
    for directory in (layout.base, layout.run, layout.logs, layout.valkey_data, layout.sockets):
        _make_private(directory)
    ignore = layout.base / ".gitignore"
    if not ignore.exists():
        ignore.write_text("*\n")


def _make_private(directory: Path) -> None:
    try:
        require_owner(directory, os.geteuid())
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        message = f"{directory} cannot be made ({error.strerror}): set STRATA_HOME to a directory of yours."
        raise EmbeddedError(message) from error
