"""Where the embedded services keep their data and sockets; asking touches nothing on disk."""

import hashlib
import os
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

PROJECT = Path(__file__).resolve().parents[2]
USER = "strata"
DATABASE = "strata"
PORT = 5432

# sun_path holds 104 bytes on macOS and 108 on Linux; "/.s.PGSQL.5432.lock" takes 19 of them.
LONGEST_SOCKET_DIRECTORY = 80
# Celery's broker URL takes the path as it is, and PostgreSQL splits its directory list at commas.
PLAIN_PATH = re.compile(r"[A-Za-z0-9/._-]+")


def home() -> Path:
    """Return the directory of everything that a running Strata writes: ``STRATA_HOME``, or ``.strata`` in the project."""
    return Path(os.environ.get("STRATA_HOME") or PROJECT / ".strata").absolute()


@dataclass(frozen=True)
class Layout:
    """The files of one set of embedded services: the site's, or the tests' (``<home>/test``)."""

    base: Path

    @property
    def run(self) -> Path:
        """Locks and records of running processes."""
        return self.base / "run"

    @property
    def logs(self) -> Path:
        """Log files of the embedded servers."""
        return self.base / "log"

    @property
    def valkey_data(self) -> Path:
        """Valkey's append-only file."""
        return self.base / "valkey"

    @property
    def secret_key(self) -> Path:
        """The file of the key that signs sessions when ``SECRET_KEY`` is not set."""
        return self.base / "secret_key"

    @property
    def sockets(self) -> Path:
        """The directory of both sockets: ``run/``, or one in ``/tmp`` where that path is too long or not plain ASCII."""
        if PLAIN_PATH.fullmatch(str(self.run)) and len(str(self.run)) <= LONGEST_SOCKET_DIRECTORY:
            return self.run
        digest = hashlib.sha256(os.fsencode(self.base)).hexdigest()[:12]
        # Not tempfile.gettempdir(): two shells with different TMPDIR must find the same server.
        return Path(f"/tmp/strata-{os.geteuid()}-{digest}")  # noqa: S108  (created 0700, its owner checked)

    @property
    def valkey_socket(self) -> Path:
        """Valkey's socket."""
        return self.sockets / "valkey.sock"

    def database_url(self, name: str = DATABASE) -> str:
        """Return the URL of one database of this PostgreSQL."""
        # The port is part of the socket's name; without it PGPORT would choose another.
        return f"postgresql://{USER}@{quote(str(self.sockets), safe='')}:{PORT}/{name}"

    def broker_url(self, number: int = 0) -> str:
        """Return Celery's URL of one numbered database of this Valkey."""
        return f"redis+socket://{self.valkey_socket}" + (f"?virtual_host={number}" if number else "")


def site() -> Layout:
    """Return the layout of the site's own services."""
    return Layout(home())


def tests() -> Layout:
    """Return the layout of the services that the tests use; their data may be lost at any time."""
    return Layout(home() / "test")


def database_url() -> str:
    """Return the URL of the embedded database of the site."""
    return site().database_url()


def broker_url() -> str:
    """Return the URL of the embedded broker of the site."""
    return site().broker_url()
