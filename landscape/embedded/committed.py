"""Checks that no committed file names a package host, or a path of the machine it was written on."""

import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

from landscape.embedded import logs
from landscape.embedded.paths import PROJECT

# The catalogue's own data name whatever addresses projects have.
EXEMPT = ("content/", "locale/")
HOSTS = [
    r"pypi\.org",
    r"pythonhosted\.org",
    r"registry\.(?:npmjs|yarnpkg)\.",
    r"deb\.debian\.org",
    r"proxy\.golang\.org",
    r"index\.crates\.io",
]
MACHINE_PATHS = [r"(?<![\w.])/(?:root|work)/", r"(?<![\w.])/(?:home|Users)/\w", r"\.\./shared/"]
# Where the machine's own package host may be configured.
VARIABLES = [
    "PIP_INDEX_URL",
    "PIP_EXTRA_INDEX_URL",
    "UV_INDEX_URL",
    "UV_DEFAULT_INDEX",
    "UV_INDEX",
    "NPM_CONFIG_REGISTRY",
]


def main() -> int:
    """Say which committed lines must not be; return 1 if there are any."""
    pattern = forbidden(os.environ)
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, text=True, check=False)
    if listed.returncode:
        logs.complain("Checking the committed files needs git and a clone.")
        return 1
    names = [name for name in listed.stdout.split("\0") if name and not name.startswith(EXEMPT)]
    mistakes = [mistake for name in names for mistake in find(PROJECT / name, pattern)]
    for mistake in mistakes:
        logs.complain(mistake)
    return 1 if mistakes else 0


def forbidden(variables: os._Environ[str] | dict[str, str]) -> re.Pattern[str]:
    """Return the pattern of what no file may hold: well-known hosts, this machine's own, and machines' paths."""
    addresses = [address for name in VARIABLES for address in variables.get(name, "").split()]
    own = [re.escape(host) for address in addresses if (host := urlsplit(address).hostname)]
    return re.compile("|".join([*HOSTS, *own, *MACHINE_PATHS]))


def find(path: Path, pattern: re.Pattern[str]) -> list[str]:
    """Return a sentence for each line of the text file that ``pattern`` is found in; none for other files."""
    try:
        lines = path.read_text().splitlines()
    except (UnicodeDecodeError, FileNotFoundError, IsADirectoryError):
        return []
    place = path.relative_to(PROJECT) if path.is_relative_to(PROJECT) else path
    return [
        f"{place}, line {number}: {found.group()!r} must not be committed."
        for number, line in enumerate(lines, start=1)
        if (found := pattern.search(line))
    ]


if __name__ == "__main__":
    sys.exit(main())
