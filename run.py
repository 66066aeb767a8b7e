#!/usr/bin/env python3
"""The one door to Strata: makes the virtual environment, then does what the command says.

Standard library only, and it must parse on Python 3.8 to say that Python is too old.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from typing import BinaryIO

USAGE = """usage: python3 run.py [--host HOST] [--port PORT]   start the site, its database and its background worker
       python3 run.py manage ARGUMENTS...           run manage.py with the services up
       python3 run.py test [PYTEST ARGUMENTS...]    run the tests
       python3 run.py check                         run everything that CI runs
       python3 run.py backup FILE                   write the database to FILE
       python3 run.py restore FILE                  replace the database by the one in FILE
       python3 run.py lock [--upgrade]              rewrite the requirements*.lock files (needs uv)"""
ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "strata.stamp"
UNFINISHED = "unfinished"
RUN, DEVELOP = "requirements-embedded.lock", "requirements-dev.lock"
# Each command with the lock it needs, and how many arguments it takes (None: any).
COMMANDS = {
    "serve": (RUN, None),
    "manage": (RUN, None),
    "backup": (RUN, 1),
    "restore": (RUN, 1),
    "lock": (RUN, None),
    "test": (DEVELOP, None),
    "check": (DEVELOP, 0),
}


def main() -> None:
    """Do what the command line says."""
    if sys.version_info < (3, 11):  # noqa: UP036  (this is what tells so)
        fail(f"Strata needs Python 3.11 or newer, and this is {sys.version.split()[0]}: try python3.11 run.py.")
    command, arguments = parse(sys.argv[1:])
    lock = COMMANDS[command][0]
    with my_turn():
        if not is_ready(lock):
            if command == "serve":
                require_free_port(*arguments)
            set_up(lock)
    if Path(sys.prefix).resolve() != VENV.resolve():
        os.execv(PYTHON, [str(PYTHON), str(ROOT / "run.py"), *sys.argv[1:]])  # noqa: S606
    from landscape.embedded.commands import run  # noqa: PLC0415  (can be imported inside the environment only)

    sys.exit(run(command, arguments))


def parse(words: list[str]) -> tuple[str, list[str]]:
    """Return the command and its arguments; end the program if there is no such command."""
    if words and words[0] in ("help", "--help", "-h"):
        print(USAGE)
        sys.exit(0)
    command, arguments = (words[0], words[1:]) if words and not words[0].startswith("-") else ("serve", words)
    if command not in COMMANDS:
        fail(f"There is no command {command!r}.\n{USAGE}", code=2)
    count = COMMANDS[command][1]
    if count is not None and len(arguments) != count:
        fail(f"{command} takes {'one argument' if count else 'no arguments'}.\n{USAGE}", code=2)
    return command, address(arguments) if command == "serve" else arguments


def address(arguments: list[str]) -> list[str]:
    """Return host and port of ``serve``: from the arguments, or else 127.0.0.1 and PORT, or 8000."""
    chosen = {"--host": "127.0.0.1", "--port": os.environ.get("PORT") or "8000"}
    words = [part for word in arguments for part in word.split("=", 1)]
    while words:
        name, value = words.pop(0), words.pop(0) if words else ""
        if name not in chosen or not value:
            fail(f"{name} {'needs a value' if name in chosen else 'is not an option'}.\n{USAGE}", code=2)
        chosen[name] = value
    port = chosen["--port"]
    if not (port.isascii() and port.isdigit() and int(port) in range(1, 65536)):
        fail(f"The port must be a number from 1 to 65535, not {port!r}.", code=2)
    return [chosen["--host"], port]


def require_free_port(host: str, port: str) -> None:
    """End the program if the port is taken, before anything slow."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, int(port)))
            probe.listen()
        except OSError as error:
            fail(f"Strata cannot listen on {host} port {port} ({error.strerror}): choose another with --port.")


def my_turn() -> BinaryIO:
    """Wait until no other process sets up the virtual environment; the turn ends when the file is closed."""
    file = (ROOT / "run.py").open("rb")
    fcntl.flock(file, fcntl.LOCK_EX)
    return file


def is_ready(lock: str) -> bool:
    """Tell whether the virtual environment works and holds what ``lock`` names; the largest lock serves all commands."""
    if not STAMP.exists() or not works():
        return False
    return STAMP.read_text() in {fingerprint(lock), fingerprint(DEVELOP)}


def fingerprint(lock: str) -> str:
    """Return what changes when the lock changes."""
    return hashlib.sha256((ROOT / lock).read_bytes()).hexdigest()


def is_unfinished() -> bool:
    """Tell whether setting up was cut off, perhaps in the middle of a package that now looks installed."""
    return STAMP.exists() and STAMP.read_text() == UNFINISHED


def works() -> bool:
    """Tell whether the environment's Python runs (it does not once the system's Python was replaced)."""
    return succeeds(PYTHON, "-c", "import encodings")


def set_up(lock: str) -> None:
    """Make the virtual environment and install what ``lock`` names, by uv or else by pip."""
    print(f"Setting up .venv from {lock}: a few seconds with uv, about a minute without ...", flush=True)
    if not works() or is_unfinished():
        shutil.rmtree(VENV, ignore_errors=True)
    VENV.mkdir(exist_ok=True)
    STAMP.write_text(UNFINISHED)
    if not (set_up_with_uv(lock) or set_up_with_pip(lock)):
        fail("The packages could not be installed; the lines above say why.")
    STAMP.write_text(fingerprint(lock))


def set_up_with_uv(lock: str) -> bool:
    """Install with uv; return False if there is none or it fails."""
    if not succeeds("uv", "--version"):
        return False
    os.environ["UV_PYTHON_DOWNLOADS"] = "never"
    made = works() or call("uv", "venv", "-q", "--allow-existing", "--no-project", "--python", sys.executable, VENV)
    options = ["-q", "--compile-bytecode", "--require-hashes", "--only-binary", ":all:", "--python", PYTHON]
    return made and call("uv", "pip", "install", *options, "-r", ROOT / lock)


def set_up_with_pip(lock: str) -> bool:
    """Install with pip: the environment's own, or that of a Python without ensurepip (Debian's without python3-venv)."""
    if not works():
        if succeeds(sys.executable, "-c", "import ensurepip"):
            call(sys.executable, "-m", "venv", VENV)
        elif succeeds(sys.executable, "-m", "pip", "--version"):
            call(sys.executable, "-m", "venv", "--without-pip", VENV)
        else:
            fail(
                "This Python has neither venv nor pip: install them (Debian, Ubuntu: apt-get install python3-venv) or uv."
            )
    pip = [PYTHON, "-m", "pip"]
    if not succeeds(*pip, "--version"):
        pip = [sys.executable, "-m", "pip", "--python", PYTHON]
    options = ["-q", "--disable-pip-version-check", "--require-hashes", "--only-binary", ":all:"]
    return call(*pip, "install", *options, "-r", ROOT / lock)


def call(*command: object) -> bool:
    """Run a program whose output the user sees; tell whether it succeeded."""
    return subprocess.run([str(word) for word in command], check=False).returncode == 0


def succeeds(*command: object) -> bool:
    """Run a program quietly; tell whether it is there and succeeded."""
    with contextlib.suppress(OSError):
        quiet = subprocess.DEVNULL
        return subprocess.run([str(word) for word in command], stdout=quiet, stderr=quiet, check=False).returncode == 0
    return False


def fail(message: str, code: int = 1) -> None:
    """End the program with one sentence."""
    print(message, file=sys.stderr)
    sys.exit(code)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        fail("Interrupted.", code=130)
