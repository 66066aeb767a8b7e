"""What has to be done before the site is served: messages, tables, built-in data, static files."""

import hashlib
import os
import subprocess
from collections.abc import Iterable
from pathlib import Path

from landscape.embedded import children, logs, messages
from landscape.embedded.errors import EmbeddedError
from landscape.embedded.paths import PROJECT, Layout
from landscape.embedded.services import Services

CODE = ["landscape", "projects", "metrics", "market", "knowledge", "accounts", "sources", "web", "api"]
LOAD_CONTENT = PROJECT / "sources" / "management" / "commands" / "load_content.py"
BUILT_IN = "built-in data"


def prepare(services: Services, environment: dict[str, str]) -> None:
    """Do what is due; raise EmbeddedError if a step fails, its own words being on the screen."""
    messages.compile_catalogues()
    static = _start_collecting_static(services.layout, environment)
    logs.say("Bringing the tables up to date ...")
    _manage(environment, "migrate", "--verbosity", "0")
    _load_built_in_data(services, environment)
    _finish_collecting_static(services.layout, static)


class Stamp:
    """Remembers the state of the files that a step was done with."""

    def __init__(self, layout: Layout, step: str) -> None:
        self.path = layout.run / f"{step.replace(' ', '-')}.stamp"

    def is_current(self, inputs: Iterable[Path]) -> bool:
        """Tell whether the step was done with these files as they are."""
        return self.path.exists() and self.path.read_text() == _digest(inputs)

    def keep(self, inputs: Iterable[Path]) -> None:
        """Remember that the step was done with these files."""
        self.path.write_text(_digest(inputs))

    def forget(self) -> None:
        """Have the step done again."""
        self.path.unlink(missing_ok=True)


def _start_collecting_static(layout: Layout, environment: dict[str, str]) -> subprocess.Popen[bytes] | None:
    """Start collecting static files, beside the work on the database; None if nothing changed since the last time."""
    if Stamp(layout, "static").is_current(_static_inputs()) and (layout.base / "static").is_dir():
        return None
    logs.say("Collecting static files ...")
    command = children.manage("collectstatic", "--noinput", "--verbosity", "0")
    return subprocess.Popen(command, env=environment, cwd=PROJECT)


def _finish_collecting_static(layout: Layout, process: subprocess.Popen[bytes] | None) -> None:
    """Wait for the collection to end, and remember it."""
    if process is None:
        return
    if process.wait():
        message = "The static files could not be collected; the lines above say why."
        raise EmbeddedError(message)
    Stamp(layout, "static").keep(_static_inputs())


def _load_built_in_data(services: Services, environment: dict[str, str]) -> None:
    if not LOAD_CONTENT.exists():
        return
    inputs = [path for folder in ("content", *CODE) for path in _files(PROJECT / folder) if path.suffix != ".pyc"]
    stamp = Stamp(services.layout, BUILT_IN)
    # Of a configured server we do not know who else wrote to it since.
    if services.postgres is not None and not services.is_new_database and stamp.is_current(inputs):
        return
    logs.say("Loading the built-in data ...")
    _manage(environment, "load_content")
    stamp.keep(inputs)


def _manage(environment: dict[str, str], *arguments: str) -> None:
    done = subprocess.run(children.manage(*arguments), env=environment, cwd=PROJECT, check=False)
    if done.returncode:
        message = f"`manage {arguments[0]}` failed; the lines above say why."
        raise EmbeddedError(message)


def _static_inputs() -> list[Path]:
    # Packages bring static files too: the environment's stamp changes with them.
    own = [path for folder in ("static", *CODE) for path in _files(PROJECT / folder) if "static" in path.parts]
    return [*own, PROJECT / "landscape" / "settings.py", PROJECT / ".venv" / "strata.stamp"]


def _files(folder: Path) -> list[Path]:
    return [Path(place) / name for place, _, names in os.walk(folder) for name in names]


def _digest(inputs: Iterable[Path]) -> str:
    facts = []
    for path in sorted(inputs):
        if path.exists():
            about = path.stat()
            facts.append(f"{path}\t{about.st_size}\t{about.st_mtime_ns}")
    return hashlib.sha256("\n".join(facts).encode(errors="surrogateescape")).hexdigest()
