"""The hashed requirements files: how they are made, and whether they still fit ``pyproject.toml``."""

import hashlib
import json
import subprocess
import sys
import tomllib
from pathlib import Path

from landscape.embedded import logs
from landscape.embedded.errors import EmbeddedError
from landscape.embedded.paths import PROJECT

# Each lock and the dependency groups it adds to the product's own needs. The largest comes first: the others are
# resolved within its versions, so that the tests run on what production installs.
LOCKS = {
    "requirements-dev.lock": ("embedded", "dev"),
    "requirements-embedded.lock": ("embedded",),
    "requirements.lock": (),
}
NOTE = "# Made by `python3 run.py lock` from the dependencies with sha256 "


def write_locks(arguments: list[str]) -> int:
    """Resolve every lock anew with uv; with ``--upgrade`` to the newest versions that fit."""
    largest = next(iter(LOCKS))
    for name, groups in LOCKS.items():
        options = [option for group in groups for option in ("--group", group)]
        options += ["--constraint", largest] if name != largest else arguments
        logs.say(f"Writing {name} ...")
        _compile(name, options)
        path = PROJECT / name
        path.write_text(f"{NOTE}{dependencies_digest(groups)}\n{_without_note(path.read_text())}")
    return 0


def stale_locks(project: Path = PROJECT) -> list[str]:
    """Return the locks that were made from other dependencies than ``pyproject.toml`` names now."""
    return [
        name
        for name, groups in LOCKS.items()
        if not (project / name).read_text().startswith(f"{NOTE}{dependencies_digest(groups, project)}\n")
    ]


def dependencies_digest(groups: tuple[str, ...], project: Path = PROJECT) -> str:
    """Return a digest of what ``pyproject.toml`` asks for, whatever its comments and order."""
    declared = tomllib.loads((project / "pyproject.toml").read_text())
    wanted = {"python": [declared["project"]["requires-python"]], "product": declared["project"]["dependencies"]}
    wanted |= {group: declared["dependency-groups"][group] for group in groups}
    canonical = json.dumps({name: sorted(entries) for name, entries in sorted(wanted.items())})
    return hashlib.sha256(canonical.encode()).hexdigest()


def _compile(name: str, options: list[str]) -> None:
    fixed = ["--universal", "--generate-hashes", "--no-header", "--quiet", "--output-file", name]
    command = ["uv", "pip", "compile", "pyproject.toml", *fixed, *options]
    try:
        subprocess.run(command, cwd=PROJECT, stdout=subprocess.DEVNULL, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        message = f"uv could not resolve {name}: {error}."
        raise EmbeddedError(message) from error


def _without_note(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if not line.startswith(NOTE)) + "\n"


def main() -> int:
    """Say which locks are stale; return 1 if any is."""
    stale = stale_locks()
    for name in stale:
        logs.complain(f"{name} was made from other dependencies than pyproject.toml names: run python3 run.py lock.")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
