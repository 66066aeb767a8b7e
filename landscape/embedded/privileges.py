"""Who the embedded PostgreSQL runs as: ourselves, or ``nobody`` when we are root, whom PostgreSQL refuses."""

import functools
import os
import pwd
import shutil
import subprocess
import sys
from pathlib import Path

from landscape.embedded.errors import EmbeddedError

NOBODY = 65534


def service_uid() -> int:
    """Return the user id that the PostgreSQL server runs under."""
    return NOBODY if os.geteuid() == 0 else os.geteuid()


def as_service_user(command: list[str]) -> list[str]:
    """Return ``command`` so that it runs as the service user.

    As root it keeps the one capability to pass closed directories (a project below a 0700 home), so that no directory
    has to be opened to others. ``no_setuid_fixup`` keeps that capability effective in access(2), which initdb asks.
    """
    if os.geteuid() != 0:
        return command
    if sys.platform != "linux" or not shutil.which("setpriv"):
        message = "PostgreSQL does not run as root here: start Strata as an ordinary user, or set DATABASE_URL."
        raise EmbeddedError(message)
    kept = "-all,+dac_override"
    return [
        "setpriv",
        f"--reuid={NOBODY}",
        f"--regid={NOBODY}",
        "--clear-groups",
        f"--inh-caps={kept}",
        f"--ambient-caps={kept}",
        f"--bounding-set={kept}",
        "--securebits=+no_setuid_fixup",
        "--no-new-privs",
        *command,
    ]


def hand_to_service_user(directory: Path) -> None:
    """Make the service user the owner of ``directory`` (nothing to do for an ordinary user)."""
    if os.geteuid() == 0:
        os.chown(directory, service_uid(), service_uid())


def require_owner(directory: Path, uid: int) -> None:
    """Raise EmbeddedError if ``directory`` is there and belongs to another user than ``uid``."""
    owner = directory.lstat().st_uid if os.path.lexists(directory) else uid
    if owner != uid:
        message = (
            f"{directory} belongs to the user {_name(owner)}, so it is not touched: run Strata as the user who made it,"
            " or set STRATA_HOME to another directory."
        )
        raise EmbeddedError(message)


@functools.cache
def ends_with_parent() -> list[str]:
    """Return the prefix of a command that makes the kernel end it when its parent dies; empty where that is unknown."""
    prefix = ["setpriv", "--pdeathsig", "TERM"]
    if sys.platform != "linux" or not shutil.which("setpriv"):
        return []
    probe = subprocess.run([*prefix, "true"], capture_output=True, check=False)
    return prefix if probe.returncode == 0 else []


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)
